/** One operation: its verb and arguments. */
import { OPEN_FLAGS, POLL_EVENTS, SEEK, type Operation } from './ast.js';
import { Words } from './word-reader.js';

const VERBS =
  'open read pread write pwrite lseek poll ioctl ioctl-value close dup fsync sleep setuid load unload replace join kill exit ' +
  'kernel-log memory';

/** @throws Error with what is wrong with the line */
export function parseOperation(text: string): Operation {
  const command = /^\$\s*(.+)$/s.exec(text)?.[1];
  if (command !== undefined) return { verb: 'shell', command };
  const words = new Words(text);
  const operation = parseVerb(words.word('an operation'), words);
  words.expectEnd();
  return operation;
}

function parseVerb(verb: string, words: Words): Operation {
  switch (verb) {
    case 'open':
      return parseOpen(words);
    case 'read': {
      const fd = words.descriptor();
      return { verb, fd, length: words.takeIf('all') ? 'all' : words.integer('how many bytes') };
    }
    case 'pread':
      return { verb, fd: words.descriptor(), length: words.integer('how many bytes'), offset: words.integer('where') };
    case 'write':
      return { verb, fd: words.descriptor(), data: parseData(words) };
    case 'pwrite': {
      const fd = words.descriptor();
      const data = parseData(words);
      return { verb, fd, data, offset: words.integer('where') };
    }
    case 'lseek': {
      const fd = words.descriptor();
      const offset = words.integer('the offset');
      const whence = SEEK[words.word('"set", "current" or "end"')];
      if (whence === undefined) throw new Error('an lseek ends in "set", "current" or "end"');
      return { verb, fd, offset, whence };
    }
    case 'poll': {
      const fd = words.descriptor();
      const events = words.flags(POLL_EVENTS);
      return { verb, fd, events, timeoutMs: words.duration() };
    }
    case 'ioctl': {
      const fd = words.descriptor();
      const request = words.integer('the request number');
      return { verb, fd, request, data: words.atEnd ? Buffer.alloc(0) : words.bytes('the argument') };
    }
    case 'ioctl-value':
      return {
        verb,
        fd: words.descriptor(),
        request: words.integer('the request number'),
        value: words.integer('the value'),
      };
    case 'close':
    case 'dup':
    case 'fsync':
      return { verb, fd: words.descriptor() };
    case 'sleep':
      return { verb, milliseconds: words.duration() };
    case 'setuid':
      return { verb, uid: words.integer('the user id') };
    case 'load':
      return { verb, path: words.text('the path of a script'), device: '/dev/konoha' };
    case 'replace':
      return { verb: 'load', path: words.text('the path of a script'), device: '/dev/konoha-replace' };
    case 'unload':
      return { verb, name: words.text("a script's name") };
    case 'join':
      return { verb };
    case 'kill':
      return { verb, signal: words.atEnd ? 9 : words.integer('the signal') };
    case 'exit':
      return { verb, status: words.atEnd ? 0 : words.integer('the exit status') };
    case 'kernel-log':
      return { verb };
    case 'memory':
      return parseMemory(words);
    default:
      throw new Error(`there is no operation "${verb}"; there are: ${VERBS}, and "$ COMMAND"`);
  }
}

function parseOpen(words: Words): Operation {
  const path = words.text('a path');
  const before = words.peekWord();
  const flags = words.flags(OPEN_FLAGS);
  if (before === undefined || !(before in OPEN_FLAGS))
    throw new Error(`say how to open it: ${Object.keys(OPEN_FLAGS).join(' ')}`);
  return { verb: 'open', path, flags, mode: words.takeIf('mode') ? parseInt(words.word('the mode'), 8) : 0o644 };
}

/** `"text"`, `"text" times N`, or `bytes HEX`. */
function parseData(words: Words): Buffer {
  const data = words.takeIf('bytes') ? words.bytes('the bytes') : Buffer.from(words.quoted('the text'));
  if (!words.takeIf('times')) return data;
  const times = words.integer('how often');
  return Buffer.concat(Array.from({ length: times }, () => data));
}

function parseMemory(words: Words): Operation {
  if (!words.takeIf('back') || !words.takeIf('within'))
    throw new Error('write "memory mark" or "memory back within N kB"');
  const withinKiB = words.integer('how many kB');
  if (!words.takeIf('kB')) throw new Error('the amount is in kB');
  return { verb: 'memory-back', withinKiB };
}
