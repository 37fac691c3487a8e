/** When two values are equal, and the numbers that equal ones share. */
import { CLASS_STRING } from '../bytecode/builtins.generated';
import { BOX_VALUE, STR_BYTES, STR_DATA, STR_HASH, classOf, isValueBox } from '../vm/object';
import { equalStrings } from '../vm/text';

/** Are two references, which may be null, equal: strings by text, boxes by value (floats by their bits), other objects by identity? */
export function equalReferences(a: usize, b: usize): bool {
  if (a == b) return true;
  if (!a || !b) return false;
  const cls = classOf(a);
  if (cls != classOf(b)) return false;
  if (cls == CLASS_STRING) return equalStrings(a, b);
  return isValueBox(cls) && load<i64>(a, BOX_VALUE) == load<i64>(b, BOX_VALUE);
}

/** Bytes that `equalReferences` may look at. */
export function comparedBytes(a: usize): i32 {
  return a && classOf(a) == CLASS_STRING ? load<i32>(a, STR_BYTES) : 8;
}

/** One step of `stringHash`: `word` is up to 8 bytes of the text. */
function mixed(hash: u64, word: u64): u64 {
  const product = (hash ^ word) * 0x9e3779b97f4a7c15;
  return product ^ (product >> 32);
}

/** A hash of a string's text, kept in the object; never 0. */
function stringHash(text: usize): u32 {
  const known = load<u32>(text, STR_HASH);
  if (known != 0) return known;
  const bytes = <usize>load<u32>(text, STR_BYTES);
  let p = text + STR_DATA;
  const end = p + bytes;
  let hash = <u64>bytes;
  for (; p + 8 <= end; p += 8) hash = mixed(hash, load<u64>(p));
  if (p + 4 <= end) {
    hash = mixed(hash, <u64>load<u32>(p));
    p += 4;
  }
  let rest: u64 = 0;
  for (; p < end; p++) rest = (rest << 8) | (<u64>load<u8>(p));
  hash = mixed(hash, rest);
  const kept = <u32>hash != 0 ? <u32>hash : 1;
  store<u32>(text, kept, STR_HASH);
  return kept;
}

/** The hash code of an object: of its value for strings and boxes, else of its identity. */
export function hashOf(ref: usize): i64 {
  const cls = classOf(ref);
  if (cls == CLASS_STRING) return <i64>stringHash(ref);
  if (isValueBox(cls)) return load<i64>(ref, BOX_VALUE);
  return <i64>(ref >> 3);
}
