const PIECES = 1000;

const rounds = Number(process.argv[2]);
let seed = 42;
let hash = 0;
let length = 0;
for (let round = 0; round < rounds; round++) {
  let text = '';
  for (let i = 0; i < PIECES; i++) {
    seed = (seed * 16807) % 2147483647;
    text += 'n';
    text += seed % 100000;
    text += i % 10 === 9 ? '\n' : ', ';
  }
  length += text.length;
  for (let i = 0; i < text.length; i += 7) hash = (hash * 31 + text.charCodeAt(i)) % 1000003;
}
console.log(length * 1000003 + hash);
