/** Functions and methods as values: the objects that they are, and the methods that call what they stand for. */
import { CLASS_FUNC, CLASS_OBJECT } from '../bytecode/builtins.generated';
import { OP_GETI, OP_GETR, OP_LDI, OP_MOV, OP_NEW, OP_PUTI, OP_PUTR, OP_RET } from '../bytecode/opcodes.generated';
import { objectType } from '../check/conversions';
import { REFERENCE_BOUND, REFERENCE_UNBOUND, hiddenClass } from '../check/functions';
import { classOfType } from '../check/lookup';
import {
  M_LAMBDA,
  MethodInfo,
  ParamInfo,
  ReferenceInfo,
  addField,
  addMethod,
  classes,
  compiled,
  references,
  symbolIndex,
} from '../check/model';
import { Type, VOID, argumentCount, argumentOf, elementOf, isReference, resultOf } from '../check/types';
import { internBytes, internLiteral, textAddress, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';
import { MEMBER, Node, aOf, kindOf, startOf, symbolOf } from '../syntax/ast';
import { emitCall, isVirtual, seesElements } from './calls';
import { elementKind } from './elements';
import { atSource, emit, emitWide, setTop, topRegister } from './emitter';
import { close, open } from './erased';
import { ANY, AS_IT_IS, VALUE, end, generate, result, target } from './frames';
import { loadInstance, selfRegister } from './lambdas';

/** Generates a NAME or MEMBER that is a reference. */
export function stepReference(n: Node, phase: i32): void {
  const r = references[symbolIndex(symbolOf(n))];
  if (r.call === null) makeClass(r, n);
  const c = classes[r.call!.owner];
  if (r.form != REFERENCE_BOUND) {
    const to = target();
    atSource(startOf(n));
    r.instance = loadInstance(to, c.id, r.instance);
    return end(to);
  }
  let object = selfRegister();
  if (kindOf(n) == MEMBER) {
    if (phase == 0) return generate(<Node>aOf(n), VALUE, ANY, objectPlace(r));
    object = result();
  }
  atSource(startOf(n));
  // Not where it is to go: the object may lie there.
  const made = topRegister() > object ? topRegister() : object + 1;
  setTop(made + 1);
  emitWide(OP_NEW, made, c.id);
  emit(isReference(c.fields[0].type) ? OP_PUTR : OP_PUTI, made, 0, object);
  end(made);
}

// What Object declares takes an object: an int or boolean is boxed for it.
function objectPlace(r: ReferenceInfo): Type {
  return r.target.owner == CLASS_OBJECT ? objectType() : AS_IT_IS;
}

function makeClass(r: ReferenceInfo, n: Node): void {
  const name = new ByteVector(32);
  name.text(r.target.owner < 0 ? 'function ' : 'method ');
  name.bytes(textAddress(r.target.name), textLength(r.target.name));
  const c = hiddenClass(internBytes(name), CLASS_FUNC);
  if (r.form == REFERENCE_BOUND) {
    const place = objectPlace(r);
    const f = addField(internLiteral('object'), c.id, place == AS_IT_IS ? r.receiver : place);
    f.slot = c.slots++;
    c.fields.push(f);
  }
  const m = addMethod(internLiteral('<reference>'), c.id);
  m.node = n;
  m.flags = M_LAMBDA;
  m.reference = r;
  m.result = resultOf(r.type);
  for (let i = 0; i < argumentCount(r.type); i++) {
    const p = new ParamInfo();
    p.name = internLiteral('argument');
    p.type = argumentOf(r.type, i);
    m.params.push(p);
  }
  m.vslot = c.vtable.length;
  m.image = compiled.length;
  compiled.push(m);
  c.vtable.push(m);
  r.call = m;
}

/** Generates the method of a reference: it calls what that stands for, arguments and result in the representation that each side knows. */
export function generateReferenceCall(m: MethodInfo, r: ReferenceInfo): void {
  const to = r.target;
  atSource(startOf(m.node));
  const window = topRegister();
  const first = window + (to.isStatic() ? 2 : 3);
  setTop(first + to.params.length + 1);
  let from = 1;
  if (r.form == REFERENCE_BOUND) {
    const field = classes[m.owner].fields[0];
    emit(isReference(field.type) ? OP_GETR : OP_GETI, window + 2, 0, 0);
  } else if (r.form == REFERENCE_UNBOUND) {
    emit(OP_MOV, window + 2, from++, 0);
    if (to.owner == CLASS_OBJECT) close(window + 2, objectType(), r.receiver);
  }
  const sees = seesElements(to);
  for (let i = 0; i < to.params.length; i++) {
    const seen = m.params[from - 1].type;
    emit(OP_MOV, first + i, from++, 0);
    if (!sees) close(first + i, to.params[i].type, seen);
  }
  setTop(first + to.params.length);
  if (sees) emitWide(OP_LDI, window, elementKind(elementOf(r.receiver)));
  emitCall(to, window, !to.isStatic() && isVirtual(to, classOfType(r.receiver)));
  if (m.result == VOID) return;
  if (!sees) open(window, to.result, m.result);
  emit(OP_RET, window, 0, 0);
}
