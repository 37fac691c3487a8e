local function fibo(n)
  if n < 3 then return 1 end
  return fibo(n - 1) + fibo(n - 2)
end

print(string.format("%d", fibo(tonumber(arg[1]))))
