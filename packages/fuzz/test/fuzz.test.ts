/** The fuzzer itself: same seed, same inputs; what it makes is of use; what is wrong is seen and made smaller. */
import { compile } from '@konoha/host-node';
import { describe, expect, test } from 'vitest';
import { readCorpus } from '../src/corpus.js';
import { sampleDeclarations } from '../../../tests/support/sample-bindings.js';
import { BOUND_DECLARATIONS } from '../src/engine/bound.js';
import { ContractError } from '../src/engine/contract.js';
import { KINDS, kindNamed } from '../src/kinds/all.js';
import type { FilesInput } from '../src/kinds/files.js';
import { commandOf, judge } from '../src/kinds/judge.js';
import type { AnyKind } from '../src/kinds/kind.js';
import { minimise, signature } from '../src/minimise.js';
import { program } from '../src/generate/program.js';
import { Random } from '../src/random.js';

const SEED = 20130613;
const ROUNDS = 150;
const corpus = readCorpus();

describe.each(KINDS.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
  test(`${ROUNDS} inputs keep the contract`, { timeout: 60_000 }, () => {
    const outcomes = new Set<string>();
    for (let index = 0; index < ROUNDS; index++) {
      const { problem, outcome } = kind.check(kind.make(new Random(SEED, index), corpus));
      expect(problem, `input ${index}`).toBeNull();
      outcomes.add(outcome);
    }
    expect(outcomes.size).toBeGreaterThan(1);
  });

  test('a seed makes the same inputs again, and a file keeps them', () => {
    for (let index = 0; index < 20; index++) {
      const [input, again] = [0, 0].map(() => kind.make(new Random(SEED, index), corpus));
      const bytes = kind.encode(input);
      expect(kind.encode(again)).toEqual(bytes);
      expect(kind.encode(kind.decode(bytes, `x${kind.extension(input)}`))).toEqual(bytes);
    }
  });
});

test('most programs without noise are accepted', () => {
  const accepted = Array.from({ length: 200 }, (_, index) => {
    const text = program(new Random(SEED, index), { noise: 0, device: index % 2 === 0, size: 12 });
    return compile(text, 'a.k', { kernel: true }).errors === 0;
  });
  expect(accepted.filter(Boolean).length).toBeGreaterThan(100);
});

test('the bound classes are those that the kernel has', () => {
  expect(BOUND_DECLARATIONS).toBe(sampleDeclarations().join(''));
});

test('programs have ioctl commands and bound classes, and are accepted', () => {
  const made = Array.from({ length: 300 }, (_, index) =>
    program(new Random(SEED, index), { noise: 0, device: true, size: 6 }),
  );
  for (const part of [/@Ioctl\(\d\) R\d/, /@Struct/, /IntMath\./, /new Stats/]) {
    const accepted = made.filter(
      (text) => part.test(text) && compile(text, 'a.k', { kernel: true, bindings: [BOUND_DECLARATIONS] }).errors === 0,
    );
    expect(accepted.length, String(part)).toBeGreaterThan(2);
  }
});

test('the commands of file operations are mostly those that a generated device may have', () => {
  const files = kindNamed('files');
  let commands = 0;
  for (let index = 0; index < 300; index++) {
    const input = files.make(new Random(SEED, index), corpus) as FilesInput;
    commands += input.operations.filter(
      ({ op, number }) => op === 'ioctl' && commandOf(number & 3, number >>> 30) === number,
    ).length;
  }
  expect(commands).toBeGreaterThan(300);
});

describe('what is wrong', () => {
  test('a run that cannot be repeated is a problem', () => {
    let number = 0;
    expect(
      judge((trace) => {
        trace.push(`${number++}`);
        return 'ran';
      }).problem,
    ).toMatch(/differs/);
  });

  test('a broken contract is a problem, an error of ours is none', () => {
    const failing = (error: Error) => () =>
      judge(() => {
        throw error;
      });
    expect(failing(new ContractError('bad')).call(null)).toEqual({ problem: 'bad', outcome: 'finding' });
    expect(failing(new Error('ours'))).toThrow('ours');
  });

  test('is made smaller, and stays the same problem', () => {
    const kind = {
      ...kindNamed('scripts'),
      check: (input: unknown) => {
        const text = Buffer.from((input as { source: Uint8Array }).source).toString();
        return { problem: text.includes('bad') ? `bad at ${text.indexOf('bad')}` : null, outcome: '' };
      },
    } satisfies AnyKind;
    const source = Buffer.from('int a = 1\nif (a > 0) { OUT << bad << EOL }\nint b = 2\n');
    const smaller = minimise(kind, { source, kernel: true }, 'bad at 27', 500, () => undefined);
    expect(Buffer.from((smaller as { source: Uint8Array }).source).toString()).toBe('bad');
  });

  test('two problems are one if only their numbers and texts differ', () => {
    expect(signature('status 7 of "a"')).toBe(signature('status -19 of "b c"'));
    expect(signature('status 7')).not.toBe(signature('errno 7'));
  });
});
