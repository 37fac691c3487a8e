import { describe, expect, test } from 'vitest';
import { withoutExceptions } from '../checkpatch.js';

describe('withoutExceptions', () => {
  test('drops what is excused in that file, and nothing else', () => {
    const kept = [
      'module.c:3: WARNING:NEW_TYPEDEFS: do not add new typedefs',
      'wasm-rt.h:61: WARNING:LONG_LINE: line length of 101 exceeds 100 columns',
      'something that checkpatch says of itself',
    ];
    const excused = 'wasm-rt.h:61: WARNING:NEW_TYPEDEFS: do not add new typedefs';
    expect(withoutExceptions([excused, ...kept, ''].join('\n'))).toEqual(kept);
  });
});
