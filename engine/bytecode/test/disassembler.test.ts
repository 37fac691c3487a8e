import { beforeAll, expect, test } from 'vitest';
import { bytecodeModule, type Bytecode } from './bytecode-wasm.js';
import * as img from '../image.js';
import { sampleBuilder, sampleImage, sampleOptions } from './sample-image.js';

let bytecode: Bytecode;
beforeAll(async () => {
  bytecode = await bytecodeModule();
}, 60_000);

test('a listing names everything', () => {
  const listing = bytecode.disassemble(sampleImage());
  expect(listing).toMatchSnapshot();
});

test.each([
  [img.IMG_TYPE_INT, 'int'],
  [img.IMG_TYPE_BOOLEAN, 'boolean'],
  [img.IMG_TYPE_FLOAT, 'float'],
  [img.IMG_TYPE_VOID, 'void'],
  [img.IMG_TYPE_REF | img.IMG_TYPE_UNSEEN, '*'],
  [img.IMG_TYPE_REF, 'Object'],
  [img.IMG_TYPE_REF | img.IMG_TYPE_NULLABLE, 'Object?'],
])('type code %i is %s', (code, text) => {
  const builder = sampleBuilder().method({ name: 'tried', frame: 4, code: [['CONV', 1, code], ['RETV']] });
  const listing = bytecode.disassemble(builder.build({ ...sampleOptions, top: 'tried' }));
  expect(/CONV +R1, (.*)/.exec(listing)?.[1]?.trim()).toBe(text);
});
