/** Throwing with a message that names what was wrong. */
import {
  builtinClassName,
  builtinMethodName,
  builtinMethodOwner,
  builtinNameAddress,
  builtinNameLength,
  builtinParamName,
} from '../bytecode/builtins.generated';
import { throwNew } from '../vm/exceptions';
import { writeBytes, writeDecimal } from '../vm/literal';
import { STR_BYTES, STR_DATA } from '../vm/object';
import { need } from '../vm/reclaim';

/** Room for one message; used from its first byte to the throw, with no call out in between. */
const SCRATCH_BYTES: usize = 512;
const scratch: usize = memory.data(512);
/** Bytes of a text that a message shows. */
const CLIP: i32 = 64;

function putName(to: usize, end: usize, name: i32): usize {
  return writeBytes(to, end, builtinNameAddress(name), builtinNameLength(name));
}

function putMethod(to: usize, end: usize, native: i32): usize {
  let at = to;
  const owner = builtinMethodOwner(native);
  if (owner >= 0) {
    at = putName(at, end, builtinClassName(owner));
    if (at < end) store<u8>(at++, 46);
  }
  return putName(at, end, builtinMethodName(native));
}

/** The text, cut between two characters when it is long. */
function putText(to: usize, end: usize, text: usize, bytes: i32): usize {
  let shown = bytes;
  if (shown > CLIP) {
    shown = CLIP;
    while (shown > 0 && (load<u8>(text + <usize>shown) & 0xc0) == 0x80) shown--;
  }
  let at = writeBytes(to, end, text, shown);
  if (shown < bytes) for (let dots = 0; dots < 3 && at < end; dots++) store<u8>(at++, 46);
  return at;
}

/**
 * Throws a new exception of class `cls`. The ASCII literal `message` may hold the placeholders `{a}` and `{b}`: the
 * numbers; `{s}`: the `bytes` bytes of UTF-8 at `text`, cut when long; `{m}`: `Class.method` of native `a`; `{p}`: the
 * name of parameter row `b`. Returns status 1. May reclaim: all references that matter are in the frame.
 */
export function throwMessage(act: usize, cls: i32, message: string, a: i64, b: i64, text: usize, bytes: i32): i32 {
  let from = changetype<usize>(message);
  const last = from + <usize>load<u32>(from - 4);
  let to = scratch;
  const end = scratch + SCRATCH_BYTES;
  for (; from < last && to < end; from += 2) {
    const c = load<u8>(from);
    if (c != 123) {
      store<u8>(to, c);
      to++;
      continue;
    }
    const what = load<u8>(from, 2);
    if (what == 97) to = writeDecimal(to, end, a);
    else if (what == 98) to = writeDecimal(to, end, b);
    else if (what == 115) to = putText(to, end, text, bytes);
    else if (what == 109) to = putMethod(to, end, <i32>a);
    else to = putName(to, end, builtinParamName(<i32>b));
    from += 4;
  }
  need(act, <usize>SCRATCH_BYTES);
  return throwNew(act, cls, scratch, <i32>(to - scratch));
}

/** `throwMessage` with numbers only. */
export function throwNumbers(act: usize, cls: i32, message: string, a: i64, b: i64): i32 {
  return throwMessage(act, cls, message, a, b, 0, 0);
}

/** `throwMessage` with the String `text` and a number. */
export function throwString(act: usize, cls: i32, message: string, a: i64, text: usize): i32 {
  return throwMessage(act, cls, message, a, 0, text + STR_DATA, load<i32>(text, STR_BYTES));
}
