function filled(size, down, across, modulus) {
  const rows = [];
  for (let i = 0; i < size; i++) {
    const row = new Array(size).fill(0);
    for (let j = 0; j < size; j++) row[j] = (i * down + j * across) % modulus;
    rows.push(row);
  }
  return rows;
}

function product(a, b, modulus) {
  const size = a.length;
  const rows = [];
  for (let i = 0; i < size; i++) {
    const left = a[i];
    const row = new Array(size).fill(0);
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += left[k] * b[k][j];
      row[j] = sum % modulus;
    }
    rows.push(row);
  }
  return rows;
}

const [size, rounds] = process.argv.slice(2).map(Number);
let a = filled(size, 7, 13, 101);
const b = filled(size, 11, 5, 103);
for (let round = 0; round < rounds; round++) a = product(a, b, 101);
let total = 0;
for (let i = 0; i < size; i++) {
  for (let j = 0; j < size; j++) total += a[i][j] * (i * size + j + 1);
}
console.log(total);
