function tarai(x, y, z) {
  if (x <= y) return y;
  return tarai(tarai(x - 1, y, z), tarai(y - 1, z, x), tarai(z - 1, x, y));
}

const [x, y, z] = process.argv.slice(2).map(Number);
console.log(tarai(x, y, z));
