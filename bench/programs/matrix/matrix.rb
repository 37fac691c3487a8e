def filled(size, down, across, modulus)
  Array.new(size) { |i| Array.new(size) { |j| (i * down + j * across) % modulus } }
end

def product(a, b, modulus)
  size = a.size
  Array.new(size) do |i|
    left = a[i]
    Array.new(size) do |j|
      sum = 0
      k = 0
      while k < size
        sum += left[k] * b[k][j]
        k += 1
      end
      sum % modulus
    end
  end
end

size, rounds = ARGV.map(&:to_i)
a = filled(size, 7, 13, 101)
b = filled(size, 11, 5, 103)
rounds.times { a = product(a, b, 101) }
total = 0
size.times { |i| size.times { |j| total += a[i][j] * (i * size + j + 1) } }
puts total
