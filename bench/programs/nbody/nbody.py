import sys


def quotient(a, b):
    """Division that rounds towards 0."""
    return -(-a // b) if a < 0 else a // b


class Body:
    __slots__ = ("x", "y", "z", "vx", "vy", "vz", "mass")

    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x = x
        self.y = y
        self.z = z
        self.vx = vx
        self.vy = vy
        self.vz = vz
        self.mass = mass

    def move(self):
        self.x += quotient(self.vx, 10000)
        self.y += quotient(self.vy, 10000)
        self.z += quotient(self.vz, 10000)


def root(n):
    guess = 67108864
    while True:
        following = (guess + n // guess) // 2
        if following >= guess:
            return guess
        guess = following


def attract(a, b):
    dx = a.x - b.x
    dy = a.y - b.y
    dz = a.z - b.z
    square = dx * dx + dy * dy + dz * dz
    distance = root(square)
    reduced = square // 1000000
    from_a = a.mass * 1000000 // reduced
    from_b = b.mass * 1000000 // reduced
    ux = quotient(dx * 1000000, distance)
    uy = quotient(dy * 1000000, distance)
    uz = quotient(dz * 1000000, distance)
    a.vx -= quotient(ux * from_b, 100000000)
    a.vy -= quotient(uy * from_b, 100000000)
    a.vz -= quotient(uz * from_b, 100000000)
    b.vx += quotient(ux * from_a, 100000000)
    b.vy += quotient(uy * from_a, 100000000)
    b.vz += quotient(uz * from_a, 100000000)


def planets():
    return [
        Body(0, 0, 0, 0, 0, 0, 3947841760),
        Body(4841431, -1160320, -103622, 60632639, 281198684, -2521836, 3769367),
        Body(8343367, 4124799, -403523, -101077435, 182566237, 841576, 1128633),
        Body(12894370, -15111151, -223308, 108279101, 86871302, -1083264, 172372),
        Body(15379697, -25919315, 179259, 97909073, 59469900, -3475596, 203369),
    ]


def main():
    bodies = planets()
    count = len(bodies)
    for _ in range(int(sys.argv[1])):
        for i in range(count):
            for j in range(i + 1, count):
                attract(bodies[i], bodies[j])
        for body in bodies:
            body.move()
    hash = 0
    for b in bodies:
        hash = (hash * 31 + abs(b.x) + abs(b.y) + abs(b.z)) % 1000000007
        hash = (hash * 31 + abs(b.vx) + abs(b.vy) + abs(b.vz)) % 1000000007
    print(hash)


main()
