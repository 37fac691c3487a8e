/** Members of an Any are searched for once at each place: a search costs fuel, and what a place remembers costs none. */
import { compile, Isolate } from '@konoha/host-node';
import { expect, test } from 'vitest';

const ROUNDS = 10_000;
/** A loop round and a call are one unit each; a search of this many methods costs more than ten. */
const FUEL = BigInt(ROUNDS * 4);

function script(member: string, last: string): string {
  const others = Array.from({ length: 100 }, (_, i) => `int unused${i}() { return ${i}; }`).join('\n');
  return `class A { int weight = 1; int twice() { return 2; } }
class B { int weight = 3; int twice() { return 4; } }
${others}
Any[] both = [new A(), ${last}];
int sum = 0;
for (int i = 0; i < ${ROUNDS}; i++) {
    Any x = both[i & 1];
    sum += (int) x.${member};
}
OUT << sum << EOL;
`;
}

function outcome(source: string): string {
  const compilation = compile(new TextEncoder().encode(source), 'cache.k');
  expect(compilation.errors).toBe(0);
  let out = '';
  const streams = {
    in: () => 0,
    out: (bytes: Uint8Array) => void (out += new TextDecoder().decode(bytes)),
    err: () => undefined,
  };
  const result = new Isolate(compilation.image, { loadFuel: FUEL, streams }).run();
  return result.status === 'exception' ? (result.text.split(':')[0] ?? '') : out;
}

test.each(['twice()', 'weight'])('x.%s of objects of one class is searched for once', (member) => {
  expect(outcome(script(member, 'new A()'))).toBe(`${ROUNDS * (member === 'weight' ? 1 : 2)}\n`);
});

test.each(['twice()', 'weight'])('x.%s of objects of two classes by turns is searched for each time', (member) => {
  expect(outcome(script(member, 'new B()'))).toBe('Timeout!!');
});
