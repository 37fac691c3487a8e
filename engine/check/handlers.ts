/**
 * Devices: which methods are handlers, and whether the kernel can call them as they are. A handler takes what its
 * operation gives it, then, both optional, the File and the state of the open file, which `open` returned.
 */
import { CLASS_DEVICE, CLASS_FILE, CLASS_INPUT_STREAM, CLASS_OUTPUT_STREAM } from '../bytecode/builtins.generated';
import {
  IMG_SHAPE_FILE,
  IMG_SHAPE_HANDLER,
  IMG_SHAPE_IN,
  IMG_SHAPE_OUT,
  IMG_SHAPE_SEEK,
  IMG_SHAPE_SESSION,
} from '../bytecode/image';
import { K0705_NO_STATE, K0706_NO_SUCH_OPERATION } from '../diagnostics/codes.generated';
import { Node, aOf } from '../syntax/ast';
import { ByteVector } from '../support/vectors';
import { Text, internBytes, internLiteral, textByte, textLength } from '../support/texts';
import { A_STREAM, declarationFlags } from './annotations';
import { assignable } from './conversions';
import { isSubclass, superOf } from './lookup';
import { ClassInfo, MethodInfo, OPERATIONS } from './model';
import { expectedText, put, readFileAndState, refuse, required, startSignature } from './signature';
import { displayName, joined, problem } from './problem';
import { ERROR, INT, Type, VOID, classType, isClass, typeName, writeType } from './types';

// Operations, as they stand in the image's record.
const OPEN: i32 = 0;
const READ: i32 = 1;
const WRITE: i32 = 2;
const POLL: i32 = 4;
const SEEK: i32 = 5;

function operationName(operation: i32): Text {
  switch (operation) {
    case OPEN:
      return internLiteral('open');
    case READ:
      return internLiteral('read');
    case WRITE:
      return internLiteral('write');
    case POLL:
      return internLiteral('poll');
    case SEEK:
      return internLiteral('seek');
    default:
      return internLiteral('close');
  }
}

/** Number of the device operation of that name, or -1. */
function operationOf(name: Text): i32 {
  for (let i = 0; i < OPERATIONS; i++) if (name == operationName(i)) return i;
  return -1;
}

/** Is it a method that the kernel calls? */
export function isHandler(c: ClassInfo, m: MethodInfo): bool {
  return isSubclass(c.id, CLASS_DEVICE) && operationOf(m.name) >= 0;
}

/** Finds the handlers of a device's class, its own and inherited ones, and the state that they share. */
export function findHandlers(c: ClassInfo): void {
  const above = superOf(c)!;
  const declared = c.session != ERROR;
  const inherits = c.id != CLASS_DEVICE;
  if (inherits) for (let i = 0; i < OPERATIONS; i++) c.handlers[i] = above.handlers[i];
  const opens = ownHandler(c, OPEN);
  if (!declared) c.session = opens ? (isClass(opens.result) ? opens.result : ERROR) : inherits ? above.session : ERROR;
  for (let i = 0; i < c.methods.length; i++) {
    const m = c.methods[i];
    if (m.native >= 0) continue;
    const operation = operationOf(m.name);
    if (operation < 0) noteMisspelt(m);
    else if (readShape(c, m, operation)) c.handlers[operation] = m;
  }
}

function ownHandler(c: ClassInfo, operation: i32): MethodInfo | null {
  const name = operationName(operation);
  for (let i = 0; i < c.methods.length; i++)
    if (c.methods[i].native < 0 && c.methods[i].name == name) return c.methods[i];
  return null;
}

/** Every handler of the class, inherited ones and those of ioctl too, takes the state that its `open` returns. */
export function checkState(c: ClassInfo): void {
  if (c.id == CLASS_DEVICE) return;
  const opens = c.handlers[OPEN];
  const own = ownHandler(c, OPEN);
  if (own !== null && own !== opens) return;
  const fits = opens !== null && opens.result != VOID && assignable(opens.result, c.session);
  if (c.session != ERROR && !fits)
    return problem(K0705_NO_STATE, c.node, displayName(c.name), typeName(c.session), openForm(c.session));
  for (let i = 0; i < OPERATIONS; i++) if (c.handlers[i] && !takesState(c, c.handlers[i]!)) return;
  for (let i = 0; i < c.ioctls.length; i++) if (!takesState(c, c.ioctls[i].method)) return;
}

function takesState(c: ClassInfo, m: MethodInfo): bool {
  if (!(m.shape & IMG_SHAPE_SESSION)) return true;
  const wanted = m.params[m.params.length - 1].type;
  if (c.session != ERROR && assignable(c.session, wanted)) return true;
  problem(K0705_NO_STATE, c.node, displayName(c.name), typeName(wanted), openForm(wanted));
  return false;
}

function openForm(session: Type): Text {
  const out = new ByteVector();
  out.text('give it the handler ');
  writeType(session, out);
  out.text(' open() or ');
  writeType(session, out);
  out.text(' open(File file)');
  return internBytes(out);
}

// A method that takes a stream, named almost like an operation.
function noteMisspelt(m: MethodInfo): void {
  if (m.params.length == 0) return;
  const first = m.params[0].type;
  if (
    first != classType(CLASS_OUTPUT_STREAM) &&
    first != classType(CLASS_INPUT_STREAM) &&
    first != classType(CLASS_FILE)
  )
    return;
  for (let i = 0; i < OPERATIONS; i++) {
    if (isMistyped(m.name, operationName(i)))
      problem(K0706_NO_SUCH_OPERATION, m.node, m.name, joined('did you mean ', operationName(i), '?'));
  }
}

/** Does one letter too many, too few or another, or one pair exchanged, make the difference? */
function isMistyped(found: Text, meant: Text): bool {
  const n = textLength(found);
  const k = textLength(meant);
  let head = 0;
  while (head < n && head < k && textByte(found, head) == textByte(meant, head)) head++;
  let tail = 0;
  while (tail < n - head && tail < k - head && textByte(found, n - 1 - tail) == textByte(meant, k - 1 - tail)) tail++;
  const a = n - head - tail;
  const b = k - head - tail;
  if (a <= 1 && b <= 1) return true;
  if (a != 2 || b != 2) return false;
  return textByte(found, head) == textByte(meant, head + 1) && textByte(found, head + 1) == textByte(meant, head);
}

// ---- signatures ----

/** Fills in the handler's shape. False: the kernel cannot call it, reported. */
function readShape(c: ClassInfo, m: MethodInfo, operation: i32): bool {
  startSignature(m, formsOf(operation, c.session));
  if (m.isStatic()) return refuse(m.node, internLiteral('it needs the device: leave @Static out'));
  if (!checkResult(m, operation)) return false;
  let shape = IMG_SHAPE_HANDLER;
  if (operation == READ) {
    shape |= IMG_SHAPE_OUT;
    if (!required(classType(CLASS_OUTPUT_STREAM))) return false;
  } else if (operation == WRITE) {
    shape |= IMG_SHAPE_IN;
    if (!required(classType(CLASS_INPUT_STREAM))) return false;
  } else if (operation == SEEK) {
    shape |= IMG_SHAPE_SEEK;
    if (!required(INT) || !required(INT)) return false;
  }
  const rest = readFileAndState(operation == OPEN ? ERROR : c.session, false);
  if (rest < 0) return false;
  m.shape = shape | rest;
  return true;
}

function checkResult(m: MethodInfo, operation: i32): bool {
  const result = m.result;
  if (result == ERROR) return true;
  if (operation == POLL || operation == SEEK) {
    if (result == INT) return true;
  } else if (result == VOID) return true;
  else if (operation == WRITE && result == INT) return true;
  else if (operation == OPEN && isClass(result)) return true;
  const wanted =
    operation == POLL || operation == SEEK
      ? 'int'
      : operation == WRITE
        ? 'void or int'
        : operation == OPEN
          ? 'void or a class'
          : 'void';
  return refuse(<Node>aOf(m.node), expectedText(internLiteral(wanted), typeName(result)));
}

/** The forms that a handler may have, for hints. */
function formsOf(operation: i32, session: Type): Text {
  const out = new ByteVector();
  out.text('write ');
  if (operation == OPEN) {
    if (session != ERROR) writeType(session, out);
    else out.text('void or State');
  } else if (operation == POLL || operation == SEEK) out.text('int');
  else if (operation == WRITE) out.text('void or int');
  else out.text('void');
  out.byte(32);
  put(out, operationName(operation));
  out.byte(40);
  if (operation == READ) out.text('OutputStream out');
  if (operation == WRITE) out.text('InputStream in');
  if (operation == SEEK) out.text('int offset, int whence');
  const leading = operation == READ || operation == WRITE || operation == SEEK;
  out.text(leading ? ' [, File file]' : '[File file]');
  if (operation != OPEN && session != ERROR) {
    out.text(' [, ');
    writeType(session, out);
    out.text(' state]');
  }
  out.byte(41);
  return internBytes(out);
}

/** Is `read` of these handlers the streaming form: with a File, or marked @Stream? */
export function isStreaming(read: MethodInfo): bool {
  return (read.shape & IMG_SHAPE_FILE) != 0 || (declarationFlags(read.node, true) & A_STREAM) != 0;
}
