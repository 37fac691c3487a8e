function sumOfPrimes(limit) {
  const composite = new Array(limit).fill(false);
  let sum = 0;
  for (let i = 2; i < limit; i++) {
    if (composite[i]) continue;
    sum += i;
    for (let j = i * i; j < limit; j += i) composite[j] = true;
  }
  return sum;
}

const [limit, rounds] = process.argv.slice(2).map(Number);
let total = 0;
for (let round = 0; round < rounds; round++) total += sumOfPrimes(limit - round);
console.log(total);
