class Tree {
  constructor(left, right) {
    this.left = left;
    this.right = right;
  }

  count() {
    let nodes = 1;
    if (this.left !== null) nodes += this.left.count();
    if (this.right !== null) nodes += this.right.count();
    return nodes;
  }
}

function grow(depth) {
  if (depth === 0) return new Tree(null, null);
  return new Tree(grow(depth - 1), grow(depth - 1));
}

const most = Number(process.argv[2]);
const old = grow(most);
let total = grow(most + 1).count();
for (let depth = 4; depth <= most; depth += 2) {
  const rounds = 1 << (most - depth + 4);
  for (let i = 0; i < rounds; i++) total += grow(depth).count();
}
console.log(total + old.count());
