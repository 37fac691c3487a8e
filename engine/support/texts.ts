/**
 * Interned texts: every name, string literal and message part is a small number, equal exactly when the bytes are.
 * Text 0 is the empty text.
 */
import { allocate } from './arena';
import { ByteVector, IntVector } from './vectors';

/** An interned text. */
export type Text = i32;

// Per text: address and length.
const addresses = new IntVector(256);
const lengths = new IntVector(256);
// Open addressing; a slot holds text + 1, 0 is free. The size is a power of two, at most half full.
let table = new IntVector(1024);
let tableSize: i32 = 0;

function hash(at: usize, length: i32): u32 {
  let h: u32 = 2166136261;
  for (let i = 0; i < length; i++) h = (h ^ (<u32>load<u8>(at + <usize>i))) * 16777619;
  return h;
}

function resize(size: i32): void {
  table = new IntVector(size);
  for (let i = 0; i < size; i++) table.push(0);
  tableSize = size;
  for (let t = 0; t < addresses.length; t++) place(t, hash(textAddress(t), textLength(t)));
}

function place(text: Text, h: u32): void {
  let slot = <i32>(h & (<u32>(tableSize - 1)));
  while (table.get(slot) != 0) slot = (slot + 1) & (tableSize - 1);
  table.set(slot, text + 1);
}

/** The text with these bytes; they are copied when it is new. */
export function intern(at: usize, length: i32): Text {
  if (tableSize == 0) {
    addresses.push(0);
    lengths.push(0);
    resize(1024);
  }
  const h = hash(at, length);
  let slot = <i32>(h & (<u32>(tableSize - 1)));
  while (table.get(slot) != 0) {
    const old = table.get(slot) - 1;
    if (textLength(old) == length && memory.compare(textAddress(old), at, <usize>length) == 0) return old;
    slot = (slot + 1) & (tableSize - 1);
  }
  const text = addresses.length;
  const copy = allocate(<usize>(length + 1));
  memory.copy(copy, at, <usize>length);
  addresses.push(<i32>copy);
  lengths.push(length);
  table.set(slot, text + 1);
  if (addresses.length * 2 > tableSize) resize(tableSize * 2);
  return text;
}

/** The text of an ASCII literal. */
export function internLiteral(literal: string): Text {
  const buffer = new ByteVector(literal.length + 1);
  buffer.text(literal);
  return intern(buffer.address(), buffer.length);
}

/** The text of the bytes collected in `buffer`. */
export function internBytes(buffer: ByteVector): Text {
  return intern(buffer.address(), buffer.length);
}

/** Address of the UTF-8 bytes. */
export function textAddress(text: Text): usize {
  return <usize>addresses.get(text);
}

/** Length in bytes. */
export function textLength(text: Text): i32 {
  return lengths.get(text);
}

/** The byte at `index`, or -1 behind the end. */
export function textByte(text: Text, index: i32): i32 {
  return lengths.get(text) > index ? <i32>load<u8>(<usize>addresses.get(text) + <usize>index) : -1;
}
