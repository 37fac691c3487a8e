/** @Struct classes: where their fields lie in C, with natural alignment. Before handlers are looked at. */
import { CLASS_OBJECT } from '../bytecode/builtins.generated';
import {
  IMG_KIND_BOOLEAN,
  IMG_KIND_I16,
  IMG_KIND_I32,
  IMG_KIND_I64,
  IMG_KIND_I8,
  IMG_KIND_TEXT,
  IMG_KIND_U16,
  IMG_KIND_U32,
  IMG_KIND_U8,
  IMG_MAX_STRUCT_BYTES,
} from '../bytecode/image';
import { K0207_MISPLACED_ANNOTATION, K0707_BAD_STRUCT_FIELD, K0709_BAD_STRUCT } from '../diagnostics/codes.generated';
import { FIELD, Node, aOf, bOf, fOf, kindOf, nextOf } from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { A_STRUCT, annotationNumber, annotationOf, declarationFlags, widthOf } from './annotations';
import { stringType } from './conversions';
import {
  C_ABSTRACT,
  C_STRUCT,
  ClassInfo,
  F_STATIC,
  FieldInfo,
  LayoutField,
  LayoutInfo,
  classes,
  layouts,
} from './model';
import { displayName, joined, numberText, problem } from './problem';
import { BOOLEAN, ERROR, INT, typeName } from './types';

/** Makes the layouts of all @Struct classes; others may not have their fields' annotations. */
export function makeLayouts(): void {
  for (let id = 0; id < classes.length; id++) {
    const c = classes[id];
    if (c.node == 0) continue;
    if (declarationFlags(c.node, false) & A_STRUCT) makeLayout(c);
    else for (let i = 0; i < c.fields.length; i++) refuseWidths(c.fields[i]);
  }
}

function refuseWidths(f: FieldInfo): void {
  if (kindOf(f.node) != FIELD) return;
  for (let n = <Node>fOf(f.node); n != 0; n = nextOf(n)) {
    if (widthOf(aOf(n)) > 0 || n == annotationOf(f.node, 'Size'))
      problem(
        K0207_MISPLACED_ANNOTATION,
        n,
        joined('@', aOf(n), ''),
        internLiteral('it belongs to a field of a class that is a @Struct'),
      );
  }
}

function makeLayout(c: ClassInfo): void {
  if (c.superId != CLASS_OBJECT)
    return problem(
      K0709_BAD_STRUCT,
      <Node>bOf(c.node),
      displayName(c.name),
      internLiteral('leave extends out: a struct in C has no struct above it'),
      internLiteral('it extends another class'),
    );
  if (c.flags & C_ABSTRACT)
    return problem(
      K0709_BAD_STRUCT,
      c.node,
      displayName(c.name),
      internLiteral('leave @Abstract out'),
      internLiteral('no object can be made of it'),
    );
  const layout = new LayoutInfo();
  layout.id = layouts.length;
  layout.owner = c.id;
  let widest = 1;
  for (let i = 0; i < c.fields.length; i++) {
    const f = c.fields[i];
    if (f.flags & F_STATIC) {
      refuseWidths(f);
      continue;
    }
    const entry = placeField(f);
    const alignment = entry.kind == IMG_KIND_TEXT ? 1 : entry.size;
    entry.offset = (layout.size + alignment - 1) & ~(alignment - 1);
    layout.size = entry.offset + entry.size;
    if (alignment > widest) widest = alignment;
    layout.fields.push(entry);
    if (layout.size > IMG_MAX_STRUCT_BYTES)
      return problem(
        K0709_BAD_STRUCT,
        f.node,
        displayName(c.name),
        internLiteral('make its texts shorter'),
        joined('more than ', numberText(<i64>IMG_MAX_STRUCT_BYTES), ' bytes'),
      );
  }
  layout.size = (layout.size + widest - 1) & ~(widest - 1);
  if (layout.fields.length == 0)
    return problem(
      K0709_BAD_STRUCT,
      c.node,
      displayName(c.name),
      internLiteral('give it a field, or leave @Struct out'),
      internLiteral('it has no fields'),
    );
  c.flags |= C_STRUCT;
  c.layout = layout;
  layouts.push(layout);
}

function kindFor(width: i32): i32 {
  switch (width) {
    case 8:
      return IMG_KIND_U8;
    case 16:
      return IMG_KIND_U16;
    case 32:
      return IMG_KIND_U32;
    case 108:
      return IMG_KIND_I8;
    case 116:
      return IMG_KIND_I16;
    case 132:
      return IMG_KIND_I32;
    default:
      return IMG_KIND_I64;
  }
}

/** Kind and size of a field; what cannot be is reported, and counts as an int. */
function placeField(f: FieldInfo): LayoutField {
  const entry = new LayoutField();
  entry.field = f;
  entry.kind = IMG_KIND_I64;
  entry.size = 8;
  const annotated = kindOf(f.node) == FIELD;
  const size: Node = annotated ? annotationOf(f.node, 'Size') : 0;
  let width = 0;
  let widths = 0;
  for (let n: Node = annotated ? <Node>fOf(f.node) : 0; n != 0; n = nextOf(n)) {
    if (widthOf(aOf(n)) == 0) continue;
    width = widthOf(aOf(n));
    widths++;
  }
  if (f.type == INT) {
    if (widths > 1 || size != 0)
      refuse(f, 'one of @I8 @U8 @I16 @U16 @I32 @U32 says its size, none: 64 bits', 'several sizes');
    else if (width > 0) {
      entry.kind = kindFor(width);
      entry.size = (width % 100) >> 3;
    }
  } else if (f.type == BOOLEAN) {
    if (widths > 0 || size != 0) refuse(f, 'a boolean is one byte: leave it out', 'it has a size');
    entry.kind = IMG_KIND_BOOLEAN;
    entry.size = 1;
  } else if (f.type == stringType()) {
    if (size == 0 || widths > 0)
      refuse(f, 'say how many bytes it has, as in @Size(16) String', 'a text without a size');
    else {
      const bytes = annotationNumber(
        size,
        1,
        IMG_MAX_STRUCT_BYTES,
        'write the bytes of the text and the NUL behind it, as in @Size(16)',
      );
      entry.kind = IMG_KIND_TEXT;
      entry.size = bytes < 1 ? 1 : bytes;
    }
  } else if (f.type != ERROR)
    problem(
      K0707_BAD_STRUCT_FIELD,
      f.node,
      f.name,
      internLiteral('use int (@I8 @U8 @I16 @U16 @I32 @U32 make it smaller), boolean, or @Size(n) String'),
      typeName(f.type),
    );
  return entry;
}

function refuse(f: FieldInfo, hint: string, label: string): void {
  problem(K0707_BAD_STRUCT_FIELD, f.node, f.name, internLiteral(hint), internLiteral(label));
}
