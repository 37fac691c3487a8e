/**
 * The part of the library that is written in Konoha (`stdlib/*.k`). Its text lies in the compiler as chunks: a class with
 * its fields, constructor and what the language calls by itself; any other method. A chunk is compiled with a script that
 * mentions its name, or with a chunk that does; a method, if its class is too. What a script defines itself hides it.
 */
import { addLibraryLines } from '../diagnostics/lines';
import { Text, intern } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import { CLASS, FUNCTION, Node, aOf, bOf, eOf, kindOf, nextOf } from '../syntax/ast';
import { askAbout, isDemanded, isMentioned } from '../syntax/mentions';
import { parse } from '../syntax/parser';
import {
  UNIT_CHUNKS,
  UNIT_FILES,
  UNIT_NAMES,
  UNIT_PIECES,
  chunkFirstMention,
  chunkFirstTrigger,
  chunkIsClass,
  chunkMentions,
  chunkOutside,
  chunkOwner,
  chunkTriggers,
  mentionName,
  pieceAddress,
  pieceChunk,
  pieceFile,
  pieceLength,
  pieceLine,
  triggerName,
  unitFileAddress,
  unitFileLength,
  unitNameAddress,
  unitNameLength,
} from './units.generated';

// The text of each name.
const names = new IntVector(512);
// Per name: do chunks that are compiled mention it? Per chunk: does the script define it itself; is it compiled?
const wanted = new IntVector(512);
const hidden = new IntVector(512);
const compiled = new IntVector(512);
const YES: i32 = 1;
/** In an earlier image of the isolate. */
const EARLIER: i32 = 2;

// Does a class come with all of its methods, because later images may want the others?
let wholeClasses: bool = false;

/** To be called before the script is read. */
export function startLibrary(): void {
  if (names.length > 0) return;
  for (let i = 0; i < UNIT_NAMES; i++) {
    names.push(intern(unitNameAddress(i), unitNameLength(i)));
    askAbout(names.get(i));
    wanted.push(0);
  }
  for (let i = 0; i < UNIT_CHUNKS; i++) {
    hidden.push(0);
    compiled.push(0);
  }
}

/** Classes come whole from now on: later images of the isolate are to find all of it. */
export function wantWholeClasses(): void {
  wholeClasses = true;
}

/** An earlier image holds the library's class of that name, with all of its methods. */
export function noteEarlierClass(name: Text): void {
  for (let c = 0; c < UNIT_CHUNKS; c++) {
    if (chunkIsClass(c) == 0 || ownName(c) != name) continue;
    compiled.set(c, EARLIER);
    for (let i = 0; i < UNIT_CHUNKS; i++) if (chunkOwner(i) == c) compiled.set(i, EARLIER);
  }
}

/** An earlier image holds the library's method of that name from outside of the class `owner`. */
export function noteEarlierMethod(owner: Text, name: Text): void {
  for (let c = 0; c < UNIT_CHUNKS; c++)
    if (chunkOutside(c) >= 0 && ownName(c) == name && names.get(chunkOutside(c)) == owner) compiled.set(c, EARLIER);
}

/** The units that the script needs, parsed: their ROOTs. `root` is the script's. */
export function neededUnits(root: Node): IntVector {
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n)) hide(n);
  choose();
  const roots = new IntVector(8);
  for (let file = 0; file < UNIT_FILES; file++) {
    const text = textOf(file);
    if (text.length == 0) continue;
    const name = intern(unitFileAddress(file), unitFileLength(file));
    roots.push(<i32>parse(text.address(), text.length, addLibraryLines(text.address(), text.length, name)));
  }
  return roots;
}

// What the script defines is not meant when it mentions the name.
function hide(n: Node): void {
  const kind = kindOf(n);
  if (kind != CLASS && (kind != FUNCTION || eOf(n) == 0)) return;
  const name: Text = kind == CLASS ? aOf(n) : bOf(n);
  if (!isMentioned(name)) return;
  for (let c = 0; c < UNIT_CHUNKS; c++) {
    if (ownName(c) != name) continue;
    if (kind == CLASS ? chunkIsClass(c) != 0 : chunkOutside(c) >= 0 && names.get(chunkOutside(c)) == eOf(n))
      hidden.set(c, 1);
  }
}

function ownName(chunk: i32): Text {
  return names.get(triggerName(chunkFirstTrigger(chunk)));
}

// Until nothing is added: each round looks at all chunks, and each but the last adds one at least.
function choose(): void {
  let more: bool = true;
  while (more) {
    more = false;
    for (let c = 0; c < UNIT_CHUNKS; c++) {
      if (compiled.get(c) != 0) continue;
      if (chunkOwner(c) >= 0 && compiled.get(chunkOwner(c)) == 0) continue;
      if (!isWanted(c) && !(wholeClasses && chunkOwner(c) >= 0)) continue;
      compiled.set(c, YES);
      for (let i = 0; i < chunkMentions(c); i++) wanted.set(mentionName(chunkFirstMention(c) + i), 1);
      more = true;
    }
  }
}

function isWanted(chunk: i32): bool {
  for (let i = 0; i < chunkTriggers(chunk); i++) {
    const name = triggerName(chunkFirstTrigger(chunk) + i);
    if (wanted.get(name) != 0 || isDemanded(names.get(name))) return true;
    if (hidden.get(chunk) == 0 && isMentioned(names.get(name))) return true;
  }
  return false;
}

// The file with empty lines where chunks are left out; empty if all of them are.
function textOf(file: i32): ByteVector {
  const text = new ByteVector(1024);
  let line = 1;
  for (let p = 0; p < UNIT_PIECES; p++) {
    if (pieceFile(p) != file || compiled.get(pieceChunk(p)) != YES) continue;
    for (; line < pieceLine(p); line++) text.byte(10);
    const at = pieceAddress(p);
    for (let i = 0; i < pieceLength(p); i++) if (load<u8>(at + <usize>i) == 10) line++;
    text.bytes(at, pieceLength(p));
    text.byte(32);
  }
  return text;
}
