/** The texts of a diagnostic, filled in, and made safe for where they go. */
import { Text, textAddress, textLength } from '../support/texts';
import { decode, decodedLength, isUnprintable } from '../support/utf8';
import { ByteVector } from '../support/vectors';
import { diagnosticText } from './diagnostics';

const REPLACEMENT: i32 = 0xfffd;

/** Appends a template of `length` bytes with %1 … %3 replaced by the texts of diagnostic `index`. */
export function fillIn(to: ByteVector, at: usize, length: i32, index: i32): void {
  for (let i = 0; i < length; i++) {
    const c = <i32>load<u8>(at + <usize>i);
    const n: i32 = c == 37 && i + 1 < length ? <i32>load<u8>(at + <usize>(i + 1)) - 48 : 0;
    if (n < 1 || n > 3) {
      to.byte(c);
      continue;
    }
    const text: Text = diagnosticText(index, n);
    to.bytes(textAddress(text), textLength(text));
    i++;
  }
}

/** Appends bytes for a terminal: controls, marks that reorder text and bytes that are not UTF-8 become U+FFFD. */
export function putPrintable(to: ByteVector, at: usize, length: i32): void {
  let i = 0;
  while (i < length) {
    const point = decode(at + <usize>i, length - i);
    if (point < 0 || isUnprintable(point)) to.codePoint(REPLACEMENT);
    else to.bytes(at + <usize>i, decodedLength);
    i += decodedLength;
  }
}

function hexDigit(value: i32): i32 {
  return value < 10 ? 48 + value : 87 + value;
}

function putJsonPoint(to: ByteVector, point: i32): void {
  if (point == 34 || point == 92) {
    to.byte(92);
    to.byte(point);
  } else if (point == 10) {
    to.text('\\n');
  } else if (point < 0x10000 && isUnprintable(point)) {
    to.text('\\u');
    for (let shift = 12; shift >= 0; shift -= 4) to.byte(hexDigit((point >>> shift) & 15));
  } else {
    to.codePoint(point);
  }
}

/** Appends bytes as a JSON string, quotes included. Bytes that are not UTF-8 become U+FFFD. */
export function putJson(to: ByteVector, at: usize, length: i32): void {
  to.byte(34);
  let i = 0;
  while (i < length) {
    const point = decode(at + <usize>i, length - i);
    putJsonPoint(to, point < 0 ? REPLACEMENT : point);
    i += decodedLength;
  }
  to.byte(34);
}
