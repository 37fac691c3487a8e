/** Exceptions as text, into a static buffer: this works when the heap is used up. */
import {
  SLOT_EXCEPTION_CAUSE,
  SLOT_EXCEPTION_MESSAGE,
  SLOT_EXCEPTION_TRACE,
  builtinClassName,
  builtinNameAddress,
  builtinNameLength,
} from '../bytecode/builtins.generated';
import {
  IMG_CLASS_NAME,
  IMG_LINE_BYTES,
  IMG_LINE_LINE,
  IMG_LINE_PC,
  IMG_METHOD_BYTES,
  IMG_METHOD_FILE,
  IMG_METHOD_FIRST_LINE,
  IMG_METHOD_LINE_COUNT,
  IMG_METHOD_NAME,
  IMG_SEC_LINES,
  IMG_SEC_METHODS,
} from '../bytecode/image';
import { holder, recordIn } from '../bytecode/images';
import { classImage } from './classes';
import { isStub } from './frame';
import { constantAddress, constantLength } from './link';
import { writeBytes, writeDecimal, writeLiteral } from './literal';
import { BYT_DATA, BYT_LENGTH, STR_BYTES, STR_DATA, classOf, getReference, isBytes } from './object';
import { TRACE_GAP } from './trace';

const BUFFER_BYTES: usize = 4096;
const buffer: usize = memory.data(4096);
/** Exceptions behind exceptions that are rendered. */
const MAX_CAUSES: i32 = 8;
const SUFFIX_BYTES: i32 = 9; // "Exception"

/** Address of the text that `renderException` and `renderStack` write. */
export function renderBuffer(): usize {
  return buffer;
}

/** Its size. */
export function renderBufferBytes(): i32 {
  return BUFFER_BYTES;
}

/** Address of a class' name in UTF-8. */
export function classNameAddress(cls: i32): usize {
  const own = classImage(cls);
  return own ? constantAddress(load<u32>(own, IMG_CLASS_NAME)) : builtinNameAddress(builtinClassName(cls));
}

/** Its length in bytes. */
export function classNameLength(cls: i32): i32 {
  const own = classImage(cls);
  return own ? constantLength(load<u32>(own, IMG_CLASS_NAME)) : builtinNameLength(builtinClassName(cls));
}

/** Does the name end in "Exception", with something in front? */
function hasSuffix(at: usize, length: i32): bool {
  if (length <= SUFFIX_BYTES) return false;
  const suffix = changetype<usize>('Exception');
  const from = at + <usize>(length - SUFFIX_BYTES);
  for (let i: usize = 0; i < 9; i++) if (load<u8>(from + i) != load<u8>(suffix + (i << 1))) return false;
  return true;
}

/** Writes a class' name as scripts write it (`IO!!` for IOException) to [at, end). */
export function writeClassName(at: usize, end: usize, cls: i32): usize {
  const name = classNameAddress(cls);
  const length = classNameLength(cls);
  if (!hasSuffix(name, length)) return writeBytes(at, end, name, length);
  return writeLiteral(writeBytes(at, end, name, length - SUFFIX_BYTES), end, '!!');
}

/** Source line of an instruction; 0: none. */
function lineOf(image: usize, method: usize, pc: u32): u32 {
  const count = load<i32>(method, IMG_METHOD_LINE_COUNT);
  let entry =
    image + <usize>load<u32>(image, IMG_SEC_LINES) + <usize>(load<i32>(method, IMG_METHOD_FIRST_LINE) * IMG_LINE_BYTES);
  let line: u32 = 0;
  for (let i = 0; i < count && load<u32>(entry, IMG_LINE_PC) <= pc; i++) {
    line = load<u32>(entry, IMG_LINE_LINE);
    entry += IMG_LINE_BYTES;
  }
  return line;
}

function writeFrame(at: usize, end: usize, index: u32, pc: u32): usize {
  if (index == TRACE_GAP)
    return writeLiteral(writeDecimal(writeLiteral(at, end, '  ... '), end, <i64>pc), end, ' more\n');
  if (isStub(index)) return at;
  const image = holder(IMG_SEC_METHODS, index);
  const method = recordIn(image, IMG_SEC_METHODS, index, IMG_METHOD_BYTES);
  const name = load<u32>(method, IMG_METHOD_NAME);
  const file = load<u32>(method, IMG_METHOD_FILE);
  let to = writeLiteral(at, end, '  at ');
  to = writeBytes(to, end, constantAddress(name), constantLength(name));
  to = writeLiteral(to, end, ' (');
  to =
    constantLength(file) == 0
      ? writeLiteral(to, end, '<script>')
      : writeBytes(to, end, constantAddress(file), constantLength(file));
  const line = lineOf(image, method, pc);
  if (line != 0) to = writeDecimal(writeLiteral(to, end, ':'), end, <i64>line);
  return writeLiteral(to, end, ')\n');
}

function writeTrace(at: usize, end: usize, ref: usize): usize {
  const trace = getReference(ref, SLOT_EXCEPTION_TRACE);
  if (!isBytes(trace)) return at;
  let to = at;
  let pair = trace + BYT_DATA;
  const stop = pair + <usize>load<u32>(trace, BYT_LENGTH);
  while (pair < stop) {
    to = writeFrame(to, end, load<u32>(pair), load<u32>(pair, 4));
    pair += 8;
  }
  return to;
}

/** Start of the character that a cut at `at` would split, so that clipped text stays UTF-8. */
function wholeCharacters(start: usize, at: usize): usize {
  let p = at;
  let back = 0;
  while (p > start && back < 3 && (load<u8>(p - 1) & 0xc0) == 0x80) {
    p--;
    back++;
  }
  if (p == start) return at;
  const lead = <u32>load<u8>(p - 1);
  const wanted = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
  return back < wanted ? p - 1 : at;
}

/** Renders `class: message`, its frames, and its causes; returns the length in bytes. */
export function renderException(exception: usize): i32 {
  const end = buffer + BUFFER_BYTES;
  let to = buffer;
  let ref = exception;
  for (let i = 0; ref != 0 && i < MAX_CAUSES; i++) {
    if (i > 0) to = writeLiteral(to, end, 'caused by ');
    to = writeClassName(to, end, classOf(ref));
    const message = getReference(ref, SLOT_EXCEPTION_MESSAGE);
    if (message && load<u32>(message, STR_BYTES) != 0) {
      to = writeLiteral(to, end, ': ');
      // A long message leaves room for the frames.
      const limit = end - to > 2048 ? to + 2048 : end;
      to = wholeCharacters(to, writeBytes(to, limit, message + STR_DATA, load<i32>(message, STR_BYTES)));
    }
    to = writeLiteral(to, end, '\n');
    to = writeTrace(to, end, ref);
    ref = getReference(ref, SLOT_EXCEPTION_CAUSE);
  }
  return <i32>(wholeCharacters(buffer, to) - buffer);
}

/** Renders an exception's frames only; returns the length in bytes. */
export function renderStack(exception: usize): i32 {
  return <i32>(wholeCharacters(buffer, writeTrace(buffer, buffer + BUFFER_BYTES, exception)) - buffer);
}
