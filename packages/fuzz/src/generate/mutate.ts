/** Texts broken at random: bytes, tokens and lines of corpus scripts. */
import type { Random } from '../random.js';

const LONGEST = 3000;
const TOKEN =
  /\s+|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|[A-Za-z_@]\w*(?:!!)?|0x[\da-f]+|\d+|>>>=?|[<>]{2}=?|[-+*/%&|^=!<>?]=|&&|\|\||\?\?|\+\+|--|./gsu;
const WORDS =
  'if else while do for foreach switch case default break continue return try catch finally throw assert class extends new this ' +
  'super true false null instanceof var def final and or not in to as until mod print int boolean void String Object OutputStream ' +
  'InputStream File Device Task Kernel Exception IO!! Errno!! OutOfMemory!! OUT EOL ERR IN @Name @Override @Heap @Fuel @Mode @Ioctl @Struct @Static';
const SIGNS =
  '( ) [ ] { } ; , . ? : = == != < > <= >= + - * / % << >> >>> && || ! ~ & | ^ ?? ++ -- += ${ } " \' """ @" // /* */ \n _ !! ?. .. -> =>';
const VALUES = [
  '0',
  '1',
  '-1',
  '9223372036854775807',
  '9223372036854775808',
  '0xffffffffffffffff',
  '1e3',
  '0777',
  '"a"',
  '""',
  '"${1}"',
  '[]',
  '[1]',
  'null',
  '木',
  '\u0000',
  '\ufeff',
  '\u2028',
];
const PIECES = [...WORDS.split(' '), ...SIGNS.split(' '), ...VALUES];

/** A mutation of one or two texts. */
export function mutate(random: Random, texts: readonly Buffer[]): Uint8Array {
  let text = random.pick(texts);
  for (let rounds = random.between(1, 5); rounds > 0; rounds--) {
    const kind = random.below(10);
    if (kind < 3) text = bytes(random, text);
    else if (kind < 8) text = tokens(random, text, random.pick(texts));
    else text = lines(random, text, random.pick(texts));
  }
  return new Uint8Array(text.subarray(0, LONGEST));
}

function bytes(random: Random, text: Buffer): Buffer {
  const at = random.below(text.length + 1);
  switch (random.below(4)) {
    case 0:
      return Buffer.concat([text.subarray(0, at), Buffer.from([random.below(256)]), text.subarray(at)]);
    case 1:
      return Buffer.concat([text.subarray(0, at), text.subarray(at + random.between(1, 8))]);
    case 2: {
      const copy = Buffer.from(text);
      if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
      return copy;
    }
    default: {
      const from = random.below(text.length + 1);
      return Buffer.concat([text.subarray(0, at), text.subarray(from, from + random.below(60)), text.subarray(at)]);
    }
  }
}

function tokens(random: Random, text: Buffer, other: Buffer): Buffer {
  const own = text.toString('latin1').match(TOKEN) ?? [];
  const theirs = other.toString('latin1').match(TOKEN) ?? [''];
  if (own.length === 0) return Buffer.from(random.pick(PIECES));
  const at = random.below(own.length);
  const piece = (): string =>
    random.chance(50) ? Buffer.from(random.pick(PIECES)).toString('latin1') : random.pick(theirs);
  switch (random.below(5)) {
    case 0:
      own.splice(at, random.between(1, 3));
      break;
    case 1:
      own.splice(at, 0, piece(), random.chance(50) ? ' ' : '');
      break;
    case 2: {
      const from = random.below(own.length);
      [own[at], own[from]] = [own[from] ?? '', own[at] ?? ''];
      break;
    }
    case 3: {
      const from = random.below(theirs.length);
      own.splice(at, random.below(4), ...theirs.slice(from, from + random.between(1, 12)));
      break;
    }
    default:
      own[at] = piece();
  }
  return Buffer.from(own.join(''), 'latin1');
}

function lines(random: Random, text: Buffer, other: Buffer): Buffer {
  const own = text.toString('latin1').split('\n');
  const theirs = other.toString('latin1').split('\n');
  const at = random.below(own.length);
  switch (random.below(3)) {
    case 0:
      own.splice(at, 1);
      break;
    case 1:
      own.splice(at, 0, own[random.below(own.length)] ?? '');
      break;
    default:
      own.splice(at, 0, ...theirs.slice(random.below(theirs.length)).slice(0, 8));
  }
  return Buffer.from(own.join('\n'), 'latin1');
}

/** Cuts a text at its tokens; joined again it is the same. */
export function splitTokens(text: Uint8Array): string[] {
  return Buffer.from(text).toString('latin1').match(TOKEN) ?? [];
}
