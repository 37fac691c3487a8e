/** Images in which a function value is called. */
import { ImageBuilder, type Line } from '../../bytecode/test/assembler.js';

export type Kind = 'int' | 'object' | 'boolean' | 'float';
const KINDS: readonly Kind[] = ['int', 'object', 'boolean', 'float'];

/** The word of a METHOD, and with `call` of a CALLF. */
export function kinds(params: readonly Kind[], result: Kind | undefined, call = false): number {
  let word = result === undefined ? 0 : (1 << 30) | (KINDS.indexOf(result) << 28);
  params.forEach((kind, i) => (word |= KINDS.indexOf(kind) << (i * 2)));
  return call ? word | (params.length << 24) : word;
}

export interface Callee {
  readonly params: readonly Kind[];
  readonly result?: Kind;
  readonly frame?: number;
  readonly code: readonly Line[];
}

/** An image with a class Add below Func whose code is `callee`; the top level puts one into R[3] before `code`, whose window is R[1]. */
export function callImage(callee: Callee, code: readonly Line[], frame = 64): Uint8Array {
  return new ImageBuilder()
    .cls({ name: 'Add', super: 'FUNC', vtable: [0, 1, 2, 'Add.call'] })
    .method({
      name: '<top>',
      frame,
      lines: [[0, 1]],
      code: [['NEW', 3, 'Add'], ...code],
    })
    .method({
      name: 'Add.call',
      owner: 'Add',
      lines: [[0, 7]],
      params: callee.params.length + 1,
      flags: callee.result === undefined ? 0 : callee.result === 'object' ? 2 : 4,
      kinds: kinds(callee.params, callee.result),
      frame: callee.frame ?? 16,
      code: callee.code,
    })
    .build();
}
