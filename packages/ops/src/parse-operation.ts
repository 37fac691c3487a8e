/** One operation: its verb and arguments. */
import { OPEN_FLAGS, PLACES, POLL_EVENTS, SEEK, type Descriptor, type Operation, type Place } from './ast.js';
import { Words } from './word-reader.js';

const VERBS =
  'open read pread write pwrite lseek poll ioctl ioctl-value close dup fsync sleep setuid load unload replace join kill exit ' +
  'kernel-log memory stress fail-nth';

/** What `fail-nth` can be put before: what is one request to the machine. */
const MAY_FAIL = 'open read pread write pwrite lseek poll ioctl ioctl-value close dup fsync load replace unload';

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
    case 'read':
      return parseRead(words);
    case 'pread':
      return { verb, fd: words.descriptor(), length: words.integer('how many bytes'), offset: words.integer('where') };
    case 'write':
      return parseWrite(words);
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
      if (words.takeIf('at')) return { verb: 'ioctl-at', fd, request, where: parsePlace(words) };
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
    case 'stress':
      return parseStress(words);
    case 'fail-nth':
      return parseFailNth(words);
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

/** `FD N`, `FD all`, `FD N at PLACE`, `FD N slow DURATION` */
function parseRead(words: Words): Operation {
  const fd = words.descriptor();
  if (words.takeIf('all')) return { verb: 'read', fd, length: 'all' };
  const length = words.integer('how many bytes');
  if (words.takeIf('at')) return { verb: 'read-at', fd, length, where: parsePlace(words) };
  if (words.takeIf('slow')) return { verb: 'read-slow', fd, length, milliseconds: words.duration() };
  return { verb: 'read', fd, length };
}

/** `FD DATA`, `FD DATA slow DURATION`, `FD N at PLACE` */
function parseWrite(words: Words): Operation {
  const fd = words.descriptor();
  if (/^\d/.test(words.peekWord() ?? '')) return parseWriteAt(words, fd);
  const data = parseData(words);
  if (words.takeIf('slow')) return { verb: 'write-slow', fd, data, milliseconds: words.duration() };
  return { verb: 'write', fd, data };
}

function parseWriteAt(words: Words, fd: Descriptor): Operation {
  const length = words.integer('how many bytes');
  if (!words.takeIf('at')) throw new Error('write a text in double quotes, or "write FD N at PLACE"');
  return { verb: 'write-at', fd, length, where: parsePlace(words) };
}

function parsePlace(words: Words): Place {
  const word = words.word('a place');
  const place = PLACES.find((each) => each === word);
  if (place === undefined) throw new Error(`"${word}" is no place; there are ${PLACES.join(' ')}`);
  return place;
}

/** `PATH HOW… processes N for DURATION` */
function parseStress(words: Words): Operation {
  const path = words.text('a path');
  const flags = words.flags(OPEN_FLAGS);
  if (!words.takeIf('processes')) throw new Error('write: stress PATH HOW processes N for DURATION');
  const processes = words.integer('how many');
  if (processes < 1 || processes > 1000) throw new Error('1 to 1000 processes');
  if (!words.takeIf('for')) throw new Error('say for how long: "for 5 s"');
  return { verb: 'stress', path, flags, processes, milliseconds: words.duration() };
}

/** `N OPERATION` or `each OPERATION` */
function parseFailNth(words: Words): Operation {
  const nth = words.takeIf('each') ? 'each' : words.integer('which');
  if (nth !== 'each' && nth < 1) throw new Error('the first is 1');
  const verb = words.word('an operation');
  if (!MAY_FAIL.split(' ').includes(verb)) throw new Error(`fail-nth takes one of ${MAY_FAIL}, not "${verb}"`);
  const operation = parseVerb(verb, words);
  if (operation.verb === 'read' && operation.length === 'all') throw new Error('fail-nth takes a read of N bytes');
  return { verb: 'fail-nth', nth, operation };
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
