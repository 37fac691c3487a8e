/** Random patterns: Regex finds what JavaScript's RegExp finds. */
import { collector, compile, Isolate, textInput } from '@konoha/host-node';
import { Random } from '@konoha/fuzz/random';
import { expect, test } from 'vitest';

const SCRIPT = `
String? pattern = IN.readLine();
while (pattern != null) {
    String text = IN.readLine() ?? "";
    String p = pattern ?? "";
    String found = "";
    foreach (Match m in new Regex(p).findAll(text)) found = found + "\${m.start}-\${m.end} ";
    OUT << found << EOL;
    pattern = IN.readLine();
}
`;

function pattern(random: Random, depth: number): string {
  const atom = (): string => {
    const kinds = ['a', 'b', 'c', '.', '[ab]', '[^a]', '\\b', '\\w', '木', '^', '$'];
    const kind = random.below(depth > 0 ? kinds.length + 4 : kinds.length);
    if (kind < kinds.length) return kinds[kind]!;
    return `${random.below(2) ? '(' : '(?:'}${pattern(random, depth - 1)})`;
  };
  const repeat = (a: string): string => {
    // What takes no character is not repeated: engines differ there on purpose.
    if (/^(\\b|\^|\$)$/.test(a)) return a;
    return a + ['', '', '', '*', '+', '?', '{1,2}', '*?', '+?', '??', '{2}'][random.below(11)]!;
  };
  const sequence = (): string => Array.from({ length: random.below(4) }, () => repeat(atom())).join('');
  return Array.from({ length: 1 + (random.below(3) === 0 ? 1 : 0) }, sequence).join('|');
}

/** Repeats something that may be empty: what its rounds take differs between engines. */
function repeatsEmpty(source: string): boolean {
  for (const [group] of source.matchAll(/\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)(?=[*+?{])/g))
    if (new RegExp(`^(?:${group})$`).test('') || /[|^$]|\\b/.test(group)) return true;
  return false;
}

test('random patterns on random texts', { timeout: 60_000 }, () => {
  const random = new Random(20130613, 0);
  const cases: { source: string; text: string }[] = [];
  while (cases.length < 2000) {
    const source = pattern(random, 2);
    if (repeatsEmpty(source)) continue;
    cases.push({ source, text: Array.from({ length: random.below(12) }, () => 'aabc木 '[random.below(6)]).join('') });
  }
  const compilation = compile(SCRIPT, 'regex.k', {});
  expect(compilation.render('plain')).toBe('');
  const [out, err] = [collector(), collector()];
  const input = cases.map(({ source, text }) => `${source}\n${text}\n`).join('');
  const outcome = new Isolate(compilation.image, {
    streams: { in: textInput(input), out: out.sink, err: err.sink },
    heap: 1 << 22,
  }).run();
  expect(outcome).toMatchObject({ status: 'ok' });
  const found = out.text().split('\n');
  const different = cases.flatMap(({ source, text }, i) => {
    const wanted = [...text.matchAll(new RegExp(source, 'g'))]
      .map((m) => `${m.index}-${m.index + m[0].length} `)
      .join('');
    return wanted === found[i] ? [] : [{ source, text, wanted, found: found[i] }];
  });
  expect(different).toEqual([]);
});
