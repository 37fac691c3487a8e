import { beforeAll, expect, test } from 'vitest';
import { bytecodeModule, type Bytecode } from './bytecode-wasm.js';
import { sampleImage } from './sample-image.js';

let bytecode: Bytecode;
beforeAll(async () => {
  bytecode = await bytecodeModule();
}, 60_000);

test('a listing names everything', () => {
  const listing = bytecode.disassemble(sampleImage());
  expect(listing).toMatchSnapshot();
});
