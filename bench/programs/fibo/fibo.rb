def fibo(n)
  return 1 if n < 3
  fibo(n - 1) + fibo(n - 2)
end

puts fibo(ARGV[0].to_i)
