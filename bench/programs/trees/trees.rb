class Tree
  def initialize(left, right)
    @left = left
    @right = right
  end

  def count
    nodes = 1
    nodes += @left.count if @left
    nodes += @right.count if @right
    nodes
  end
end

def grow(depth)
  return Tree.new(nil, nil) if depth == 0
  Tree.new(grow(depth - 1), grow(depth - 1))
end

most = ARGV[0].to_i
old = grow(most)
total = grow(most + 1).count
4.step(most, 2) do |depth|
  (1 << (most - depth + 4)).times { total += grow(depth).count }
end
puts total + old.count
