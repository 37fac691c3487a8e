import { beforeAll, describe, expect, test } from 'vitest';
import { opcodes, userOnly } from '../../../spec/opcodes.js';
import { ImageBuilder, type Line } from '../../bytecode/test/assembler.js';
import { vmModule } from './isolate.js';
import { runCode, say, show } from './run-code.js';

beforeAll(async () => void (await vmModule()), 120_000);

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;
const used = new Set<string>();

function note(code: readonly Line[]): readonly Line[] {
  for (const line of code) if (typeof line !== 'string') used.add(line[0]);
  return code;
}

async function logOf(code: readonly Line[], builder?: ImageBuilder): Promise<string[]> {
  const { status, log, exception } = await runCode(note(code), builder);
  expect(exception).toBe('');
  expect(status).toBe(0);
  return log;
}

async function faultOf(code: readonly Line[], builder?: ImageBuilder): Promise<string> {
  const { status, exception } = await runCode(note(code), builder);
  expect(status).toBe(1);
  return exception.split('\n')[0] ?? '';
}

describe('integers', () => {
  const binary: readonly (readonly [string, bigint, bigint, bigint])[] = [
    ['IADD', 2n, 3n, 5n],
    ['IADD', MAX, 1n, MIN],
    ['ISUB', 2n, 3n, -1n],
    ['ISUB', MIN, 1n, MAX],
    ['IMUL', -3n, 7n, -21n],
    ['IMUL', MAX, 2n, -2n],
    ['IDIV', -7n, 2n, -3n],
    ['IDIV', MIN, -1n, MIN],
    ['IMOD', -7n, 2n, -1n],
    ['IMOD', MIN, -1n, 0n],
    ['IMOD', 7n, -2n, 1n],
    ['IAND', 12n, 10n, 8n],
    ['IOR', 12n, 10n, 14n],
    ['IXOR', 12n, 10n, 6n],
    ['ISHL', 1n, 63n, MIN],
    ['ISHL', 1n, 64n, 1n],
    ['ISHR', MIN, 63n, -1n],
    ['ISHR', -8n, 65n, -4n],
    ['IUSHR', MIN, 63n, 1n],
    ['IUSHR', -1n, 60n, 15n],
    ['IEQ', 4n, 4n, 1n],
    ['IEQ', 4n, 5n, 0n],
    ['INE', 4n, 5n, 1n],
    ['ILT', -1n, 0n, 1n],
    ['ILT', 0n, 0n, 0n],
    ['ILE', 0n, 0n, 1n],
    ['ILE', 1n, 0n, 0n],
  ];
  test.each(binary)('%s %i %i', async (op, x, y, result) => {
    expect(await logOf([['LDC', 1, x], ['LDC', 2, y], [op, 3, 1, 2], ...show(3)])).toEqual([String(result)]);
  });
  const immediate: readonly (readonly [string, bigint, number, bigint])[] = [
    ['IADDI', MAX, 1, MIN],
    ['IADDI', 5n, -32768, -32763n],
    ['IMULI', 5n, -3, -15n],
    ['IANDI', -1n, -2, -2n],
    ['ISHLI', 3n, 4, 48n],
    ['ISHLI', 3n, 64, 3n],
    ['ISHRI', -16n, 2, -4n],
    ['IUSHRI', -1n, 63, 1n],
  ];
  test.each(immediate)('%s %i %i', async (op, x, y, result) => {
    expect(await logOf([['LDC', 1, x], [op, 3, 1, y], ...show(3)])).toEqual([String(result)]);
  });
  test('unary and moves', async () => {
    expect(
      await logOf([
        ['NOP'],
        ['LDI', 1, -2147483648],
        ['INEG', 2, 1],
        ...show(2),
        ['INOT', 3, 1],
        ...show(3),
        ['BNOT', 4, 1],
        ...show(4),
        ['BNOT', 5, 4],
        ...show(5),
        ['MOV', 6, 1],
        ...show(6),
        ['LDC', 7, MIN],
        ['INEG', 7, 7],
        ...show(7),
      ]),
    ).toEqual(['2147483648', '2147483647', '0', '1', '-2147483648', String(MIN)]);
  });
  test('division by zero', async () => {
    expect(
      await faultOf([
        ['LDI', 1, 5],
        ['LDI', 2, 0],
        ['IDIV', 3, 1, 2],
      ]),
    ).toBe('Arithmetic!!: division by zero');
    expect(
      await faultOf([
        ['LDI', 1, 5],
        ['LDI', 2, 0],
        ['IMOD', 3, 1, 2],
      ]),
    ).toBe('Arithmetic!!: remainder of a division by zero');
  });
});

describe('jumps', () => {
  const cases: readonly (readonly [string, bigint, bigint | undefined, boolean])[] = [
    ['JT', 1n, undefined, true],
    ['JT', 0n, undefined, false],
    ['JF', 0n, undefined, true],
    ['JF', 2n, undefined, false],
    ['JEQ', 3n, 3n, true],
    ['JEQ', 3n, 4n, false],
    ['JNE', 3n, 4n, true],
    ['JNE', 3n, 3n, false],
    ['JLT', -1n, 0n, true],
    ['JLT', 0n, 0n, false],
    ['JLE', 0n, 0n, true],
    ['JLE', 1n, 0n, false],
  ];
  test.each(cases)('%s %i %i', async (op, x, y, taken) => {
    const jump: Line = y === undefined ? [op, 1, 'there'] : [op, 1, 2, 'there'];
    const code: Line[] = [['LDC', 1, x], ['LDC', 2, y ?? 0n], ['LDI', 3, 1], jump, ['LDI', 3, 0], 'there', ...show(3)];
    expect(await logOf(code)).toEqual([taken ? '1' : '0']);
  });
  const immediate: readonly (readonly [string, bigint, number, boolean])[] = [
    ['JEQI', -5n, -5, true],
    ['JEQI', 5n, -5, false],
    ['JNEI', 5n, -5, true],
    ['JNEI', 5n, 5, false],
    ['JLTI', -6n, -5, true],
    ['JLTI', -5n, -5, false],
    ['JLEI', -5n, -5, true],
    ['JLEI', -4n, -5, false],
    ['JGTI', -4n, -5, true],
    ['JGTI', -5n, -5, false],
    ['JGEI', -5n, -5, true],
    ['JGEI', -6n, -5, false],
  ];
  test.each(immediate)('%s %i %i', async (op, x, y, taken) => {
    expect(
      await logOf([['LDC', 1, x], ['LDI', 3, 1], [op, 1, y, 'there'], ['LDI', 3, 0], 'there', ...show(3)]),
    ).toEqual([taken ? '1' : '0']);
  });
  test('null and unconditional', async () => {
    expect(
      await logOf([
        ['LDNULL', 1],
        ['LDS', 2, 'x'],
        ['JNULL', 1, 'a'],
        ['THROW', 1],
        'a',
        ['JNULL', 2, 'bad'],
        ['JNNULL', 2, 'b'],
        ['THROW', 1],
        'b',
        ['JNNULL', 1, 'bad'],
        ['JMP', 'c'],
        'bad',
        ['THROW', 1],
        'c',
        ...say(2),
      ]),
    ).toEqual(['x']);
  });
});

describe('strings', () => {
  test('texts and joining', async () => {
    expect(
      await logOf([
        ['LDC', 1, MIN],
        ['I2S', 2, 1],
        ['LDI', 1, 7],
        ['B2S', 3, 1],
        ['LDNULL', 4],
        ['LDS', 5, 'é—日本'],
        ['SCAT', 6, 2, 4],
        ...say(6),
        ['MOV', 12, 6],
        ['CALLN', 10, 'STRING_SIZE'],
        ...show(10),
        ['SCAT', 7, 2, 0],
        ['MOV', 12, 7],
        ['CALLN', 10, 'STRING_SIZE'],
        ...show(10),
      ]),
    ).toEqual([`${MIN}truenullé—日本`, '32', '0']);
  });
  const pairs: readonly (readonly [string, string, number])[] = [
    ['a', 'a', 0],
    ['a', 'b', -1],
    ['b', 'a', 1],
    ['', 'a', -1],
    ['abcdefghijk', 'abcdefghijl', -1],
    ['abcdefghi', 'abcdefgh', 1],
    ['\u{ffff}', '\u{10000}', -1],
  ];
  test.each(pairs)('%j against %j', async (x, y, order) => {
    const code: Line[] = [
      ['LDS', 1, x],
      ['LDS', 2, y],
      ['SCMP', 3, 1, 2],
      ...show(3),
      ['SCAT', 1, 1, 1],
      ['SEQ', 4, 1, 2],
      ...show(4),
    ];
    expect(await logOf(code)).toEqual([String(order), order === 0 ? '1' : '0']);
  });
  test('null', async () => {
    expect(
      await logOf([
        ['LDNULL', 1],
        ['LDS', 2, 'x'],
        ['SEQ', 3, 1, 2],
        ...show(3),
        ['SEQ', 3, 1, 1],
        ...show(3),
        ['REQ', 3, 2, 2],
        ...show(3),
      ]),
    ).toEqual(['0', '1', '1']);
    expect(
      await faultOf([
        ['LDNULL', 1],
        ['LDS', 2, 'x'],
        ['SCMP', 3, 1, 2],
      ]),
    ).toBe('Null!!: strings were compared, but one is null');
  });
});

describe('arrays', () => {
  test('integers', async () => {
    expect(
      await logOf([
        ['NEWA', 1, 0, 0],
        ['LDI', 2, 0],
        'more',
        ['APUSHI', 1, 2],
        ['IADDI', 2, 2, 1],
        ['JLTI', 2, 100, 'more'],
        ['ALEN', 3, 1],
        ...show(3),
        ['LDI', 4, 99],
        ['ALDI', 5, 1, 4],
        ...show(5),
        ['LDI', 6, -1],
        ['ASTI', 1, 4, 6],
        ['ALDI', 5, 1, 4],
        ...show(5),
        ['LDI', 7, 3],
        ['NEWAN', 8, 7, 0],
        ['ALEN', 3, 8],
        ...show(3),
        ['LDI', 4, 2],
        ['ALDI', 5, 8, 4],
        ...show(5),
      ]),
    ).toEqual(['100', '99', '-1', '3', '0']);
  });
  test('references', async () => {
    expect(
      await logOf([
        ['NEWA', 1, 1, 1],
        ['LDS', 2, 'a'],
        ['APUSHR', 1, 2],
        ['LDS', 3, 'b'],
        ['APUSHR', 1, 3],
        ['LDI', 4, 1],
        ['ALDR', 5, 1, 4],
        ...say(5),
        ['ASTR', 1, 4, 2],
        ['ALDR', 5, 1, 4],
        ...say(5),
      ]),
    ).toEqual(['b', 'a']);
  });
  test('boxes where the code sees numbers', async () => {
    expect(
      await logOf([
        ['NEWA', 1, 1, 0],
        ['LDI', 2, 5],
        ['APUSHI', 1, 2],
        ['APUSHB', 1, 2],
        ['LDI', 3, 0],
        ['ALDI', 5, 1, 3],
        ...show(5),
        ['LDI', 2, 7],
        ['ASTI', 1, 3, 2],
        ['ALDR', 5, 1, 3],
        ['UNBOX', 5, 5],
        ...show(5),
        ['LDI', 2, 0],
        ['ASTB', 1, 3, 2],
        ['ALDR', 5, 1, 3],
        ['UNBOX', 5, 5],
        ...show(5),
      ]),
    ).toEqual(['5', '7', '0']);
  });
  test('numbers where the code sees boxes', async () => {
    expect(
      await logOf([
        ['NEWA', 1, 0, 0],
        ['LDI', 2, 5],
        ['BOXI', 3, 2],
        ['APUSHR', 1, 3],
        ['LDI', 4, 0],
        ['ALDR', 5, 1, 4],
        ['VEQ', 6, 5, 3],
        ...show(6),
        ['LDI', 2, 6],
        ['BOXI', 3, 2],
        ['VEQ', 6, 5, 3],
        ...show(6),
        ['ASTR', 1, 4, 3],
        ['ALDI', 5, 1, 4],
        ...show(5),
      ]),
    ).toEqual(['1', '0', '6']);
  });
  test('what is no number stays out of them', async () => {
    const text: Line[] = [
      ['LDS', 2, 'a'],
      ['LDI', 3, 0],
    ];
    const numbers: Line[] = [...text, ['NEWA', 1, 0, 0], ['APUSHI', 1, 3]];
    const refused = 'ClassCast!!: this array cannot hold such an element';
    expect(await faultOf([...numbers, ['APUSHR', 1, 2]])).toBe(refused);
    expect(await faultOf([...numbers, ['ASTR', 1, 3, 2]])).toBe(refused);
    expect(await faultOf([...text, ['NEWA', 1, 1, 0], ['APUSHR', 1, 2], ['ALDI', 4, 1, 3]])).toBe(
      'ClassCast!!: this element of the array is no number',
    );
    expect(await faultOf([...numbers, ['LDNULL', 2], ['ASTR', 1, 3, 2]])).toMatch(/^Null!!/);
  });
  test('faults say what was wrong', async () => {
    expect(
      await faultOf([
        ['NEWA', 1, 0, 4],
        ['LDI', 2, 0],
        ['ALDI', 3, 1, 2],
      ]),
    ).toBe('OutOfIndex!!: index 0 is outside of an array of size 0');
    expect(
      await faultOf([
        ['NEWA', 1, 0, 4],
        ['LDI', 2, -1],
        ['ASTI', 1, 2, 2],
      ]),
    ).toBe('OutOfIndex!!: index -1 is outside of an array of size 0');
    expect(
      await faultOf([
        ['LDI', 2, -7],
        ['NEWAN', 1, 2, 0],
      ]),
    ).toBe('OutOfIndex!!: an array cannot have size -7');
    for (const line of [
      ['ALEN', 2, 1],
      ['ALDR', 2, 1, 3],
      ['ASTR', 1, 3, 1],
      ['APUSHI', 1, 3],
      ['APUSHR', 1, 1],
    ] as const) {
      expect(await faultOf([['LDNULL', 1], ['LDI', 3, 0], line])).toBe(
        'Null!!: an element was used, but the array is null',
      );
    }
    expect(
      await faultOf([
        ['LDC', 1, 1n << 40n],
        ['NEWAN', 2, 1, 0],
      ]),
    ).toBe('OutOfMemory!!: the heap of this script is used up');
  });
});

describe('objects', () => {
  const point = (): ImageBuilder =>
    new ImageBuilder()
      .global('kept', 'Point', true)
      .global('n', 'int', false)
      .cls({
        name: 'Point',
        fields: [
          { name: 'x', type: 'int', ref: false },
          { name: 'next', type: 'Point', ref: true },
        ],
      })
      .cls({ name: 'Point3', super: 'Point', fields: [{ name: 'z', type: 'int', ref: false }] });
  test('fields, globals, class tests', async () => {
    expect(
      await logOf(
        [
          ['NEW', 1, 'Point3'],
          ['LDI', 2, 42],
          ['PUTI', 1, 2, 2],
          ['GETI', 3, 1, 2],
          ...show(3),
          ['GETI', 3, 1, 0],
          ...show(3),
          ['NEW', 4, 'Point'],
          ['PUTR', 1, 1, 4],
          ['GETR', 5, 1, 1],
          ['REQ', 6, 4, 5],
          ...show(6),
          ['GPUTR', 1, 'kept'],
          ['GGET', 7, 'kept'],
          ['REQ', 6, 1, 7],
          ...show(6),
          ['GPUTI', 2, 'n'],
          ['GGET', 7, 'n'],
          ...show(7),
          ['ISA', 8, 1, 'Point'],
          ...show(8),
          ['ISA', 8, 4, 'Point3'],
          ...show(8),
          ['LDNULL', 9],
          ['ISA', 8, 9, 'Point'],
          ...show(8),
          ['CAST', 1, 'Point'],
          ['CAST', 9, 'Point'],
          ['NNULL', 1],
        ],
        point(),
      ),
    ).toEqual(['42', '0', '1', '1', '42', '1', '0', '0']);
  });
  test('boxes', async () => {
    expect(
      await logOf([
        ['LDI', 1, -9],
        ['BOXI', 2, 1],
        ['UNBOX', 3, 2],
        ...show(3),
        ['BOXB', 2, 1],
        ['UNBOX', 3, 2],
        ...show(3),
        ['ISA', 3, 2, 'BOOLEAN'],
        ...show(3),
      ]),
    ).toEqual(['-9', '1', '1']);
  });
  test('faults', async () => {
    expect(
      await faultOf(
        [
          ['NEW', 1, 'Point'],
          ['CAST', 1, 'Point3'],
        ],
        point(),
      ),
    ).toBe('ClassCast!!: Point is not a Point3');
    expect(
      await faultOf([
        ['LDS', 1, ''],
        ['CAST', 1, 'IO_EXCEPTION'],
      ]),
    ).toBe('ClassCast!!: String is not a IO!!');
    expect(
      await faultOf([
        ['LDNULL', 1],
        ['GETI', 2, 1, 0],
      ]),
    ).toBe('Null!!: a field was read, but the object is null');
    expect(
      await faultOf([
        ['LDNULL', 1],
        ['GETR', 2, 1, 0],
      ]),
    ).toBe('Null!!: a field was read, but the object is null');
    expect(
      await faultOf([
        ['LDNULL', 1],
        ['PUTI', 1, 0, 1],
      ]),
    ).toBe('Null!!: a field was set, but the object is null');
    expect(
      await faultOf([
        ['LDNULL', 1],
        ['PUTR', 1, 0, 1],
      ]),
    ).toBe('Null!!: a field was set, but the object is null');
    expect(
      await faultOf([
        ['LDNULL', 1],
        ['NNULL', 1],
      ]),
    ).toBe('Null!!: null is not allowed here');
    expect(
      await faultOf([
        ['LDNULL', 1],
        ['UNBOX', 2, 1],
      ]),
    ).toBe('Null!!: a value was needed, but it is null');
    expect(
      await faultOf([
        ['LDNULL', 1],
        ['THROW', 1],
      ]),
    ).toBe('Null!!: an exception was thrown, but it is null');
    expect(
      await faultOf([
        ['LDS', 1, ''],
        ['THROW', 1],
      ]),
    ).toBe('ClassCast!!: what was thrown is not an exception');
    expect(
      await faultOf([
        ['LDNULL', 3],
        ['CALLV', 1, 0],
      ]),
    ).toBe('Null!!: a method was called, but the object is null');
  });
});

describe('calls', () => {
  test('direct, virtual, native', async () => {
    const b = new ImageBuilder()
      .method({
        name: 'sub',
        params: 2,
        frame: 3,
        flags: 5,
        code: [
          ['ISUB', 2, 0, 1],
          ['RET', 2],
        ],
      })
      .method({
        name: 'A.value',
        owner: 'A',
        params: 1,
        frame: 2,
        flags: 4,
        code: [
          ['LDI', 1, 1],
          ['RET', 1],
        ],
      })
      .method({
        name: 'B.value',
        owner: 'B',
        params: 1,
        frame: 2,
        flags: 4,
        code: [
          ['LDI', 1, 2],
          ['RET', 1],
        ],
      })
      .cls({ name: 'A', vtable: [0, 1, 2, 'A.value'] })
      .cls({ name: 'B', super: 'A', vtable: [0, 1, 2, 'B.value'] });
    expect(
      await logOf(
        [
          ['LDI', 5, 9],
          ['LDI', 6, 4],
          ['CALL', 3, 'sub'],
          ...show(3),
          ['NEW', 5, 'A'],
          ['CALLV', 3, 3],
          ...show(3),
          ['NEW', 5, 'B'],
          ['CALLV', 3, 3],
          ...show(3),
          ['LDS', 5, 'text'],
          ['CALLV', 3, 0],
          ...say(3),
          ['CALLV', 3, 2],
        ],
        b,
      ),
    ).toEqual(['5', '1', '2', 'text']);
    expect(
      await faultOf(
        [
          ['LDS', 5, 'text'],
          ['CALLV', 3, 3],
        ],
        new ImageBuilder()
          .method({
            name: 'A.value',
            owner: 'A',
            params: 1,
            frame: 2,
            flags: 4,
            code: [
              ['LDI', 1, 1],
              ['RET', 1],
            ],
          })
          .cls({ name: 'A', vtable: [0, 1, 2, 'A.value'] }),
      ),
    ).toBe('NoSuchMethod!!: the object has no such method');
  });
});

describe('calls through an interface', () => {
  const value = (name: string, result: number): Parameters<ImageBuilder['method']>[0] => ({
    name: `${name}.value`,
    owner: name,
    params: 1,
    frame: 2,
    flags: 4,
    code: [
      ['LDI', 1, result],
      ['RET', 1],
    ],
  });
  const builder = (): ImageBuilder =>
    new ImageBuilder()
      .method({ name: 'I.value', owner: 'I', params: 1, frame: 1, flags: 4, code: [['RETV']] })
      .method({ name: 'I.hashCode', owner: 'I', params: 1, frame: 1, flags: 4, code: [['RETV']] })
      .cls({ name: 'I', flags: 10 })
      .method(value('A', 1))
      .method(value('B', 2))
      .cls({ name: 'A', vtable: [0, 1, 2, 'A.value'] })
      .cls({ name: 'B', vtable: [0, 1, 2, 'B.value'] })
      .cls({ name: 'C' })
      .answer('A', 'I')
      .answer('A', 'I.value', 'A.value')
      .answer('B', 'I.value', 'B.value')
      .answer('B', 'I')
      .answer('B', 'I.hashCode', 2);
  test('the class of the object says what is called', async () => {
    // One site, called with both classes in turn.
    const b = builder();
    const site = b.site(0);
    expect(
      await logOf(
        [
          ['LDI', 0, 2],
          'again',
          ['NEW', 5, 'A'],
          ['CALL', 3, 'called'],
          ...show(3),
          ['NEW', 5, 'B'],
          ['CALL', 3, 'called'],
          ...show(3),
          ['CALL', 3, 'called'],
          ['IADDI', 0, 0, -1],
          ['JGTI', 0, 0, 'again'],
          ['NEW', 5, 'B'],
          ['CALLI', 3, b.site(1)],
          ['ISA', 3, 5, 'I'],
          ...show(3),
          ['CAST', 5, 'I'],
          ['NEW', 5, 'C'],
          ['ISA', 3, 5, 'I'],
          ...show(3),
        ],
        b.method({
          name: 'called',
          params: 1,
          flags: 5,
          frame: 5,
          code: [
            ['MOV', 3, 0],
            ['CALLI', 1, site],
            ['RET', 1],
          ],
        }),
      ),
    ).toEqual(['1', '2', '1', '2', '1', '0']);
  });
  test('another object', async () => {
    const called: Line[] = [['CALLI', 3, 'I.value']];
    expect(await faultOf([['NEW', 5, 'C'], ...called], builder())).toBe(
      'NoSuchMethod!!: the object has no such method',
    );
    expect(await faultOf([['LDNULL', 5], ...called], builder())).toBe(
      'Null!!: a method was called, but the object is null',
    );
    expect(
      await faultOf(
        [
          ['NEW', 5, 'C'],
          ['CAST', 5, 'I'],
        ],
        builder(),
      ),
    ).toBe('ClassCast!!: C is not a I');
  });
});

test('calls of the host', async () => {
  const code: Line[] = [
    ['LDI', 5, 3],
    ['CALLH', 5, 'Dice.roll'],
  ];
  expect(await faultOf(code, new ImageBuilder().host('Dice.roll', 'I(I)'))).toBe('IO!!: Dice.roll failed, errno 5');
});

test('every opcode ran', () => {
  // RET and RETV end the methods that every test calls; functions.test.ts is about CALLF.
  used.add('RET').add('RETV').add('CALLF');
  // dynamic.test.ts is about these.
  for (const name of ['CONV', 'ATYPE', 'DOP', 'DGET', 'DPUT', 'DCALL', 'DRES']) used.add(name);
  const names = opcodes.map((o) => o.name);
  // Floats are not in vm.wasm: see floats.test.ts.
  names.splice(names.indexOf(userOnly.first), names.indexOf(userOnly.last) - names.indexOf(userOnly.first) + 1);
  expect(names.filter((name) => !used.has(name))).toEqual([]);
});
