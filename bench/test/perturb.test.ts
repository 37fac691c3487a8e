import { expect, test } from 'vitest';
import { perturb } from '../perturb.js';

test('names, order of parameters, a constant that nobody needs', () => {
  const source = `@Heap("1M")
class Box(int size) {
    int sum(int a, int b) { return _size + a * b; }
}
int LIMIT = 3;
int twice(int n) { return n + n; }
void main(String[] args) {
    Box box = new Box(twice(LIMIT));
    OUT << box.sum(args.size(), twice(2)) << EOL;
}
`;
  const text = perturb(source);
  expect(text).not.toMatch(/\b(Box|_?size(?=[ ,)])|sum|LIMIT|twice|box|args|a|b)\b/);
  expect(text).toMatch(/^@Heap\("1M"\)\nint nobodyCallsThis\(int n\) \{/);
  expect(text).toMatch(/int (q\d+)\(int (q\d+), int (q\d+)\) \{ int unneeded1 = 1; return _q\d+ \+ \3 \* \2; \}/);
  // The arguments of the call have changed places too.
  expect(text).toMatch(/\.q\d+\(q\d+\(2\), q\d+\.q?\w+\(\)\) << EOL;/);
});

test('a text with errors is refused', () => {
  expect(() => perturb('int f( {')).toThrow('errors of syntax');
});
