/**
 * What a checked program declares, and where it uses it, as lines for an editor's tools; tools.wasm only. Fields are parted by
 * tabs. `D id kind container file start end name text`: a declaration, its container's id or 0, bytes of its node in its file,
 * its name, and how it is written in one line. `U file start end part id text`: a use, of which the name is the first (`f`) or last
 * (`l`) token of the bytes; `id` is a declaration's, or `Class.name` of the library; `text` the type of the value there, if it has one.
 */
import { addressBase, fileOf, firstOffset, isLibraryOffset } from '../diagnostics/lines';
import { findClass } from '../check/lookup';
import {
  C_INTERFACE,
  ClassInfo,
  DEFAULT_NONE,
  F_STATIC,
  FieldInfo,
  M_CONSTRUCTOR,
  M_STATIC,
  M_SYNTHETIC,
  MethodInfo,
  S_FIELD,
  S_GETTER,
  S_GLOBAL,
  S_LOCAL,
  S_METHOD,
  S_REFERENCE,
  S_SETTER,
  classes,
  compiled,
  fields,
  firstClass,
  firstGlobal,
  firstMethod,
  globals,
  locals,
  methods,
  references,
  symbolIndex,
  symbolKind,
} from '../check/model';
import { displayName } from '../check/problem';
import { NULL, Type, VOID, writeType } from '../check/types';
import { Text, textAddress, textByte, textLength } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import {
  CALL,
  CAST,
  CATCH,
  CLASS,
  FIELD,
  FIELD_NAME,
  FOREACH,
  FUNCTION,
  INSTANCEOF,
  LAMBDA,
  MAP_LITERAL,
  MEMBER,
  NAME,
  NEW,
  NEW_ARRAY,
  Node,
  PARAMETER,
  ROOT,
  T_ARRAY,
  T_FUNC,
  T_ITERATOR,
  T_NAME,
  T_NULLABLE,
  T_PARAMETER,
  T_TUPLE,
  VARIABLE,
  aOf,
  bOf,
  cOf,
  endOf,
  kindOf,
  nextOf,
  startOf,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { childFields } from '../check/assigned';

const A: i32 = 1;
const B: i32 = 2;
const C: i32 = 4;
const D: i32 = 8;
const E: i32 = 16;
const G: i32 = 256;

let out: ByteVector = new ByteVector(8);

/** The lines of the program whose ROOT this is. */
export function writeSymbols(root: Node): ByteVector {
  out = new ByteVector(4096);
  for (let id = firstClass; id < classes.length; id++) declareClass(classes[id]);
  for (let i = firstMethod; i < compiled.length; i++) declareMethod(compiled[i]);
  for (let i = firstGlobal; i < globals.length; i++) {
    const g = globals[i];
    if (kindOf(g.node) == FIELD || !isOwn(g.node)) continue;
    begin(g.node, g.isConstant ? 'constant' : 'variable', 0, g.name);
    finishTyped(g.type, g.name);
  }
  for (let i = 0; i < locals.length; i++) {
    const local = locals[i];
    if (local.node == 0 || local.name < 0 || !isOwn(local.node) || textByte(local.name, 0) == 60) continue;
    const isParameter = kindOf(local.node) == PARAMETER;
    begin(local.node, isParameter ? 'parameter' : 'local', 0, local.name);
    finishTyped(local.type, local.name);
  }
  walk(root);
  return out;
}

function isOwn(n: Node): bool {
  return n != 0 && !isLibraryOffset(startOf(n));
}

// ---- declarations ----

function text(t: Text): void {
  out.bytes(textAddress(t), textLength(t));
}

// `D id kind container file start end name`, and the tab behind it.
function begin(n: Node, kind: string, container: Node, name: Text): void {
  out.text('D\t');
  out.decimal(<i64>n);
  out.byte(9);
  out.text(kind);
  out.byte(9);
  out.decimal(<i64>container);
  out.byte(9);
  place(n);
  text(displayName(name));
  out.byte(9);
}

// File, start and end, and the tab behind them.
function place(n: Node): void {
  text(fileOf(startOf(n)));
  out.byte(9);
  out.decimal(<i64>(startOf(n) - firstOffset(startOf(n))));
  out.byte(9);
  out.decimal(<i64>(endOf(n) - firstOffset(startOf(n))));
  out.byte(9);
}

function finishTyped(type: Type, name: Text): void {
  writeType(type, out);
  out.byte(32);
  text(name);
  out.byte(10);
}

function declareClass(c: ClassInfo): void {
  if (!isOwn(c.node) || kindOf(c.node) != CLASS) return;
  const isInterface = (c.flags & C_INTERFACE) != 0;
  begin(c.node, isInterface ? 'interface' : 'class', 0, c.name);
  out.text(isInterface ? 'interface ' : 'class ');
  text(displayName(c.name));
  for (let i = 0; i < c.variables.length; i++) {
    out.text(i == 0 ? '<' : ', ');
    writeType(c.variables.get(i), out);
  }
  if (c.variables.length > 0) out.byte(62);
  if (c.constructorMethod && c.constructorMethod!.flags & M_SYNTHETIC) parameters(c.constructorMethod!);
  if (!isInterface && bOf(c.node) != 0) {
    out.text(' extends ');
    writeType(c.above, out);
  }
  for (let i = 0; i < c.implemented.length; i++) {
    out.text(i > 0 ? ', ' : isInterface ? ' extends ' : ' implements ');
    writeType(c.implemented.get(i), out);
  }
  out.byte(10);
  for (let i = 0; i < c.fields.length; i++) declareField(c, c.fields[i]);
}

function declareField(c: ClassInfo, f: FieldInfo): void {
  if (!isOwn(f.node) || textByte(f.name, 0) == 60) return;
  begin(f.node, 'field', c.node, f.name);
  if (f.flags & F_STATIC) out.text('static ');
  writeType(f.type, out);
  out.byte(32);
  text(displayName(c.name));
  out.byte(46);
  text(f.name);
  out.byte(10);
}

function declareMethod(m: MethodInfo): void {
  if (!isOwn(m.node) || kindOf(m.node) != FUNCTION) return;
  const owner = m.owner >= 0 ? classes[m.owner].node : 0;
  const isConstructor = (m.flags & M_CONSTRUCTOR) != 0;
  const name = m.common != 0 ? m.common : m.name;
  begin(m.node, isConstructor ? 'constructor' : m.owner >= 0 ? 'method' : 'function', owner, name);
  if (m.owner >= 0 && m.flags & M_STATIC) out.text('static ');
  if (!isConstructor) {
    writeType(m.result, out);
    out.byte(32);
    if (m.owner >= 0) {
      text(displayName(classes[m.owner].name));
      out.byte(46);
    }
  } else out.text('new ');
  text(displayName(name));
  parameters(m);
  out.byte(10);
}

function parameters(m: MethodInfo): void {
  out.byte(40);
  for (let i = 0; i < m.params.length; i++) {
    if (i > 0) out.text(', ');
    writeType(m.params[i].type, out);
    out.byte(32);
    text(m.params[i].name);
    if (m.params[i].defaultKind != DEFAULT_NONE) defaultOf(m, i);
  }
  out.byte(41);
}

// A default as it is written, unless that takes several lines.
function defaultOf(m: MethodInfo, index: i32): void {
  let p = <Node>(kindOf(m.node) == FUNCTION ? cOf(m.node) : 0);
  for (let i = 0; i < index && p != 0; i++) p = nextOf(p);
  out.text(' = ');
  if (p == 0 || kindOf(p) != PARAMETER || cOf(p) == 0) return out.text('…');
  const value = <Node>cOf(p);
  const from = addressBase(startOf(value)) + <usize>startOf(value);
  const length = endOf(value) - startOf(value);
  for (let i = 0; i < length; i++) if (load<u8>(from + <usize>i) < 32) return out.text('…');
  out.bytes(from, length);
}

// ---- uses ----

/** Which of a … g of a node hold nodes, types and declarations included, as bits. */
function parts(kind: i32): i32 {
  switch (kind) {
    case ROOT:
    case T_ARRAY:
    case T_NULLABLE:
    case T_TUPLE:
    case T_ITERATOR:
      return A;
    case T_NAME:
    case T_PARAMETER:
      return B;
    case T_FUNC:
    case LAMBDA:
      return A | B;
    case FUNCTION:
      return A | C | D | G;
    case CLASS:
      return B | C | D | E | G;
    case PARAMETER:
    case FIELD:
    case VARIABLE:
    case CATCH:
      return A | C;
    case FOREACH:
      return A | C | D;
    case NEW:
    case NEW_ARRAY:
    case CAST:
    case INSTANCEOF:
    case MAP_LITERAL:
      return A | B;
    default:
      return childFields(kind);
  }
}

const OFFSETS: StaticArray<i32> = [16, 20, 24, 28, 32, 36, 0, 0, 48];

function walk(root: Node): void {
  const stack = new IntVector(64);
  stack.push(<i32>root);
  while (stack.length > 0) {
    const n = <Node>stack.pop();
    const kind = kindOf(n);
    use(n, kind);
    const mask = parts(kind);
    for (let i = 0; i < 9; i++) {
      if (!(mask & (1 << i))) continue;
      for (let child = <Node>load<i32>(n + <usize>OFFSETS[i]); child != 0; child = nextOf(child))
        stack.push(<i32>child);
    }
  }
}

function use(n: Node, kind: i32): void {
  if (kind == T_NAME) return useClass(n, aOf(n));
  const s = symbolOf(n);
  if (kind == CALL) {
    const callee = <Node>aOf(n);
    if (symbolKind(s) == S_METHOD && (kindOf(callee) == NAME || kindOf(callee) == MEMBER))
      useMethod(callee, methods[symbolIndex(s)]);
    return;
  }
  if (kind != NAME && kind != FIELD_NAME && kind != MEMBER) return;
  switch (symbolKind(s)) {
    case S_LOCAL:
      // Of the compiler's own?
      if (textByte(locals[symbolIndex(s)].name, 0) == 60) return;
      return line(n, locals[symbolIndex(s)].node);
    case S_GLOBAL:
      return line(n, globals[symbolIndex(s)].node);
    case S_FIELD:
      return useField(n, fields[symbolIndex(s)]);
    case S_GETTER:
    case S_SETTER:
      return useMethod(n, methods[symbolIndex(s)]);
    case S_REFERENCE:
      return useMethod(n, references[symbolIndex(s)].target);
    default:
      if (kind == NAME) useClass(n, aOf(n));
  }
}

function useClass(n: Node, name: Text): void {
  const c = findClass(name);
  if (!c) return;
  if (isOwn(c.node)) return line(n, c.node);
  library(n, -1, c.name);
}

function useMethod(n: Node, m: MethodInfo): void {
  if (isOwn(m.node) && kindOf(m.node) == FUNCTION) line(n, m.node);
  else if (m.owner >= 0) library(n, m.owner, m.name);
}

function useField(n: Node, f: FieldInfo): void {
  if (isOwn(f.node)) line(n, f.node);
  else library(n, f.owner, f.name);
}

function beginUse(n: Node): void {
  out.text('U\t');
  place(n);
  out.text(kindOf(n) == MEMBER ? 'l\t' : 'f\t');
}

function endUse(n: Node): void {
  out.byte(9);
  const type = kindOf(n) == T_NAME ? VOID : typeOf(n);
  if (type > NULL) writeType(type, out);
  out.byte(10);
}

function line(n: Node, declaration: Node): void {
  if (!isOwn(declaration)) return;
  beginUse(n);
  out.decimal(<i64>declaration);
  endUse(n);
}

// A member of a class of the library, or (owner -1) a class.
function library(n: Node, owner: i32, name: Text): void {
  beginUse(n);
  if (owner >= 0) {
    text(displayName(classes[owner].name));
    out.byte(46);
  }
  text(displayName(name));
  endUse(n);
}
