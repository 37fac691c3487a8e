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

/** FNV-1a of a string, kept in the object; never 0. */
function stringHash(text: usize): u32 {
  let hash = load<u32>(text, STR_HASH);
  if (hash != 0) return hash;
  hash = 2166136261;
  const end = text + STR_DATA + <usize>load<u32>(text, STR_BYTES);
  for (let p = text + STR_DATA; p < end; p++) hash = (hash ^ (<u32>load<u8>(p))) * 16777619;
  if (hash == 0) hash = 1;
  store<u32>(text, hash, STR_HASH);
  return hash;
}

/** The hash code of an object: of its value for strings and boxes, else of its identity. */
export function hashOf(ref: usize): i64 {
  const cls = classOf(ref);
  if (cls == CLASS_STRING) return <i64>stringHash(ref);
  if (isValueBox(cls)) return load<i64>(ref, BOX_VALUE);
  return <i64>(ref >> 3);
}
