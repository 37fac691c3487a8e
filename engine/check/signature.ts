/** Reading the signature of a method that the kernel calls, parameter by parameter. */
import { CLASS_FILE } from '../bytecode/builtins.generated';
import { IMG_SHAPE_FILE, IMG_SHAPE_SESSION } from '../bytecode/image';
import { K0701_HANDLER_SIGNATURE } from '../diagnostics/codes.generated';
import { Node, cOf, nextOf } from '../syntax/ast';
import { ByteVector } from '../support/vectors';
import { Text, internBytes, internLiteral, textAddress, textLength } from '../support/texts';
import { assignable } from './conversions';
import { MethodInfo } from './model';
import { displayName, problem } from './problem';
import { ERROR, Type, classType, isClass, typeName, writeType } from './types';

/** The handler whose signature is being read, the forms it may have, and the parameter that comes next. */
let handler: MethodInfo | null = null;
let forms: Text = 0;
let at: i32 = 0;
let node: Node = 0;

/** Begins with the first parameter of `m`; `allowed` is the hint that names the forms it may have. */
export function startSignature(m: MethodInfo, allowed: Text): void {
  handler = m;
  forms = allowed;
  at = 0;
  node = <Node>cOf(m.node);
}

/**
 * Reads the optional parameters: the File and the state, of type `session` (ERROR: there is none). Their shape; -1: others
 * stand there, reported.
 */
export function readFileAndState(session: Type, mayTakeStruct: bool): i32 {
  const m = handler!;
  let shape = 0;
  while (at < m.params.length) {
    const type = m.params[at].type;
    const isFile = type == classType(CLASS_FILE);
    const isState = session != ERROR && !isFile && assignable(session, type) && isClass(type);
    if (type == ERROR) {
      // Reported where it stands.
    } else if (isFile && shape == 0) shape |= IMG_SHAPE_FILE;
    else if (isState && !(shape & IMG_SHAPE_SESSION)) shape |= IMG_SHAPE_SESSION;
    else {
      refuse(node, expectation(shape, session, type, mayTakeStruct && at == 0));
      return -1;
    }
    passParameter();
  }
  return shape;
}

function expectation(shape: i32, session: Type, found: Type, mayTakeStruct: bool): Text {
  const out = new ByteVector();
  if (shape & IMG_SHAPE_SESSION || (shape & IMG_SHAPE_FILE && session == ERROR))
    out.text('expected no more parameters, found ');
  else {
    out.text(mayTakeStruct ? 'expected a @Struct class or ' : 'expected ');
    if (!(shape & IMG_SHAPE_FILE)) out.text('File');
    if (!(shape & IMG_SHAPE_FILE) && session != ERROR) out.text(' or ');
    if (session != ERROR) writeType(session, out);
    out.text(', found ');
  }
  writeType(found, out);
  return internBytes(out);
}

/** Type of the parameter that comes next; ERROR if there is none. */
export function parameterType(): Type {
  return at < handler!.params.length ? handler!.params[at].type : ERROR;
}

/** Passes a parameter. */
export function passParameter(): void {
  at++;
  if (node != 0) node = nextOf(node);
}

/** Passes a parameter that must be there. False: it is another, reported. */
export function required(type: Type): bool {
  const m = handler!;
  if (at < m.params.length) {
    const found = m.params[at].type;
    if (found != type && found != ERROR) return refuse(node, expectedText(typeName(type), typeName(found)));
    passParameter();
    return true;
  }
  return refuse(m.node, expectedText(typeName(type), internLiteral('nothing')));
}

export function put(out: ByteVector, text: Text): void {
  out.bytes(textAddress(text), textLength(text));
}

/** `expected A, found B` */
export function expectedText(expected: Text, found: Text): Text {
  const out = new ByteVector();
  out.text('expected ');
  put(out, expected);
  out.text(', found ');
  put(out, found);
  return internBytes(out);
}

/** Reports why the kernel cannot call the handler, with the forms it could have. */
export function refuse(where: Node, why: Text): bool {
  problem(K0701_HANDLER_SIGNATURE, where, displayName(handler!.name), forms, why);
  return false;
}
