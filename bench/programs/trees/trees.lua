local function grow(depth)
  if depth == 0 then return {} end
  return { left = grow(depth - 1), right = grow(depth - 1) }
end

local function count(tree)
  local nodes = 1
  if tree.left then nodes = nodes + count(tree.left) end
  if tree.right then nodes = nodes + count(tree.right) end
  return nodes
end

local most = tonumber(arg[1])
local old = grow(most)
local total = count(grow(most + 1))
for depth = 4, most, 2 do
  for _ = 1, 2 ^ (most - depth + 4) do total = total + count(grow(depth)) end
end
print(string.format("%d", total + count(old)))
