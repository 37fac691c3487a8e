PIECES = 1000

rounds = ARGV[0].to_i
seed = 42
hash = 0
length = 0
rounds.times do
  text = +""
  i = 0
  while i < PIECES
    seed = seed * 16807 % 2147483647
    text << "n"
    text << (seed % 100000).to_s
    text << (i % 10 == 9 ? "\n" : ", ")
    i += 1
  end
  length += text.size
  0.step(text.size - 1, 7) { |at| hash = (hash * 31 + text.getbyte(at)) % 1000003 }
end
puts length * 1000003 + hash
