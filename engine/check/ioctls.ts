/** @Ioctl methods of devices: their signatures and command numbers. */
import { CLASS_DEVICE } from '../bytecode/builtins.generated';
import { IMG_SHAPE_HANDLER, IMG_SHAPE_IOCTL, IMG_SHAPE_STRUCT } from '../bytecode/image';
import { K0207_MISPLACED_ANNOTATION, K0708_IOCTL_TWICE } from '../diagnostics/codes.generated';
import { Node, aOf } from '../syntax/ast';
import { ByteVector } from '../support/vectors';
import { Text, internBytes, internLiteral } from '../support/texts';
import { A_IOCTL, annotationNumber, annotationOf, declarationFlags, magicOf } from './annotations';
import { lineText } from './declare';
import { isHandler } from './handlers';
import { classOfType, findMethod, isSubclass, superOf } from './lookup';
import { C_STRUCT, ClassInfo, IoctlInfo, LayoutInfo, MethodInfo, classes } from './model';
import { joined, numberText, problem } from './problem';
import { expectedText, parameterType, passParameter, put, readFileAndState, refuse, startSignature } from './signature';
import { ERROR, INT, Type, VOID, isClass, typeName, writeType } from './types';

// Bits of a command: number, magic, size, direction, as asm-generic/ioctl.h has them.
const MAGIC_SHIFT: u32 = 8;
const SIZE_SHIFT: u32 = 16;
const DIRECTION_SHIFT: u32 = 30;
const DIRECTION_WRITE: u32 = 1;
const DIRECTION_READ: u32 = 2;

let scriptMagic: i32 = 0;

/** To be called once: the type byte of classes that do not say theirs. */
export function startIoctls(magic: i32): void {
  scriptMagic = magic;
  classes[CLASS_DEVICE].magic = magic;
}

/** Methods of classes that are no devices, and functions, answer no ioctl. */
export function refuseIoctl(m: MethodInfo): void {
  const annotation = annotationOf(m.node, 'Ioctl');
  if (annotation == 0 || (m.owner >= 0 && isSubclass(m.owner, CLASS_DEVICE))) return;
  problem(
    K0207_MISPLACED_ANNOTATION,
    annotation,
    internLiteral('@Ioctl'),
    internLiteral('it belongs to a method of Device or of a class that extends it'),
  );
}

/** Only devices have a type byte of their own. */
export function refuseMagic(c: ClassInfo): void {
  const annotation = annotationOf(c.node, 'Magic');
  if (annotation == 0 || isSubclass(c.id, CLASS_DEVICE)) return;
  problem(
    K0207_MISPLACED_ANNOTATION,
    annotation,
    internLiteral('@Magic'),
    internLiteral('it belongs to a class that extends Device, or to the script, before its first item'),
  );
}

/** Finds the commands of a device's class: inherited ones, by the methods that override theirs, and its own. */
export function findIoctls(c: ClassInfo): void {
  if (c.id != CLASS_DEVICE) {
    const above = superOf(c)!;
    c.magic = magicOf(annotationOf(c.node, 'Magic'), above.id == CLASS_DEVICE ? scriptMagic : above.magic);
    for (let i = 0; i < above.ioctls.length; i++) inherit(c, above.ioctls[i]);
  }
  for (let i = 0; i < c.methods.length; i++) {
    const m = c.methods[i];
    if (m.native < 0 && declarationFlags(m.node, true) & A_IOCTL) declare(c, m);
  }
}

function inherit(c: ClassInfo, from: IoctlInfo): void {
  const m = findMethod(c, from.method.name)!;
  const own = new IoctlInfo();
  own.command = from.command;
  own.number = from.number;
  own.method = m;
  // One that overrides has the same parameters.
  m.shape = from.method.shape;
  m.input = from.method.input;
  m.output = from.method.output;
  c.ioctls.push(own);
}

function declare(c: ClassInfo, m: MethodInfo): void {
  const annotation = annotationOf(m.node, 'Ioctl');
  const number = annotationNumber(annotation, 0, 255, 'write the number of the command, 0 to 255, as in @Ioctl(1)');
  if (number < 0 || !readSignature(c, m)) return;
  const command = commandOf(m, c.magic, number);
  for (let i = 0; i < c.ioctls.length; i++) {
    const other = c.ioctls[i];
    if (other.number != number) continue;
    if (other.method === m && other.command == command) return;
    const sameMagic = ((other.command >> MAGIC_SHIFT) & 0xff) == <u32>c.magic;
    if (!sameMagic) continue;
    problem(
      K0708_IOCTL_TWICE,
      annotation,
      numberText(<i64>number),
      joined('the first is in line ', lineText(other.method.node), ''),
    );
    return;
  }
  const own = new IoctlInfo();
  own.command = command;
  own.number = number;
  own.method = m;
  c.ioctls.push(own);
}

function commandOf(m: MethodInfo, magic: i32, number: i32): u32 {
  const direction = (m.input ? DIRECTION_WRITE : 0) | (m.output ? DIRECTION_READ : 0);
  const size: i32 = m.input ? m.input!.size : m.output ? m.output!.size : 0;
  return (direction << DIRECTION_SHIFT) | ((<u32>size) << SIZE_SHIFT) | ((<u32>magic) << MAGIC_SHIFT) | (<u32>number);
}

// ---- signatures ----

function layoutOf(type: Type): LayoutInfo | null {
  if (!isClass(type)) return null;
  const c = classOfType(type)!;
  return c.flags & C_STRUCT ? c.layout : null;
}

/** Fills in the method's shape and structs. False: the kernel cannot call it, reported. */
function readSignature(c: ClassInfo, m: MethodInfo): bool {
  startSignature(m, forms(c, m));
  if (isHandler(c, m)) return refuse(m.node, internLiteral('the method is a handler of another operation'));
  if (m.isStatic()) return refuse(m.node, internLiteral('it needs the device: leave @Static out'));
  let shape = IMG_SHAPE_HANDLER | IMG_SHAPE_IOCTL;
  const first = parameterType();
  const input = layoutOf(first);
  if (input) {
    shape |= IMG_SHAPE_STRUCT;
    passParameter();
  }
  const output = layoutOf(m.result);
  if (m.result != VOID && m.result != INT && m.result != ERROR && !output)
    return refuse(<Node>aOf(m.node), expectedText(internLiteral('void, int or a @Struct class'), typeName(m.result)));
  if (input && output && input !== output)
    return refuse(<Node>aOf(m.node), expectedText(typeName(first), typeName(m.result)));
  const rest = readFileAndState(c.session, !input);
  if (rest < 0) return false;
  m.shape = shape | rest;
  m.input = input;
  m.output = output;
  return true;
}

function forms(c: ClassInfo, m: MethodInfo): Text {
  const out = new ByteVector();
  out.text('write void, int or Struct ');
  put(out, m.name);
  out.text('([Struct in] [, File file]');
  if (c.session != ERROR) {
    out.text(' [, ');
    writeType(c.session, out);
    out.text(' state]');
  }
  out.text('), the Struct one @Struct class');
  return internBytes(out);
}
