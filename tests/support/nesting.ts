/** Scripts that nest one construct `n` levels deep, and what they print. */

export const times = (text: string, count: number): string => text.repeat(count);

/** One entry a construct. */
export const nestingKinds: Record<string, (n: number) => { source: string; output: string }> = {
  parentheses: (n) => ({ source: `OUT << ${times('(', n)}1${times(')', n)} << EOL`, output: '1\n' }),
  'unary minus': (n) => ({
    source: `int x = 1\nOUT << ${times('- ', n)}x << EOL`,
    output: n % 2 === 0 ? '1\n' : '-1\n',
  }),
  'unary not': (n) => ({
    source: `boolean x = true\nOUT << ${times('!', n)}x << EOL`,
    output: n % 2 === 0 ? 'true\n' : 'false\n',
  }),
  assignment: (n) => ({ source: `int a\nint b = 0\nb = ${times('a = ', n)}7\nOUT << b << EOL`, output: '7\n' }),
  'call arguments': (n) => ({
    source: `int f(int x) { return x + 1; }\nOUT << ${times('f(', n)}0${times(')', n)} << EOL`,
    output: `${n}\n`,
  }),
  'array literals': (n) => ({
    source: `var a = ${times('[', n)}1${times(']', n)}\nOUT << a.size() << EOL`,
    output: '1\n',
  }),
  blocks: (n) => ({ source: `${times('{ ', n)}OUT << 1 << EOL${times(' }', n)}`, output: '1\n' }),
  if: (n) => ({ source: `boolean x = true\n${times('if (x) { ', n)}OUT << 1 << EOL${times(' }', n)}`, output: '1\n' }),
  'if without braces': (n) => ({ source: `boolean x = true\n${times('if (x) ', n)}OUT << 1 << EOL`, output: '1\n' }),
  'else if': (n) => ({
    source: `int f(int x) {\n${Array.from({ length: n }, (_, i) => `if (x == ${i}) return ${i + 1}\nelse `).join('')}return -1\n}\nOUT << f(${n - 1}) << f(-5) << EOL`,
    output: `${n}-1\n`,
  }),
  interpolation: (n) => ({ source: `OUT << ${times('"${', n)}1${times('}"', n)} << EOL`, output: '1\n' }),
  while: (n) => ({
    source: `${times('while (true) { ', n)}OUT << 1 << EOL; throw new IO!!()${times(' }', n)}`,
    output: '1\n',
  }),
  conditional: (n) => ({ source: `boolean x = false\nOUT << (${times('x ? 1 : ', n)}2) << EOL`, output: '2\n' }),
  'method arguments': (n) => ({
    source: `OUT << ${times('"a".indexOf("" + ', n)}1${times(')', n)} << EOL`,
    output: '-1\n',
  }),
  index: (n) => ({ source: `int[] a = [0]\nOUT << ${times('a[', n)}0${times(']', n)} << EOL`, output: '0\n' }),
  try: (n) => ({ source: `${times('try { ', n)}OUT << 1 << EOL${times(' } finally { }', n)}`, output: '1\n' }),
};
