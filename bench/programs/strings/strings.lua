local PIECES = 1000

local rounds = tonumber(arg[1])
local seed = 42
local hash = 0
local length = 0
for _ = 1, rounds do
  local parts = {}
  for i = 0, PIECES - 1 do
    seed = seed * 16807 % 2147483647
    parts[#parts + 1] = "n"
    parts[#parts + 1] = seed % 100000
    parts[#parts + 1] = i % 10 == 9 and "\n" or ", "
  end
  local text = table.concat(parts)
  length = length + #text
  for i = 1, #text, 7 do hash = (hash * 31 + text:byte(i)) % 1000003 end
end
print(string.format("%d", length * 1000003 + hash))
