/**
 * The texts being compiled, and offsets to lines. An offset is one number over all of them: the script begins at 0, every
 * further text (a unit of the library) behind the one before, so that a node's place says which text it is from.
 */
import { IntVector } from '../support/vectors';
import { Text } from '../support/texts';

// Offsets at which lines begin, of all texts, ascending.
const starts = new IntVector(64);

// Per text: first offset, length in bytes, address, name, its first entry of `starts`, is it the library's?
const WORDS: i32 = 6;
const texts = new IntVector(12);

/** Forgets all texts and begins with this one; its offsets begin at 0. */
export function startLines(source: usize, length: i32, name: Text = 0): void {
  starts.length = 0;
  texts.length = 0;
  add(source, length, name, false);
}

/** One more text, of a file that the script imports. Returns its first offset. */
export function addLines(source: usize, length: i32, name: Text): i32 {
  return add(source, length, name, false);
}

/** One more text, of the library. Returns its first offset. */
export function addLibraryLines(source: usize, length: i32, name: Text): i32 {
  return add(source, length, name, true);
}

function add(source: usize, length: i32, name: Text, isLibrary: bool): i32 {
  const count = texts.length / WORDS;
  // One between two texts: the end of one is not the beginning of the next.
  const base = count == 0 ? 0 : textEnd(count - 1) + 1;
  texts.push(base);
  texts.push(length);
  texts.push(<i32>source);
  texts.push(<i32>name);
  texts.push(starts.length);
  texts.push(isLibrary ? 1 : 0);
  starts.push(base);
  for (let i = 0; i < length; i++) if (load<u8>(source + <usize>i) == 10) starts.push(base + i + 1);
  return base;
}

// Index of the text that an offset lies in.
function textAt(offset: i32): i32 {
  let at = texts.length / WORDS - 1;
  while (at > 0 && texts.get(at * WORDS) > offset) at--;
  return at;
}

function textEnd(index: i32): i32 {
  return texts.get(index * WORDS) + texts.get(index * WORDS + 1);
}

// Index in `starts` of the line that an offset lies in.
function lineIndex(offset: i32): i32 {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (starts.get(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Line of an offset in its text, from 1. */
export function lineOf(offset: i32): i32 {
  return lineIndex(offset) - texts.get(textAt(offset) * WORDS + 4) + 1;
}

/** Offset at which the line of `offset` begins. */
export function lineStart(offset: i32): i32 {
  return starts.get(lineIndex(offset));
}

/** Name of the text that an offset lies in. */
export function fileOf(offset: i32): Text {
  return texts.get(textAt(offset) * WORDS + 3);
}

/** Is it a place in a file that the script imports? */
export function isImportedOffset(offset: i32): bool {
  const at = textAt(offset);
  return at > 0 && texts.get(at * WORDS + 5) == 0;
}

/** Is it a place in the library? */
export function isLibraryOffset(offset: i32): bool {
  return texts.length > WORDS && texts.get(textAt(offset) * WORDS + 5) != 0;
}

/** First offset of the text that `offset` lies in. */
export function firstOffset(offset: i32): i32 {
  return texts.get(textAt(offset) * WORDS);
}

/** Offset behind the text that `offset` lies in. */
export function endOffset(offset: i32): i32 {
  return textEnd(textAt(offset));
}

/** What to add to an offset in the text of `offset` for the byte's address. */
export function addressBase(offset: i32): usize {
  const at = textAt(offset) * WORDS;
  return <usize>(texts.get(at + 2) - texts.get(at));
}
