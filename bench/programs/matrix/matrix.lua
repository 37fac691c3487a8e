local function filled(size, down, across, modulus)
  local rows = {}
  for i = 0, size - 1 do
    local row = {}
    for j = 0, size - 1 do row[j + 1] = (i * down + j * across) % modulus end
    rows[i + 1] = row
  end
  return rows
end

local function product(a, b, modulus)
  local size = #a
  local rows = {}
  for i = 1, size do
    local left = a[i]
    local row = {}
    for j = 1, size do
      local sum = 0
      for k = 1, size do sum = sum + left[k] * b[k][j] end
      row[j] = sum % modulus
    end
    rows[i] = row
  end
  return rows
end

local size = tonumber(arg[1])
local rounds = tonumber(arg[2])
local a = filled(size, 7, 13, 101)
local b = filled(size, 11, 5, 103)
for _ = 1, rounds do a = product(a, b, 101) end
local total = 0
for i = 1, size do
  for j = 1, size do total = total + a[i][j] * ((i - 1) * size + j) end
end
print(string.format("%d", total))
