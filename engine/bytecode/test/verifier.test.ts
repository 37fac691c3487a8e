import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import * as img from '../image.js';
import * as errors from '../verifier-errors.js';
import { Isolate, vmModule } from '../../vm/test/isolate.js';
import { generatedConstant, ImageBuilder, type Line } from './assembler.js';
import { bytecodeModule, type Bytecode } from './bytecode-wasm.js';
import { sampleBuilder, sampleImage, sampleOptions } from './sample-image.js';

let bytecode: Bytecode;
beforeAll(async () => {
  bytecode = await bytecodeModule();
  await vmModule();
}, 120_000);

const codes = new Map(Object.entries(errors).map(([name, code]) => [code as number, name]));
const seen = new Set<string>();

/** Name of the verdict; `ok` for 0. */
function verdict(image: Uint8Array, shift = 0): string {
  const code = bytecode.verify(image, shift);
  const name = code === 0 ? 'ok' : (codes.get(code) ?? `unknown code ${code}`);
  seen.add(name);
  return name;
}

class Image {
  readonly bytes = sampleImage();
  private readonly view = new DataView(this.bytes.buffer, this.bytes.byteOffset);
  get(at: number): number {
    return this.view.getUint32(at, true);
  }
  set(at: number, value: number): this {
    this.view.setUint32(at, value, true);
    return this;
  }
  /** Address of a field of record `index` of a section. */
  field(section: number, index: number, bytes: number, field: number): number {
    return this.get(section) + index * bytes + field;
  }
  setMethod(index: number, field: number, value: number): this {
    return this.set(this.field(img.IMG_SEC_METHODS, index, img.IMG_METHOD_BYTES, field), value);
  }
  setClass(index: number, field: number, value: number): this {
    return this.set(this.field(img.IMG_SEC_CLASSES, index, img.IMG_CLASS_BYTES, field), value);
  }
  setField(index: number, field: number, value: number): this {
    return this.set(this.field(img.IMG_SEC_FIELDS, index, img.IMG_FIELD_BYTES, field), value);
  }
  setString(index: number, field: number, value: number): this {
    return this.set(this.field(img.IMG_SEC_STRINGS, index, img.IMG_STRING_BYTES, field), value);
  }
  setHost(index: number, field: number, value: number): this {
    return this.set(this.field(img.IMG_SEC_HOSTCALLS, index, img.IMG_HOSTCALL_BYTES, field), value);
  }
  setHandler(field: number, value: number): this {
    return this.set(this.field(img.IMG_SEC_HANDLERS, 0, img.IMG_HANDLER_BYTES, field), value);
  }
  setVirtual(index: number, value: number): this {
    return this.set(this.field(img.IMG_SEC_VTABLE, index, img.IMG_VTABLE_BYTES, 0), value);
  }
}

const change = (make: (image: Image) => Image): string => verdict(make(new Image()).bytes);

/** Verdict on a top level of these instructions and a return. */
function code(frame: number, ...lines: Line[]): string {
  const builder = sampleBuilder().method({ name: 'tried', frame, code: [...lines, ['RETV']] });
  return verdict(builder.build({ ...sampleOptions, top: 'tried' }));
}

test('the sample is right', () => {
  expect(verdict(sampleImage())).toBe('ok');
  expect(verdict(new ImageBuilder().method({ name: '<top>', frame: 0, code: [['RETV']] }).build())).toBe('ok');
});

describe('header and sections', () => {
  const cases: [string, (image: Image) => Image][] = [
    ['VE_MAGIC', (i) => i.set(0, 1)],
    ['VE_VERSION', (i) => i.set(img.IMG_W_VERSION, 1)],
    ['VE_SPEC_HASH', (i) => i.set(img.IMG_W_SPEC_HASH, 1)],
    ['VE_LENGTH', (i) => i.set(img.IMG_W_LENGTH, i.bytes.length + 8)],
    ['VE_SECTION', (i) => i.set(img.IMG_SEC_CODE, i.get(img.IMG_SEC_CODE) + 4)],
    ['VE_SECTION', (i) => i.set(img.IMG_SEC_METHODS + 4, 0x4000001)],
    ['VE_SECTION', (i) => i.set(img.IMG_SEC_GLOBALS, 0xfffffff0)],
    ['VE_SECTION_OVERLAP', (i) => i.set(img.IMG_SEC_INTS, i.get(img.IMG_SEC_CODE))],
    ['VE_RESERVED', (i) => i.set(img.IMG_W_RESERVED0, 1)],
    ['VE_RESERVED', (i) => i.set(img.IMG_W_RESERVED2, 1)],
    ['VE_RESERVED', (i) => i.set(img.IMG_BASE_SITES - 4, 1)],
    ['VE_NAME', (i) => i.set(img.IMG_W_DECLARATIONS, 10_000)],
    ...[
      img.IMG_BASE_CLASSES,
      img.IMG_BASE_METHODS,
      img.IMG_BASE_GLOBALS,
      img.IMG_BASE_STRINGS,
      img.IMG_BASE_INTS,
      img.IMG_BASE_HOSTCALLS,
      img.IMG_BASE_LAYOUTS,
    ].map((word): [string, (image: Image) => Image] => ['VE_BASE', (i) => i.set(word, 1)]),
    ['VE_SECTION', (i) => i.set(img.IMG_SEC_IOCTLS, 0)],
    ['VE_SECTION', (i) => i.set(img.IMG_SEC_HOSTCALLS + 4, 0x4000001)],
  ];
  test.each(cases)('%s', (name, make) => expect(change(make)).toBe(name));
  test('VE_TRUNCATED', () => {
    expect(verdict(sampleImage().subarray(0, img.IMG_HEADER_BYTES - 1))).toBe('VE_TRUNCATED');
    expect(verdict(new Uint8Array(0))).toBe('VE_TRUNCATED');
  });
  test('VE_ALIGNMENT', () => expect(verdict(sampleImage(), 4)).toBe('VE_ALIGNMENT'));
});

describe('floats', () => {
  let withFloats: Bytecode;
  beforeAll(async () => {
    withFloats = await bytecodeModule(true);
  }, 60_000);
  const build = (needs: number, ...lines: Line[]): Uint8Array =>
    sampleBuilder()
      .method({ name: 'tried', frame: 6, code: [...lines, ['RETV']] })
      .build({ ...sampleOptions, top: 'tried', needs });
  const add: Line = ['FADD', 1, 2, 3];
  const all: Line[] = [add, ['F2S', 1, 2], ['BOXF', 1, 2], ['NEWA', 1, 3, 0], ['APUSHF', 1, 2]];

  test('user space takes them where the header says so', () => {
    expect(withFloats.verify(build(img.IMG_NEEDS_FLOATS, ...all, ['CALLN', 0, 'MATH_SIN']))).toBe(0);
    expect(withFloats.verify(build(0, ...all))).toBe(errors.VE_OPCODE);
    expect(withFloats.verify(build(0, ['CALLN', 0, 'MATH_SIN']))).toBe(errors.VE_NATIVE);
    expect(withFloats.verify(build(0, ['NEWA', 1, 3, 0]))).toBe(errors.VE_COUNT);
    expect(withFloats.verify(build(0, ['NEWAN', 1, 2, 3]))).toBe(errors.VE_COUNT);
    expect(withFloats.verify(build(img.IMG_NEEDS_FLOATS, ['NEWAN', 1, 2, 4]))).toBe(errors.VE_COUNT);
  });

  test('VE_NEEDS: the kernel takes no such image, and no float that is not announced', () => {
    expect(verdict(build(img.IMG_NEEDS_FLOATS, add))).toBe('VE_NEEDS');
    expect(verdict(build(img.IMG_NEEDS_FLOATS))).toBe('VE_NEEDS');
    expect(verdict(build(2))).toBe('VE_RESERVED');
    for (const line of all) expect(['VE_OPCODE', 'VE_COUNT']).toContain(verdict(build(0, line)));
    expect(verdict(build(0, ['CALLN', 0, 'MATH_SIN']))).toBe('VE_NATIVE');
  });
});

test('VE_PATCH: a first image has nothing to patch', () => {
  const b = sampleBuilder();
  expect(verdict(b.patch(0, 0, '<top>').build(sampleOptions))).toBe('VE_PATCH');
});

describe('types', () => {
  const word = (i: Image, index: number, value: number): Image => i.set(i.get(img.IMG_SEC_TYPES) + index * 4, value);
  const methods = new Image().get(img.IMG_SEC_METHODS + img.IMG_SEC_COUNT);
  // Method 1 takes nothing, method 2 an object.
  const cases: [string, (image: Image) => Image][] = [
    ['ok', (i) => word(i, 1, 0)],
    ['VE_TYPES', (i) => word(i, 0, methods)],
    ['VE_TYPES', (i) => word(i, 1, methods - 1)],
    ['VE_TYPES', (i) => word(i, 1, methods + 4)],
    ['VE_TYPES', (i) => word(i, 2, methods + 2)],
    ['VE_TYPES', (i) => word(i, 1, 0xffffffff)],
    ['VE_TYPES', (i) => word(i, 2, 0xfffffffe)],
    ['VE_TYPES', (i) => i.set(img.IMG_SEC_TYPES + img.IMG_SEC_COUNT, methods - 1)],
    ['VE_TYPES', (i) => word(i, methods, 5)],
    ['VE_TYPES', (i) => word(i, methods, 8)],
    ['VE_TYPES', (i) => word(i, methods + 2, 0xffff0001)],
    ['VE_TYPES', (i) => word(i, methods + 2, 0x1001)],
    ['VE_TYPES', (i) => word(i, methods + 2, 0x0101)],
    ['VE_TYPES', (i) => word(i, methods + 2, 0x0421)],
    ['VE_TYPES', (i) => word(i, methods + 2, 0x0a21)],
    ['ok', (i) => word(i, methods + 2, 0x0921)],
    ['ok', (i) => word(i, methods + 3, img.IMG_DEFAULT_NULL)],
    ['VE_TYPES', (i) => word(i, methods + 3, img.IMG_DEFAULT_INT | (99 << img.IMG_DEFAULT_SHIFT))],
    ['VE_TYPES', (i) => word(i, methods + 3, img.IMG_DEFAULT_STRING | (9999 << img.IMG_DEFAULT_SHIFT))],
    ['VE_TYPES', (i) => word(i, methods + 3, 7)],
    ['VE_TYPES', (i) => word(i, methods + 3, img.IMG_DEFAULT_FLOAT | (99 << img.IMG_DEFAULT_SHIFT))],
    ['VE_TYPES', (i) => word(i, methods + 3, 8)],
  ];
  test.each(cases)('%s', (name, make) => expect(change(make)).toBe(name));
  test.each([
    ['VE_TYPE', 5],
    ['VE_TYPE', 0x2001],
    ['VE_TYPE', 0x7fff0001],
    ['VE_TYPE', 0x0109],
    ['ok', 0],
    ['ok', 9],
  ])('%s: CONV and ATYPE of %i', (name, type) => {
    expect(code(2, ['CONV', 0, type])).toBe(name);
    expect(code(2, ['ATYPE', 0, type])).toBe(name);
  });
  test('members', () => {
    const member = (parameters: number, frame: number, op: string): string => {
      const b = sampleBuilder();
      const site = b.member('next', parameters);
      b.method({ name: 'tried', frame, code: [[op, 0, site], ['RETV']] });
      return verdict(b.build({ ...sampleOptions, top: 'tried' }));
    };
    expect(member(1, 3, 'DGET')).toBe('ok');
    expect(member(1, 2, 'DGET')).toBe('VE_WINDOW');
    expect(member(2, 4, 'DPUT')).toBe('ok');
    expect(member(2, 3, 'DPUT')).toBe('VE_WINDOW');
    expect(member(15, 17, 'DCALL')).toBe('ok');
    expect(member(15, 16, 'DCALL')).toBe('VE_WINDOW');
    expect(member(16, 30, 'DCALL')).toBe('VE_SITE');
    expect(member(0, 3, 'DCALL')).toBe('VE_SITE');
    expect(member(2, 4, 'DGET')).toBe('VE_CALL_SITE');
    expect(member(1, 4, 'DPUT')).toBe('VE_CALL_SITE');
    expect(member(1, 4, 'CALLI')).toBe('VE_CALL_SITE');
    expect(code(8, ['DCALL', 0, 'Step.next'])).toBe('VE_CALL_SITE');
    expect(code(8, ['DOP', 0, 6, 1])).toBe('ok');
    expect(code(8, ['DOP', 0, 7, 1])).toBe('VE_SLOT');
    expect(code(8, ['DOP', 0, 7, 18])).toBe('ok');
    expect(code(8, ['DOP', 0, 7, 22])).toBe('VE_SLOT');
    expect(code(8, ['DOP', 0, 7, 23])).toBe('VE_SLOT');
    expect(code(8, ['DOP', 0, 7, 24])).toBe('ok');
    expect(code(8, ['DOP', 0, 0, 25])).toBe('VE_COUNT');
  });
});

describe('interfaces', () => {
  const site = (i: Image, field: number, value: number): Image =>
    i.set(i.field(img.IMG_SEC_SITES, 0, img.IMG_SITE_BYTES, field), value);
  const row = (i: Image, index: number, field: number, value: number): Image =>
    i.set(i.field(img.IMG_SEC_ITABLE, index, img.IMG_ITABLE_BYTES, field), value);
  const [NEXT, STEP_NEXT] = [1, 5];
  const STEP = 3;
  const native = (0x80000000 | generatedConstant('builtins', 'N_STRING_GET')) >>> 0;
  const cases: [string, (image: Image) => Image][] = [
    ['VE_SITE', (i) => site(i, img.IMG_SITE_WHAT, NEXT)],
    ['VE_SITE', (i) => site(i, img.IMG_SITE_WHAT, 1000)],
    ['VE_SITE', (i) => site(i, img.IMG_SITE_ARGUMENTS, 2)],
    ['VE_SITE', (i) => site(i, img.IMG_SITE_CLASS, 1)],
    ['VE_SITE', (i) => site(i, img.IMG_SITE_TARGET, 1)],
    ['VE_ITABLE', (i) => row(i, 0, img.IMG_ITABLE_CLASS, 0)],
    ['VE_ITABLE', (i) => row(i, 1, img.IMG_ITABLE_CLASS, 100_000)],
    ['VE_ITABLE', (i) => row(i, 0, img.IMG_ITABLE_WHAT, NEXT)],
    ['VE_ITABLE', (i) => row(i, 1, img.IMG_ITABLE_WHAT, STEP_NEXT)],
    ['VE_ITABLE', (i) => row(i, 1, img.IMG_ITABLE_WHAT, img.IMG_ITABLE_IS | 1)],
    ['VE_ITABLE', (i) => row(i, 1, img.IMG_ITABLE_TARGET, 1)],
    ['VE_ITABLE_TARGET', (i) => row(i, 0, img.IMG_ITABLE_TARGET, 1000)],
    ['VE_ITABLE_TARGET', (i) => row(i, 0, img.IMG_ITABLE_TARGET, 2)],
    ['VE_ITABLE_TARGET', (i) => row(i, 0, img.IMG_ITABLE_TARGET, 3)],
    ['VE_ITABLE_TARGET', (i) => row(i, 0, img.IMG_ITABLE_TARGET, native)],
    ['VE_ITABLE_TARGET', (i) => row(i, 0, img.IMG_ITABLE_TARGET, 0x8fffffff)],
    ['VE_CLASS_FLAGS', (i) => i.setClass(STEP, img.IMG_CLASS_FLAGS, img.IMG_CLASS_FLAG_INTERFACE)],
    ['VE_CLASS_FLAGS', (i) => i.setClass(0, img.IMG_CLASS_FLAGS, 10)],
  ];
  test.each(cases)('%s', (name, make) => expect(change(make)).toBe(name));
  test('a class does not extend one', () => {
    const b = sampleBuilder().cls({ name: 'Wrong', super: 'Step' });
    expect(verdict(b.build(sampleOptions))).toBe('VE_CLASS_SUPER');
  });
  test('a call has a site, and room for its arguments', () => {
    expect(code(3, ['CALLI', 0, 'Step.next'])).toBe('ok');
    expect(code(2, ['CALLI', 0, 'Step.next'])).toBe('VE_WINDOW');
    expect(code(3, ['CALLI', 0, 1000])).toBe('VE_CALL_SITE');
  });
});

describe('ioctl', () => {
  const SHAPE = img.IMG_SHAPE_HANDLER | img.IMG_SHAPE_IOCTL;
  const COMMAND = ((3 << 30) | (16 << 16) | 0xe701) >>> 0;
  type Layout = readonly (readonly [number, number, number, number])[];
  const [INT, U8, TEXT] = [img.IMG_KIND_I64, img.IMG_KIND_U8, img.IMG_KIND_TEXT];
  const GOOD: Layout = [
    [0, 0, INT, 8],
    [1, 8, U8, 1],
    [2, 9, TEXT, 7],
  ];
  interface Choice {
    readonly fields?: Layout;
    readonly size?: number;
    readonly layoutOf?: string;
    readonly method?: Partial<{ shape: number; flags: number; params: number; input: number; output: number }>;
    readonly command?: number;
    readonly device?: number | string;
    readonly handler?: string;
    readonly second?: boolean;
    readonly flags?: number;
  }
  /** An image with one struct that an ioctl takes and gives. */
  function made(choice: Choice = {}): string {
    let b = new ImageBuilder()
      .method({ name: '<top>', frame: 2, code: [['RETV']] })
      .method({
        name: 'swap',
        owner: 'DEVICE',
        params: 2,
        frame: 8,
        flags: img.IMG_METHOD_FLAG_RESULT_REF,
        shape: SHAPE | img.IMG_SHAPE_STRUCT,
        input: 1,
        output: 1,
        ...choice.method,
        code: [['RET', 1]],
      })
      .cls({
        name: 'Range',
        flags: choice.flags ?? 0,
        fields: [
          { name: 'a', type: 'int', ref: false },
          { name: 'b', type: 'int', ref: false },
          { name: 'c', type: 'String', ref: true },
        ],
      })
      .cls({ name: 'Below', super: 'Range' })
      .layout({ cls: choice.layoutOf ?? 'Range', size: choice.size ?? 16, fields: choice.fields ?? GOOD })
      .ioctl({ cls: choice.device ?? 'DEVICE', command: choice.command ?? COMMAND, method: choice.handler ?? 'swap' });
    if (choice.second) b = b.layout({ cls: 'Range', size: 16, fields: GOOD });
    return verdict(b.build());
  }
  const field = (index: number, change: readonly [number, number, number, number]): Choice => ({
    fields: GOOD.map((f, i) => (i === index ? change : f)),
  });
  test('one that fits is taken', () => expect(made()).toBe('ok'));
  const cases: [string, string, Choice][] = [
    ['VE_LAYOUT', 'of a built-in class', { layoutOf: 'DEVICE' }],
    ['VE_LAYOUT', 'of a class that extends another', { layoutOf: 'Below', fields: [] }],
    ['VE_LAYOUT', 'without bytes', { size: 0 }],
    ['VE_LAYOUT', 'of too many bytes', { size: 16384 }],
    ['VE_LAYOUT', 'that leaves a field out', { fields: GOOD.slice(0, 2) }],
    ['VE_LAYOUT', 'of an abstract class', { flags: img.IMG_CLASS_FLAG_ABSTRACT }],
    ['VE_LAYOUT_FIELD', 'another slot', field(0, [1, 0, INT, 8])],
    ['VE_LAYOUT_FIELD', 'an unknown kind', field(0, [0, 0, 9, 8])],
    ['VE_LAYOUT_FIELD', 'another size than its kind', field(0, [0, 0, INT, 4])],
    ['VE_LAYOUT_FIELD', 'a text without bytes', field(2, [2, 9, TEXT, 0])],
    ['VE_LAYOUT_FIELD', 'behind the end', field(2, [2, 9, TEXT, 8])],
    ['VE_LAYOUT_FIELD', 'far behind the end', field(2, [2, 0xfffffff0, TEXT, 32])],
    ['VE_LAYOUT_FIELD', 'over another', field(1, [1, 7, U8, 1])],
    ['VE_LAYOUT_FIELD', 'unaligned', field(0, [0, 4, INT, 8])],
    ['VE_LAYOUT_FIELD', 'a text that is an int', field(1, [1, 8, TEXT, 1])],
    ['VE_LAYOUT_FIELD', 'an int that is a text', field(2, [2, 9, U8, 1])],
    ['VE_IOCTL', 'of a class that is no device and no class', { device: 9999 }],
    ['VE_IOCTL', 'of a built-in class', { device: 'ARRAY' }],
    ['VE_IOCTL', 'by a method that answers none', { handler: '<top>' }],
    ['VE_IOCTL', 'another size', { command: COMMAND + 0x10000 }],
    ['VE_IOCTL', 'another direction', { command: COMMAND & 0x7fffffff }],
    ['VE_METHOD_STRUCTS', 'a layout that is not there', { method: { input: 2 } }],
    ['VE_METHOD_STRUCTS', 'takes one, but names none', { method: { input: 0 } }],
    ['VE_METHOD_STRUCTS', 'gives one, but names none', { method: { output: 0 } }],
    ['VE_METHOD_STRUCTS', 'gives nothing, but names one', { method: { flags: 0 } }],
    [
      'VE_METHOD_STRUCTS',
      'takes one, but is no ioctl',
      { method: { shape: img.IMG_SHAPE_HANDLER | img.IMG_SHAPE_STRUCT } },
    ],
    ['VE_METHOD_STRUCTS', 'takes and gives different ones', { second: true, method: { output: 2 } }],
    ['VE_METHOD_STRUCTS', 'an ioctl with a stream', { method: { shape: SHAPE | img.IMG_SHAPE_IN } }],
  ];
  test.each(cases)('%s: %s', (name, _, choice) => expect(made(choice)).toBe(name));
});

describe('records', () => {
  const cases: [string, (image: Image) => Image][] = [
    ['VE_STRING_BOUNDS', (i) => i.setString(0, img.IMG_STRING_LENGTH, 0xffffffff)],
    [
      'VE_STRING_BOUNDS',
      (i) => i.setString(0, img.IMG_STRING_OFFSET, i.bytes.length - 3).setString(0, img.IMG_STRING_LENGTH, 4),
    ],
    [
      'VE_STRING_TOTAL',
      (i) =>
        i
          .setString(0, img.IMG_STRING_OFFSET, 0)
          .setString(0, img.IMG_STRING_LENGTH, 4)
          .setString(1, img.IMG_STRING_OFFSET, 0)
          .setString(1, img.IMG_STRING_LENGTH, i.bytes.length),
    ],
    ['VE_NAME', (i) => i.setMethod(0, img.IMG_METHOD_NAME, 999)],
    ['VE_NAME', (i) => i.set(img.IMG_W_FILE_NAME, 999)],
    ['VE_CLASS_SUPER', (i) => i.setClass(0, img.IMG_CLASS_SUPER, generatedConstant('builtins', 'BUILTIN_CLASSES'))],
    ['VE_CLASS_SUPER', (i) => i.setClass(0, img.IMG_CLASS_SUPER, generatedConstant('builtins', 'CLASS_STRING'))],
    ['VE_CLASS_FIELDS', (i) => i.setClass(0, img.IMG_CLASS_FIELD_COUNT, 4)],
    ['VE_CLASS_FIELDS', (i) => i.setClass(0, img.IMG_CLASS_FIRST_FIELD, 0xffffffff)],
    ['VE_CLASS_SLOTS', (i) => i.setClass(1, img.IMG_CLASS_SLOTS, 1)],
    ['VE_CLASS_VTABLE', (i) => i.setClass(1, img.IMG_CLASS_VTABLE_COUNT, 3)],
    ['VE_CLASS_VTABLE', (i) => i.setClass(1, img.IMG_CLASS_VTABLE_COUNT, 100)],
    ['VE_CLASS_FLAGS', (i) => i.setClass(0, img.IMG_CLASS_FLAGS, 1)],
    ['VE_CLASS_FLAGS', (i) => i.setClass(0, img.IMG_CLASS_FLAGS, 8)],
    ['VE_FIELD_SLOT', (i) => i.setField(1, img.IMG_FIELD_SLOT, 0)],
    ['VE_FIELD_FLAGS', (i) => i.setField(1, img.IMG_FIELD_FLAGS, 5)],
    ['VE_FIELD_FLAGS', (i) => i.setField(1, img.IMG_FIELD_FLAGS, 0x4001)],
    ['VE_FIELD_FLAGS', (i) => i.setField(1, img.IMG_FIELD_FLAGS, 0xffff0001)],
    ['VE_VTABLE_ENTRY', (i) => i.setVirtual(3, 99)],
    ['VE_VTABLE_ENTRY', (i) => i.setVirtual(0, 0x80000001)],
    ['VE_VTABLE_ENTRY', (i) => i.setVirtual(3, 0x80000003)],
    ['VE_VTABLE_ENTRY', (i) => i.setVirtual(3, 4)],
    ['VE_VTABLE_ARITY', (i) => i.setVirtual(1, 1)],
    ['VE_VTABLE_ARITY', (i) => i.setVirtual(7, 2)],
    ['VE_OPS_METHOD', (i) => i.setClass(0, img.IMG_CLASS_OPS, 1)],
    ['VE_OPS_METHOD', (i) => i.setClass(0, img.IMG_CLASS_OPS, 99)],
    ['VE_OPS_FLAGS', (i) => i.setClass(0, img.IMG_CLASS_OPS + img.IMG_OPS_FLAGS, 2)],
    ['VE_OPS_FLAGS', (i) => i.setClass(0, img.IMG_CLASS_OPS + img.IMG_OPS_IOCTL, 2)],
    // Method 2 is a reader: nothing else. The counter's class calls it by its number, 3.
    ...[img.IMG_OPS_OPEN, img.IMG_OPS_WRITE, img.IMG_OPS_CLOSE, img.IMG_OPS_POLL, img.IMG_OPS_SEEK].map(
      (operation): [string, (image: Image) => Image] => [
        'VE_OPS_METHOD',
        (i) => i.setClass(0, img.IMG_CLASS_OPS + operation, 3),
      ],
    ),
    [
      'VE_OPS_METHOD',
      (i) =>
        i
          .setMethod(2, img.IMG_METHOD_FLAGS, img.IMG_METHOD_FLAG_RESULT_INT)
          .setMethod(2, img.IMG_METHOD_KINDS, img.IMG_KINDS_HAS_RESULT),
    ],
    ['VE_GLOBAL_FLAGS', (i) => i.set(i.field(img.IMG_SEC_GLOBALS, 0, img.IMG_GLOBAL_BYTES, img.IMG_GLOBAL_FLAGS), 2)],
    ['VE_METHOD_OWNER', (i) => i.setMethod(0, img.IMG_METHOD_OWNER, 99)],
    ['VE_METHOD_FLAGS', (i) => i.setMethod(0, img.IMG_METHOD_FLAGS, 6)],
    ['VE_METHOD_FRAME', (i) => i.setMethod(0, img.IMG_METHOD_FRAME, 4097)],
    ['VE_METHOD_FRAME', (i) => i.setMethod(1, img.IMG_METHOD_PARAMS, 9)],
    ['VE_METHOD_CODE', (i) => i.setMethod(0, img.IMG_METHOD_CODE_COUNT, 0)],
    ['VE_METHOD_CODE', (i) => i.setMethod(4, img.IMG_METHOD_CODE_COUNT, 3)],
    ['VE_METHOD_CODE', (i) => i.setMethod(4, img.IMG_METHOD_FIRST_CODE, 0).setMethod(4, img.IMG_METHOD_CODE_COUNT, 15)],
    [
      'VE_METHOD_HANDLERS',
      (i) => i.setMethod(4, img.IMG_METHOD_HANDLER_COUNT, 1).setMethod(4, img.IMG_METHOD_FIRST_HANDLER, 0),
    ],
    ['VE_METHOD_LINES', (i) => i.setMethod(4, img.IMG_METHOD_LINE_COUNT, 99)],
    ['VE_METHOD_SHAPE', (i) => i.setMethod(2, img.IMG_METHOD_SHAPE, 1)],
    ['VE_METHOD_SHAPE', (i) => i.setMethod(2, img.IMG_METHOD_SHAPE, 11)],
    ['VE_METHOD_SHAPE', (i) => i.setMethod(2, img.IMG_METHOD_SHAPE, 8 | img.IMG_SHAPE_SEEK)],
    ['VE_METHOD_SHAPE', (i) => i.setMethod(2, img.IMG_METHOD_SHAPE, 9 | img.IMG_SHAPE_SESSION)],
    ['VE_METHOD_SHAPE', (i) => i.setMethod(2, img.IMG_METHOD_SHAPE, 9 | 0x400)],
    ['VE_NAME', (i) => i.setMethod(2, img.IMG_METHOD_FILE, 99)],
    ['VE_RESERVED', (i) => i.setMethod(2, img.IMG_METHOD_RESERVED, 1)],
    // A result that there is not, one of another kind than the flags say, a third parameter, too many for the word.
    ['VE_METHOD_KINDS', (i) => i.setMethod(2, img.IMG_METHOD_KINDS, img.IMG_KINDS_HAS_RESULT)],
    ['VE_METHOD_KINDS', (i) => i.setMethod(2, img.IMG_METHOD_KINDS, 1 << img.IMG_KINDS_RESULT)],
    ['VE_METHOD_KINDS', (i) => i.setMethod(2, img.IMG_METHOD_FLAGS, img.IMG_METHOD_FLAG_RESULT_REF)],
    ['VE_METHOD_KINDS', (i) => i.setMethod(2, img.IMG_METHOD_KINDS, 1 << 16)],
    ['VE_METHOD_KINDS', (i) => i.setMethod(2, img.IMG_METHOD_KINDS, img.IMG_KINDS_TOO_MANY)],
    ['VE_HANDLER_RANGE', (i) => i.setHandler(img.IMG_HANDLER_TARGET, 6)],
    ['VE_HANDLER_RANGE', (i) => i.setHandler(img.IMG_HANDLER_END, 7)],
    ['VE_HANDLER_CLASS', (i) => i.setHandler(img.IMG_HANDLER_CLASS, 99)],
    ['VE_HANDLER_SLOT', (i) => i.setHandler(img.IMG_HANDLER_SLOT, 8)],
    ['VE_LINE', (i) => i.set(i.get(img.IMG_SEC_LINES), 7)],
    ['VE_TOP_METHOD', (i) => i.set(img.IMG_W_TOP_METHOD, 3)],
    ['VE_TOP_METHOD', (i) => i.set(img.IMG_W_TOP_METHOD, 99)],
    ['VE_MAIN', (i) => i.set(img.IMG_W_MAIN, 3)],
    ['VE_DEVICE_MODE', (i) => i.set(img.IMG_W_DEVICE_MODE, 0o1000)],
    ['VE_DEFAULT_DEVICE', (i) => i.set(img.IMG_W_DEFAULT_DEVICE, i.bytes.length - 8)],
  ];
  test.each(cases)('%s', (name, make) => expect(change(make)).toBe(name));

  test('VE_STRING_UTF8', () => {
    const bytes = (text: number[]): Uint8Array => {
      const image = new Image();
      const at = image.bytes.findIndex((_, i) => new TextDecoder().decode(image.bytes.subarray(i, i + 6)) === 'helper');
      image.bytes.set(text, at);
      return image.bytes;
    };
    for (const bad of [[0xff], [0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe3, 0x81, 0x41]])
      expect(verdict(bytes(bad))).toBe('VE_STRING_UTF8');
    expect(verdict(bytes([0xe3, 0x81, 0x82]))).toBe('ok');
  });

  test('VE_CLASS_COUNT', () => {
    const classes = 65535 - generatedConstant('builtins', 'BUILTIN_CLASSES') + 1;
    const image = new Uint8Array(img.IMG_HEADER_BYTES + classes * img.IMG_CLASS_BYTES);
    const view = new DataView(image.buffer);
    image.set(sampleImage().subarray(0, 12));
    view.setUint32(img.IMG_W_LENGTH, image.length, true);
    for (let i = 0; i < img.IMG_SECTIONS; i++) view.setUint32(img.sectionWord(i), img.IMG_HEADER_BYTES, true);
    view.setUint32(img.IMG_SEC_CLASSES + 4, classes, true);
    expect(verdict(image)).toBe('VE_CLASS_COUNT');
  });
});

describe('instructions', () => {
  test('VE_OPCODE', () =>
    expect(change((i) => i.set(i.get(img.IMG_SEC_CODE), generatedConstant('opcodes', 'OPCODES')))).toBe('VE_OPCODE'));
  const wrong: [string, number, Line[]][] = [
    ['VE_SLOT', 4, [['MOV', 4, 0]]],
    ['VE_SLOT', 4, [['MOV', 0, 4]]],
    ['VE_SLOT', 4, [['IADD', 0, 0, 4]]],
    ['VE_SLOT', 4, [['SCAT', 0, 2, 3]]],
    ['VE_SLOT', 0, [['LDNULL', 0]]],
    ['VE_COUNT', 4, [['NEWA', 0, 3, 0]]],
    ['VE_COUNT', 4, [['NEWAN', 0, 1, 3]]],
    ['VE_INT', 4, [['LDC', 0, 999]]],
    ['VE_INT', 4, [['LDC', 0, -1]]],
    ['VE_STRING', 4, [['LDS', 0, 999]]],
    ['VE_GLOBAL', 4, [['GGET', 0, 2]]],
    ['VE_CLASS', 4, [['NEW', 0, 1000]]],
    ['VE_CLASS', 4, [['ISA', 0, 0, 1000]]],
    ['VE_NEW_CLASS', 4, [['NEW', 0, 'STRING']]],
    ['VE_METHOD', 4, [['CALL', 0, 99]]],
    ['VE_NATIVE', 4, [['CALLN', 0, 999]]],
    ['VE_FIELD', 4, [['GETI', 0, 0, 4096]]],
    ['VE_VSLOT', 4, [['CALLV', 0, 4]]],
    ['VE_WINDOW', 4, [['CALL', 2, 'Counter.next']]],
    ['VE_WINDOW', 4, [['CALL', 3, 'helper']]],
    ['VE_WINDOW', 4, [['CALLN', 2, 'STRING_SIZE']]],
    ['VE_WINDOW', 4, [['CALLN', 1, 'OBJECT_EQUALS']]],
    ['VE_WINDOW', 4, [['CALLV', 1, 1]]],
    // Two arguments behind the function; more than there may be; the bit that a call does not have.
    ['VE_WINDOW', 4, [['CALLF', 0, 2 << 24]]],
    ['VE_KINDS', 32, [['CALLF', 0, 13 << 24]]],
    ['VE_KINDS', 32, [['CALLF', 0, -0x80000000]]],
    ['VE_WINDOW', 4, [['CALLV', 2, 3]]],
    ['VE_HOST', 4, [['CALLH', 0, 99]]],
    ['VE_HOST', 4, [['CALLH', 0, -1]]],
    ['VE_SLOT', 4, [['CALLH', 3, 'Dice.new']]],
    ['VE_SLOT', 1, [['CALLH', 1, 'Dice.roll']]],
    ['VE_JUMP', 4, [['JMP', 1]]],
    ['VE_JUMP', 4, [['JMP', -2]]],
    ['VE_JUMP', 4, [['JEQ', 0, 0, 30000]]],
    ['VE_JUMP', 4, [['JMP', 0x7fffffff]]],
  ];
  test.each(wrong)('%s', (name, frame, lines) => expect(code(frame, ...lines)).toBe(name));
  const right: [number, Line[]][] = [
    [2, [['CALL', 0, 'helper']]],
    [2, [['CALLN', 0, 'STREAM_OUT']]],
    [3, [['CALLN', 0, 'STRING_EACH']]],
    [3, [['CALLV', 0, 0]]],
    [2, [['CALLH', 0, 'Dice.new']]],
    [
      4,
      [
        ['CALLV', 0, 1],
        ['NEWA', 0, 2, 65535],
        ['GETI', 0, 0, 4095],
        ['JMP', -2],
        ['JMP', 0],
        ['SCAT', 0, 2, 2],
      ],
    ],
  ];
  test.each(right)('right in a frame of %i', (frame, lines) => expect(code(frame, ...lines)).toBe('ok'));
  test('VE_FALL_THROUGH', () => {
    const builder = new ImageBuilder().method({ name: '<top>', frame: 1, code: [['NOP']] });
    expect(verdict(builder.build())).toBe('VE_FALL_THROUGH');
  });
  test('an abstract class has no instances', () => {
    const builder = new ImageBuilder()
      .cls({ name: 'Shape', flags: 2 })
      .method({ name: '<top>', frame: 1, code: [['NEW', 0, 'Shape'], ['RETV']] });
    expect(verdict(builder.build())).toBe('VE_NEW_CLASS');
  });
});

describe('functions of the host', () => {
  const signature = (text: string, cls: number | string = 0): string =>
    verdict(sampleBuilder().host('Dice.f', text, cls).build(sampleOptions));
  test.each(['V()', 'I(IBSsHhOo)', 'S()', 's()', 'B(H)', 'N(HS)', `V(${'I'.repeat(15)})`])('%s is right', (text) =>
    expect(signature(text)).toBe('ok'),
  );
  test.each(['H(I)', 'h()'])('%s gives an object of a class with a handle', (text) => {
    expect(signature(text, 'Dice')).toBe('ok');
    for (const cls of [0, 'Counter', 'STRING', 999]) expect(signature(text, cls)).toBe('VE_HOSTCALL');
  });
  test.each(['O()', 'I[)', 'I(]', 'X()', 'I(V)', 'I(N)', 'I(X)', 'N()', 'N(I)', `V(${'I'.repeat(16)})`])(
    '%s is wrong',
    (text) => expect(signature(text)).toBe('VE_HOSTCALL'),
  );
  test('only those that give objects name a class', () => expect(signature('I()', 'Dice')).toBe('VE_HOSTCALL'));
  const cases: [string, (image: Image) => Image][] = [
    ['VE_NAME', (i) => i.setHost(0, img.IMG_HOSTCALL_NAME, 999)],
    ['VE_NAME', (i) => i.setHost(0, img.IMG_HOSTCALL_SIGNATURE, 999)],
    ['VE_HOSTCALL', (i) => i.setHost(0, img.IMG_HOSTCALL_FLAGS, 1)],
    ['VE_HOSTCALL', (i) => i.setHost(1, img.IMG_HOSTCALL_FLAGS, 2)],
    ['VE_HOSTCALL', (i) => i.setHost(0, img.IMG_HOSTCALL_ARGUMENTS, 1)],
    ['VE_HOSTCALL', (i) => i.setHost(0, img.IMG_HOSTCALL_ARGUMENTS, 0xffffffff)],
  ];
  test.each(cases)('%s', (name, make) => expect(change(make)).toBe(name));
  test('a class with a handle has no other field, no class above and none below', () => {
    const handle = { name: 'handle', type: 'int', ref: false };
    const build = (...classes: Parameters<ImageBuilder['cls']>[0][]): string => {
      const builder = new ImageBuilder().method({ name: '<top>', frame: 1, code: [['RETV']] });
      for (const cls of classes) builder.cls(cls);
      return verdict(builder.build());
    };
    expect(build({ name: 'A', flags: 4, fields: [handle] })).toBe('ok');
    expect(build({ name: 'A', flags: 4 })).toBe('VE_CLASS_FLAGS');
    expect(build({ name: 'A', flags: 4, fields: [{ ...handle, ref: true }] })).toBe('VE_CLASS_FLAGS');
    expect(build({ name: 'A', flags: 4, fields: [handle, { ...handle, name: 'b' }] })).toBe('VE_CLASS_FLAGS');
    expect(build({ name: 'A', fields: [] }, { name: 'B', super: 'A', flags: 4, fields: [handle] })).toBe(
      'VE_CLASS_FLAGS',
    );
    expect(build({ name: 'A', flags: 4, fields: [handle] }, { name: 'B', super: 'A' })).toBe('VE_CLASS_SUPER');
  });
});

test('every code has a case here and a row in docs/image-format.md', () => {
  const docs = readFileSync(new URL('../../../docs/image-format.md', import.meta.url), 'utf8');
  const missing = [...codes].filter(
    ([code, name]) => !seen.has(name) || !docs.includes(`| ${String(code).replace('-', '−')} |`),
  );
  expect(missing).toEqual([]);
});

/** Every image that differs from the sample in one byte, one way or another. */
function* mutants(): Generator<Uint8Array> {
  const sample = sampleImage();
  for (let at = 0; at < sample.length; at++) {
    const old = sample[at] ?? 0;
    for (const value of new Set([0, 0x80, 0xff, old ^ 1, old + 1])) {
      if ((value & 255) === old) continue;
      const copy = sample.slice();
      copy[at] = value;
      yield copy;
    }
  }
}

/** Every image that differs in one aligned word. */
function* wordMutants(): Generator<Uint8Array> {
  const sample = sampleImage();
  for (let at = 0; at + 4 <= sample.length; at += 4) {
    for (const value of [0, 1, 0xffffffff, 0x80000000, 0x7fffffff, 0x00010000, sample.length]) {
      const copy = sample.slice();
      new DataView(copy.buffer).setUint32(at, value, true);
      yield copy;
    }
  }
}

test('no change of a byte or word makes the verifier trap, and what it accepts runs to an end', async () => {
  let accepted = 0;
  let refused = 0;
  for (const source of [mutants, wordMutants]) {
    for (const image of source()) {
      const code = bytecode.verify(image);
      if (code !== 0) {
        expect(codes.has(code)).toBe(true);
        refused++;
        continue;
      }
      accepted++;
      const isolate = await Isolate.create(256);
      expect(isolate.load(image)).toBe(0);
      const act = isolate.activation(1024, 200_000n);
      try {
        expect([0, 1]).toContain(isolate.call('vm_run', act));
        for (const device of isolate.devices)
          expect([0, 1]).toContain(isolate.call('op_call', act, device.ops[1] ?? 0, device.device));
      } catch (error) {
        // Types are not verified: a number used as a reference may lead out of linear memory, and that is a trap.
        expect(error).toBeInstanceOf(WebAssembly.RuntimeError);
      }
    }
  }
  expect(refused).toBeGreaterThan(3000);
  expect(accepted).toBeGreaterThan(500);
}, 120_000);
