const WORDS = 5000;

const words = Number(process.argv[2]);
let seed = 42;
const counts = new Map();
for (let i = 0; i < words; i++) {
  seed = (seed * 16807) % 2147483647;
  const word = `w${seed % WORDS}`;
  counts.set(word, (counts.get(word) ?? 0) + 1);
}
let total = 0;
for (const [word, count] of counts) total += count * count * word.length;
console.log(total + counts.size);
