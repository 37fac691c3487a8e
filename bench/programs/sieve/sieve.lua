local function sum_of_primes(limit)
  local composite = {}
  for i = 0, limit - 1 do composite[i] = false end
  local sum = 0
  for i = 2, limit - 1 do
    if not composite[i] then
      sum = sum + i
      for j = i * i, limit - 1, i do composite[j] = true end
    end
  end
  return sum
end

local limit = tonumber(arg[1])
local rounds = tonumber(arg[2])
local total = 0
for round = 0, rounds - 1 do total = total + sum_of_primes(limit - round) end
print(string.format("%d", total))
