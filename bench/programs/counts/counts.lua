local WORDS = 5000

local seed = 42
local counts = {}
for _ = 1, tonumber(arg[1]) do
  seed = seed * 16807 % 2147483647
  local word = "w" .. seed % WORDS
  counts[word] = (counts[word] or 0) + 1
end
local total = 0
local used = 0
for word, count in pairs(counts) do
  total = total + count * count * #word
  used = used + 1
end
print(string.format("%d", total + used))
