def sum_of_primes(limit)
  composite = Array.new(limit, false)
  sum = 0
  i = 2
  while i < limit
    unless composite[i]
      sum += i
      j = i * i
      while j < limit
        composite[j] = true
        j += i
      end
    end
    i += 1
  end
  sum
end

limit, rounds = ARGV.map(&:to_i)
total = 0
rounds.times { |round| total += sum_of_primes(limit - round) }
puts total
