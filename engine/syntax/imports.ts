/**
 * Several files in one text: `#file LENGTH NAME`, a line end, so many bytes, a line end; and the next one. The first is the
 * script itself; the others are what it imports, and what these import, each behind those that it imports itself. A host that
 * has files puts them together; who is given one text, as the kernel is, needs none.
 */
import { K0318_IMPORT_NOT_FOUND, K0207_MISPLACED_ANNOTATION } from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { addLines, fileOf } from '../diagnostics/lines';
import { Text, intern, internBytes, internLiteral, textAddress, textByte, textLength } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import { aOf, EMPTY, endOf, fOf, IMPORT, kindOf, nextOf, Node, setA, setKind, setNext, startOf } from './ast';
import { parse } from './parser';

const MARK: string = '#file ';

// Per file: address, bytes, name.
const files = new IntVector(16);
const WORDS: i32 = 3;

/** Takes the text apart. False: it is one file, without a mark. */
export function splitFiles(source: usize, length: i32): bool {
  files.length = 0;
  let at = 0;
  while (at < length) {
    for (let i = 0; i < MARK.length; i++, at++)
      if (at >= length || load<u8>(source + <usize>at) != <u8>MARK.charCodeAt(i)) return false;
    if (at >= length || !isDigit(load<u8>(source + <usize>at))) return false;
    let bytes = 0;
    for (; at < length && isDigit(load<u8>(source + <usize>at)) && bytes <= length; at++)
      bytes = bytes * 10 + <i32>load<u8>(source + <usize>at) - 48;
    if (at >= length || load<u8>(source + <usize>at) != 32) return false;
    at++;
    const name = at;
    while (at < length && load<u8>(source + <usize>at) != 10) at++;
    // Compared without a sum, which might wrap.
    if (at >= length || bytes > length - at - 1) return false;
    files.push(<i32>(source + <usize>(at + 1)));
    files.push(bytes);
    files.push(<i32>intern(source + <usize>name, at - name));
    at += 1 + bytes;
    if (at < length && load<u8>(source + <usize>at) != 10) return false;
    at++;
  }
  return files.length > 0;
}

function isDigit(byte: u8): bool {
  return byte >= 48 && byte <= 57;
}

/** Of the script itself. */
export function scriptAddress(): usize {
  return <usize>files.get(0);
}
export function scriptLength(): i32 {
  return files.get(1);
}
export function scriptName(): Text {
  return files.get(2);
}

/** Parses the imported files; their items stand in front of those of `root`, the script's. */
export function parseImported(root: Node): void {
  let tail: Node = 0;
  const own = aOf(root);
  for (let i = WORDS; i < files.length; i += WORDS) {
    const address = <usize>files.get(i);
    const imported = parse(address, files.get(i + 1), addLines(address, files.get(i + 1), files.get(i + 2)));
    for (let n = <Node>fOf(imported); n != 0; n = nextOf(n))
      report(
        K0207_MISPLACED_ANNOTATION,
        startOf(n),
        endOf(n),
        internLiteral('of the script'),
        internLiteral('it belongs to the script that imports this file'),
      );
    if (aOf(imported) == 0) continue;
    if (tail == 0) setA(root, aOf(imported));
    else setNext(tail, <Node>aOf(imported));
    for (let n = <Node>aOf(imported); n != 0; n = nextOf(n)) tail = n;
  }
  if (tail != 0) setNext(tail, <Node>own);
}

/** Reports imports of files that are not there; what is left of all of them is nothing. */
export function resolveImports(root: Node, kernel: bool): void {
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n)) {
    if (kindOf(n) != IMPORT) continue;
    const wanted = pathFrom(fileOf(startOf(n)), aOf(n));
    setKind(n, EMPTY);
    if (!isThere(wanted)) report(K0318_IMPORT_NOT_FOUND, startOf(n), endOf(n), aOf(n), wayOut(wanted, kernel));
  }
}

function isThere(name: Text): bool {
  for (let i = 0; i < files.length; i += WORDS) if (files.get(i + 2) == name) return true;
  return false;
}

function wayOut(wanted: Text, kernel: bool): Text {
  if (files.length == 0 && kernel) return internLiteral('`konoha load` sends what a script imports along with it');
  const out = new ByteVector(64);
  out.text('it is looked for beside the file that imports it: ');
  out.bytes(textAddress(wanted), textLength(wanted));
  return internBytes(out);
}

/** What `path` names in `file`: from its folder, without `.` and `..` where that can be. */
function pathFrom(file: Text, path: Text): Text {
  const whole = new ByteVector(64);
  if (textLength(path) == 0 || textByte(path, 0) != 47) {
    let end = textLength(file);
    while (end > 0 && textByte(file, end - 1) != 47) end--;
    whole.bytes(textAddress(file), end);
  }
  whole.bytes(textAddress(path), textLength(path));
  const out = new ByteVector(64);
  const isAbsolute = whole.length > 0 && load<u8>(whole.address()) == 47;
  // Where each part that is kept begins in `out`; parts that `..` may take back.
  const parts = new IntVector(8);
  let at = 0;
  while (at < whole.length) {
    let end = at;
    while (end < whole.length && load<u8>(whole.address() + <usize>end) != 47) end++;
    const first = whole.address() + <usize>at;
    const length = end - at;
    const isDot = length == 1 && load<u8>(first) == 46;
    const isUp = length == 2 && load<u8>(first) == 46 && load<u8>(first + 1) == 46;
    if (isUp && parts.length > 0) out.length = parts.pop();
    else if (length > 0 && !isDot && !(isUp && isAbsolute)) {
      if (!isUp) parts.push(out.length);
      if (out.length > 0 || isAbsolute) out.byte(47);
      out.bytes(first, length);
    }
    at = end + 1;
  }
  return internBytes(out);
}
