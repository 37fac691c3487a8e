/** An image with something in every section, for tests of the verifier and the disassembler. */
import { ImageBuilder } from './assembler.js';

export function sampleBuilder(): ImageBuilder {
  return new ImageBuilder()
    .global('opened', 'int', false)
    .global('names', 'String[]', true)
    .method({
      name: '<top>',
      signature: 'void <top>()',
      frame: 12,
      lines: [
        [0, 1],
        [6, 2],
        [12, 0],
      ],
      code: [
        ['LDC', 0, 1234567890123n],
        ['GPUTI', 0, 'opened'],
        ['NEWA', 1, 1, 4],
        ['GPUTR', 1, 'names'],
        ['LDI', 2, 3],
        'again',
        ['IADDI', 2, 2, -1],
        ['LDS', 6, 'caf\u00e9 "\n"'],
        ['CALLN', 4, 'STRING_SIZE'],
        ['SCAT', 3, 6, 1],
        ['NEW', 6, 'Counter'],
        ['CALLV', 4, 3],
        ['ISA', 7, 6, 'Counter'],
        ['CAST', 6, 'Counter'],
        ['CALLI', 4, 'Step.next'],
        ['JGTI', 2, 0, 'again'],
        ['RETV'],
      ],
    })
    .method({
      name: 'Counter.next',
      owner: 'Counter',
      signature: 'int next()',
      flags: 4,
      params: 1,
      frame: 8,
      types: [0],
      code: [
        'try',
        ['GETI', 1, 0, 0],
        ['IADDI', 1, 1, 1],
        ['PUTI', 0, 0, 1],
        ['RET', 1],
        'caught',
        ['LDI', 1, 0],
        ['RET', 1],
      ],
      handlers: [
        { from: 'try', to: 'caught', target: 'caught', cls: 'NULL_EXCEPTION', slot: 2 },
        { from: 'try', to: 'caught', target: 'caught', cls: -1, slot: 2 },
      ],
      lines: [[0, 10]],
    })
    .method({
      name: 'Device.read',
      owner: 'DEVICE',
      signature: 'void read(OutputStream out)',
      params: 2,
      frame: 6,
      shape: 9,
      types: [4, 1, 0],
      code: [['LDS', 5, 'hello'], ['MOV', 4, 1], ['CALLN', 2, 'OUTPUT_STREAM_PRINT'], ['RETV']],
    })
    .method({
      name: 'main',
      signature: 'void main(String[] args)',
      params: 1,
      frame: 4,
      flags: 1,
      code: [['JMP', 'on'], 'on', ['CALL', 1, 'helper'], ['RETV']],
    })
    .method({
      name: 'helper',
      file: 'lib/help.k',
      signature: 'int helper()',
      flags: 5,
      frame: 1,
      code: [
        ['LDI', 0, 7],
        ['RET', 0],
      ],
    })
    .cls({
      name: 'Counter',
      fields: [{ name: 'count', type: 'int', ref: false }],
      vtable: [0, 1, 2, 'Counter.next'],
      ops: { read: 'Device.read' },
    })
    .cls({
      name: 'Loud',
      super: 'Counter',
      fields: [{ name: 'text', type: 'String', ref: true }],
      vtable: [0, 1, 2, 'Counter.next'],
    })
    .cls({ name: 'Dice', fields: [{ name: 'handle', type: 'int', ref: false }], flags: 4 })
    .cls({ name: 'Step', flags: 10 })
    .method({
      name: 'Step.next',
      owner: 'Step',
      signature: 'int next()',
      flags: 4,
      params: 1,
      frame: 1,
      code: [['RETV']],
    })
    .answer('Counter', 'Step')
    .answer('Counter', 'Step.next', 'Counter.next')
    .host('Dice.new', 'N(HI)')
    .host('Dice.roll', 'I(H)')
    .host('Dice.copy', 'h(HsO)', 'Dice')
    .method({
      name: 'Dice.new',
      owner: 'Dice',
      signature: 'void Dice(int sides)',
      params: 2,
      frame: 2,
      code: [['CALLH', 0, 'Dice.new'], ['RETV']],
    });
}

export const sampleOptions = {
  main: 'main',
  file: 'sample.k',
  scriptName: 'sample',
  deviceMode: 0o644,
  defaultDevice: { read: 'Device.read', flags: 1 },
} as const;

export function sampleImage(): Uint8Array {
  return sampleBuilder().build(sampleOptions);
}
