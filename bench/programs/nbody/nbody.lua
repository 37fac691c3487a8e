local floor, abs = math.floor, math.abs

-- Division rounds towards 0.
local function quotient(a, b)
  if a < 0 then return -floor(-a / b) end
  return floor(a / b)
end

local function body(x, y, z, vx, vy, vz, mass)
  return { x = x, y = y, z = z, vx = vx, vy = vy, vz = vz, mass = mass }
end

local function move(b)
  b.x = b.x + quotient(b.vx, 10000)
  b.y = b.y + quotient(b.vy, 10000)
  b.z = b.z + quotient(b.vz, 10000)
end

local function root(n)
  local guess = 67108864
  while true do
    local next = floor((guess + floor(n / guess)) / 2)
    if next >= guess then return guess end
    guess = next
  end
end

local function attract(a, b)
  local dx = a.x - b.x
  local dy = a.y - b.y
  local dz = a.z - b.z
  local square = dx * dx + dy * dy + dz * dz
  local distance = root(square)
  local reduced = floor(square / 1000000)
  local from_a = floor(a.mass * 1000000 / reduced)
  local from_b = floor(b.mass * 1000000 / reduced)
  local ux = quotient(dx * 1000000, distance)
  local uy = quotient(dy * 1000000, distance)
  local uz = quotient(dz * 1000000, distance)
  a.vx = a.vx - quotient(ux * from_b, 100000000)
  a.vy = a.vy - quotient(uy * from_b, 100000000)
  a.vz = a.vz - quotient(uz * from_b, 100000000)
  b.vx = b.vx + quotient(ux * from_a, 100000000)
  b.vy = b.vy + quotient(uy * from_a, 100000000)
  b.vz = b.vz + quotient(uz * from_a, 100000000)
end

local bodies = {
  body(0, 0, 0, 0, 0, 0, 3947841760),
  body(4841431, -1160320, -103622, 60632639, 281198684, -2521836, 3769367),
  body(8343367, 4124799, -403523, -101077435, 182566237, 841576, 1128633),
  body(12894370, -15111151, -223308, 108279101, 86871302, -1083264, 172372),
  body(15379697, -25919315, 179259, 97909073, 59469900, -3475596, 203369),
}

for _ = 1, tonumber(arg[1]) do
  for i = 1, #bodies do
    for j = i + 1, #bodies do attract(bodies[i], bodies[j]) end
  end
  for i = 1, #bodies do move(bodies[i]) end
end
local hash = 0
for _, b in ipairs(bodies) do
  hash = (hash * 31 + abs(b.x) + abs(b.y) + abs(b.z)) % 1000000007
  hash = (hash * 31 + abs(b.vx) + abs(b.vy) + abs(b.vz)) % 1000000007
end
print(string.format("%d", hash))
