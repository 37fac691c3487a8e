class Body {
  constructor(x, y, z, vx, vy, vz, mass) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.vx = vx;
    this.vy = vy;
    this.vz = vz;
    this.mass = mass;
  }

  move() {
    this.x += Math.trunc(this.vx / 10000);
    this.y += Math.trunc(this.vy / 10000);
    this.z += Math.trunc(this.vz / 10000);
  }
}

function root(n) {
  let guess = 67108864;
  for (;;) {
    const next = Math.trunc((guess + Math.trunc(n / guess)) / 2);
    if (next >= guess) return guess;
    guess = next;
  }
}

function attract(a, b) {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  const dz = a.z - b.z;
  const square = dx * dx + dy * dy + dz * dz;
  const distance = root(square);
  const reduced = Math.trunc(square / 1000000);
  const fromA = Math.trunc((a.mass * 1000000) / reduced);
  const fromB = Math.trunc((b.mass * 1000000) / reduced);
  const ux = Math.trunc((dx * 1000000) / distance);
  const uy = Math.trunc((dy * 1000000) / distance);
  const uz = Math.trunc((dz * 1000000) / distance);
  a.vx -= Math.trunc((ux * fromB) / 100000000);
  a.vy -= Math.trunc((uy * fromB) / 100000000);
  a.vz -= Math.trunc((uz * fromB) / 100000000);
  b.vx += Math.trunc((ux * fromA) / 100000000);
  b.vy += Math.trunc((uy * fromA) / 100000000);
  b.vz += Math.trunc((uz * fromA) / 100000000);
}

const bodies = [
  new Body(0, 0, 0, 0, 0, 0, 3947841760),
  new Body(4841431, -1160320, -103622, 60632639, 281198684, -2521836, 3769367),
  new Body(8343367, 4124799, -403523, -101077435, 182566237, 841576, 1128633),
  new Body(12894370, -15111151, -223308, 108279101, 86871302, -1083264, 172372),
  new Body(15379697, -25919315, 179259, 97909073, 59469900, -3475596, 203369),
];

const steps = Number(process.argv[2]);
for (let step = 0; step < steps; step++) {
  for (let i = 0; i < bodies.length; i++) {
    for (let j = i + 1; j < bodies.length; j++) attract(bodies[i], bodies[j]);
  }
  for (const body of bodies) body.move();
}
let hash = 0;
for (const b of bodies) {
  hash = (hash * 31 + Math.abs(b.x) + Math.abs(b.y) + Math.abs(b.z)) % 1000000007;
  hash = (hash * 31 + Math.abs(b.vx) + Math.abs(b.vy) + Math.abs(b.vz)) % 1000000007;
}
console.log(hash);
