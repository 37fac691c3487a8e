/**
 * What the program declares, as a text of declarations that a later compilation reads (check/prime.ts): heads as they
 * stand in the source, without bodies and values, and types written out where the source leaves them to be inferred.
 */
import { Constant } from '../check/constants';
import { stringType } from '../check/conversions';
import { instanceName } from '../check/declare';
import { isTranslator } from '../check/translators';
import { findFunction, findGlobal } from '../check/lookup';
import {
  C_INTERFACE,
  C_SINGLETON,
  C_LIBRARY,
  ClassInfo,
  DEFAULT_BOOLEAN,
  DEFAULT_COMPUTED,
  DEFAULT_FLOAT,
  DEFAULT_INT,
  DEFAULT_NULL,
  DEFAULT_STRING,
  F_READ_ONLY,
  F_STATIC,
  FieldInfo,
  M_ABSTRACT,
  M_LIBRARY,
  MethodInfo,
  ParamInfo,
  classes,
  compiled,
  firstClass,
  firstGlobal,
  firstMethod,
  globals,
} from '../check/model';
import { isConstantName } from '../check/scope';
import { writeFloat } from '../numbers/write-float';
import { BOOLEAN, ERROR, FLOAT, INT, NULL, Type, writeType } from '../check/types';
import { addressBase } from '../diagnostics/lines';
import { CLASS, FIELD, FUNCTION, Node, T_VAR, aOf, dOf, eOf, endOf, fOf, kindOf, nextOf, startOf } from '../syntax/ast';
import { Text, internBytes, textAddress, textByte, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';

let source: usize = 0;
let out: ByteVector = new ByteVector(8);

/** The declarations of the program. */
export function declarations(): Text {
  out = new ByteVector(1024);
  // Annotations in front of the first item would be the script's.
  out.text(';\n');
  for (let id = firstClass; id < classes.length; id++)
    if (classes[id].node != 0 && kindOf(classes[id].node) == CLASS) writeClass(classes[id]);
  for (let i = firstMethod; i < compiled.length; i++) {
    const m = compiled[i];
    if (m.node == 0 || kindOf(m.node) != FUNCTION) continue;
    if (
      eOf(m.node) != 0
        ? classes[m.owner].methods.includes(m)
        : m.owner < 0 && (findFunction(m.name) == m || isTranslator(m.node))
    )
      writeFunction(m);
  }
  writeGlobals();
  return internBytes(out);
}

function slice(from: i32, to: i32): void {
  source = addressBase(from);
  out.bytes(source + <usize>from, to - from);
}

function text(t: Text): void {
  out.bytes(textAddress(t), textLength(t));
}

function writeAt(index: i32): void {
  out.text('@At(');
  out.decimal(<i64>index);
  out.text(') ');
}

function writeLibrary(isLibrary: bool): void {
  if (isLibrary) out.text('@Library ');
}

function writeAnnotations(declaration: Node): void {
  for (let n = <Node>fOf(declaration); n != 0; n = nextOf(n)) {
    slice(startOf(n), endOf(n));
    out.byte(32);
  }
}

// ---- classes ----

function writeClass(c: ClassInfo): void {
  const header = dOf(c.node) != 0;
  writeLibrary((c.flags & C_LIBRARY) != 0);
  if (header) writeAt(c.constructorMethod!.image);
  if (c.flags & C_SINGLETON) writeInstance(c);
  writeAnnotations(c.node);
  slice(startOf(c.node), headEnd(c.node));
  out.text(' {\n');
  for (let i = 0; i < c.fields.length; i++) if (c.fields[i].node != 0) writeField(c.fields[i]);
  if (!header && c.constructorMethod) {
    const m = c.constructorMethod!;
    if (kindOf(m.node) == FUNCTION) writeMethod(m);
    else writeConstructor(c, m);
  }
  for (let i = 0; i < c.methods.length; i++) {
    const m = c.methods[i];
    if (m.node != 0 && kindOf(m.node) == FUNCTION && eOf(m.node) == 0 && m.image >= firstMethod) writeMethod(m);
  }
  out.text('}\n');
}

function writeInstance(c: ClassInfo): void {
  for (let i = 0; i < c.fields.length; i++) {
    if (c.fields[i].name != instanceName()) continue;
    out.text('@Instance(');
    out.decimal(<i64>c.fields[i].slot);
    out.text(') ');
  }
}

// Where the head of a class ends: in front of its `{`, of `;`, or of what else comes behind its last parenthesis.
function headEnd(n: Node): i32 {
  let depth = 0;
  let at = startOf(n);
  source = addressBase(at);
  const end = endOf(n);
  while (at < end) {
    const c = load<u8>(source + <usize>at);
    const next: u8 = at + 1 < end ? load<u8>(source + <usize>(at + 1)) : 0;
    if (c == 47 && next == 47) while (at < end && load<u8>(source + <usize>at) != 10) at++;
    else if (c == 47 && next == 42) at = behindComment(at, end);
    else if (c == 34 || c == 39) at = behindQuotes(at, end);
    else if ((c == 123 || c == 59) && depth == 0) return at;
    else {
      if (c == 40) depth++;
      if (c == 41) depth--;
      at++;
    }
  }
  return at;
}

// Comments nest.
function behindComment(from: i32, end: i32): i32 {
  let depth = 0;
  let at = from;
  while (at + 1 < end) {
    const pair = load<u16>(source + <usize>at);
    if (pair == 0x2a2f) depth++;
    else if (pair == 0x2f2a) depth--;
    else {
      at++;
      continue;
    }
    at += 2;
    if (depth == 0) return at;
  }
  return end;
}

function behindQuotes(from: i32, end: i32): i32 {
  const quote = load<u8>(source + <usize>from);
  let at = from + 1;
  while (at < end && load<u8>(source + <usize>at) != quote) at += load<u8>(source + <usize>at) == 92 ? 2 : 1;
  return at + 1;
}

function writeField(f: FieldInfo): void {
  // A header's parameters are fields already.
  if (kindOf(f.node) != FIELD || f.name == instanceName()) return;
  if (f.flags & F_STATIC) writeAt(f.slot);
  writeAnnotations(f.node);
  if (f.flags & F_READ_ONLY) out.text('final ');
  writeVariable(f.type, f.name, f.flags & F_STATIC ? globals[f.slot].constant : null);
}

function writeVariable(type: Type, name: Text, value: Constant | null): void {
  writeType(type, out, true);
  out.byte(32);
  text(name);
  if (value) writeValue(value);
  out.text(';\n');
}

// ---- methods ----

function writeFunction(m: MethodInfo): void {
  writeLibrary((m.flags & M_LIBRARY) != 0);
  writeMethod(m);
}

function writeMethod(m: MethodInfo): void {
  const n = m.node;
  writeAt(m.image);
  writeAnnotations(n);
  // Without bodies, those that interfaces bring would look like those that they ask for.
  if (m.owner >= 0 && classes[m.owner].flags & C_INTERFACE && m.flags & M_ABSTRACT) out.text('@Abstract ');
  let from = startOf(n);
  const type = <Node>aOf(n);
  if (type != 0 && kindOf(type) == T_VAR) {
    writeType(m.result, out, true);
    from = endOf(type);
    out.byte(32);
  }
  slice(from, dOf(n) != 0 ? bodyStart(<Node>dOf(n)) : endOf(n));
  out.text(';\n');
}

// The body without what stands between it and the head: `=>`, blanks.
function bodyStart(body: Node): i32 {
  let at = startOf(body);
  source = addressBase(at);
  while (at > 0) {
    const c = load<u8>(source + <usize>(at - 1));
    if (c != 32 && c != 10 && c != 9 && c != 13 && c != 61 && c != 62) break;
    at--;
  }
  return at;
}

// A constructor that the compiler made.
function writeConstructor(c: ClassInfo, m: MethodInfo): void {
  writeAt(m.image);
  text(c.name);
  out.byte(40);
  // A default that is computed is the constructor's above: further images give it, and what stands in front.
  let given = 0;
  for (let i = 0; i < m.params.length; i++) if (m.params[i].defaultKind == DEFAULT_COMPUTED) given = i + 1;
  for (let i = 0; i < m.params.length; i++) {
    if (i > 0) out.text(', ');
    writeType(m.params[i].type, out, true);
    out.byte(32);
    text(m.params[i].name);
    if (i >= given) writeDefault(m.params[i]);
  }
  out.text(');\n');
}

const floatText: usize = memory.data(32);

function writeDefault(p: ParamInfo): void {
  if (p.defaultKind == DEFAULT_INT) writeValue(new Constant(INT, p.defaultValue));
  else if (p.defaultKind == DEFAULT_FLOAT) writeValue(new Constant(FLOAT, p.defaultValue));
  else if (p.defaultKind == DEFAULT_BOOLEAN) writeValue(new Constant(BOOLEAN, p.defaultValue));
  else if (p.defaultKind == DEFAULT_NULL) out.text(' = null');
  else if (p.defaultKind == DEFAULT_STRING) writeValue(new Constant(stringType(), p.defaultValue));
}

// ` = ` and the literal of the value.
function writeValue(c: Constant): void {
  out.text(' = ');
  if (c.type == INT) return out.decimal(c.value);
  if (c.type == FLOAT) return out.bytes(floatText, <i32>(writeFloat(floatText, <u64>c.value) - floatText));
  if (c.type == BOOLEAN) return out.text(c.value != 0 ? 'true' : 'false');
  const value = <Text>c.value;
  out.byte(34);
  for (let i = 0; i < textLength(value); i++) {
    const b = textByte(value, i);
    if (b == 34 || b == 92 || b == 36) out.byte(92);
    if (b == 10) out.text('\\n');
    else out.byte(b);
  }
  out.byte(34);
}

// ---- variables ----

function writeGlobals(): void {
  out.text('@Globals class Globals {\n');
  for (let i = firstGlobal; i < globals.length; i++) {
    const g = globals[i];
    if (g.type == ERROR || g.type == NULL || findGlobal(g.name) != g) continue;
    writeAt(g.id);
    if (g.isConstant && !isConstantName(g.name)) out.text('final ');
    writeVariable(g.type, g.name, g.constant);
  }
  out.text('}\n');
}
