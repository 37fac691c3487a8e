WORDS = 5000

seed = 42
counts = Hash.new(0)
ARGV[0].to_i.times do
  seed = seed * 16807 % 2147483647
  counts["w#{seed % WORDS}"] += 1
end
total = 0
counts.each { |word, count| total += count * count * word.size }
puts total + counts.size
