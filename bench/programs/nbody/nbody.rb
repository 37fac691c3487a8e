# Division rounds towards 0.
def quotient(a, b)
  a < 0 ? -(-a / b) : a / b
end

class Body
  attr_accessor :x, :y, :z, :vx, :vy, :vz
  attr_reader :mass

  def initialize(x, y, z, vx, vy, vz, mass)
    @x = x
    @y = y
    @z = z
    @vx = vx
    @vy = vy
    @vz = vz
    @mass = mass
  end

  def move
    @x += quotient(@vx, 10000)
    @y += quotient(@vy, 10000)
    @z += quotient(@vz, 10000)
  end
end

def root(n)
  guess = 67108864
  while true
    following = (guess + n / guess) / 2
    return guess if following >= guess
    guess = following
  end
end

def attract(a, b)
  dx = a.x - b.x
  dy = a.y - b.y
  dz = a.z - b.z
  square = dx * dx + dy * dy + dz * dz
  distance = root(square)
  reduced = square / 1000000
  from_a = a.mass * 1000000 / reduced
  from_b = b.mass * 1000000 / reduced
  ux = quotient(dx * 1000000, distance)
  uy = quotient(dy * 1000000, distance)
  uz = quotient(dz * 1000000, distance)
  a.vx -= quotient(ux * from_b, 100000000)
  a.vy -= quotient(uy * from_b, 100000000)
  a.vz -= quotient(uz * from_b, 100000000)
  b.vx += quotient(ux * from_a, 100000000)
  b.vy += quotient(uy * from_a, 100000000)
  b.vz += quotient(uz * from_a, 100000000)
end

bodies = [
  Body.new(0, 0, 0, 0, 0, 0, 3947841760),
  Body.new(4841431, -1160320, -103622, 60632639, 281198684, -2521836, 3769367),
  Body.new(8343367, 4124799, -403523, -101077435, 182566237, 841576, 1128633),
  Body.new(12894370, -15111151, -223308, 108279101, 86871302, -1083264, 172372),
  Body.new(15379697, -25919315, 179259, 97909073, 59469900, -3475596, 203369),
]

count = bodies.size
ARGV[0].to_i.times do
  i = 0
  while i < count
    j = i + 1
    while j < count
      attract(bodies[i], bodies[j])
      j += 1
    end
    i += 1
  end
  bodies.each(&:move)
end
hash = 0
bodies.each do |b|
  hash = (hash * 31 + b.x.abs + b.y.abs + b.z.abs) % 1000000007
  hash = (hash * 31 + b.vx.abs + b.vy.abs + b.vz.abs) % 1000000007
end
puts hash
