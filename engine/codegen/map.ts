/** Map literals, and elements of maps that are assigned. */
import { OP_MOV, OP_NEW } from '../bytecode/opcodes.generated';
import { classOfType, findConstructor, findMethod } from '../check/lookup';
import { elementGetter, elementSetter } from '../check/elements';
import { MethodInfo } from '../check/model';
import { Type, nonNull } from '../check/types';
import { internLiteral } from '../support/texts';
import { Node, aOf, bOf, nextOf, startOf, typeOf } from '../syntax/ast';
import { emitCall, isVirtual } from './calls';
import { allocateRegister, atSource, emit, emitWide, setTop, topRegister } from './emitter';
import { close, open } from './erased';
import { VALUE, end, generate, own, setOwn } from './frames';

function methodOf(type: Type, name: string): MethodInfo {
  return findMethod(classOfType(type)!, internLiteral(name))!;
}

function call(m: MethodInfo, window: i32, type: Type): void {
  emitCall(m, window, isVirtual(m, classOfType(type)));
}

// Own: 0 register of the map, 1 the key or value generated last, 2: 1 if that was a key.
/** Resumes a MAP_LITERAL: a map is made, then `set` called for each key. */
export function stepMapLiteral(n: Node, phase: i32): void {
  const type = typeOf(n);
  const set = methodOf(type, 'set');
  if (phase == 0) {
    const c = classOfType(type)!;
    setOwn(0, allocateRegister());
    atSource(startOf(n));
    emitWide(OP_NEW, own(0), c.id);
    const m = findConstructor(c);
    if (m) {
      const window = topRegister();
      setTop(window + 3);
      emit(OP_MOV, window + 2, own(0), 0);
      emitCall(m, window, false);
      setTop(own(0) + 1);
    }
  }
  const window = own(0) + 1;
  if (phase > 0 && own(2) == 0) {
    const value = <Node>own(1);
    setTop(window + 5);
    atSource(startOf(value));
    emit(OP_MOV, window + 2, own(0), 0);
    call(set, window, type);
    setTop(own(0) + 1);
  }
  const next = phase == 0 ? <Node>aOf(n) : nextOf(<Node>own(1));
  if (next == 0) return end(own(0));
  const isKey = own(2) == 0;
  setOwn(1, <i32>next);
  setOwn(2, isKey ? 1 : 0);
  setTop(window + (isKey ? 4 : 5));
  generate(next, VALUE, window + (isKey ? 3 : 4), set.params[isKey ? 0 : 1].type);
}

// Key and map of the INDEX `target`, in a new window for `m`.
function elementWindow(m: MethodInfo, target: Node, map: i32, key: i32): i32 {
  const window = topRegister();
  setTop(window + 3 + m.params.length);
  emit(OP_MOV, window + 2, map, 0);
  emit(OP_MOV, window + 3, key, 0);
  close(window + 3, m.params[0].type, typeOf(<Node>bOf(target)));
  return window;
}

/** The register of what R[map] has for R[key], in the representation of its type; `target` is the INDEX. */
export function loadMapElement(target: Node, map: i32, key: i32): i32 {
  const type = nonNull(typeOf(<Node>aOf(target)));
  const at = elementGetter(type)!;
  const window = elementWindow(at, target, map, key);
  call(at, window, type);
  open(window, at.result, typeOf(target));
  setTop(window + 1);
  return window;
}

/** R[map][R[key]] := R[value] */
export function storeMapElement(target: Node, map: i32, key: i32, value: i32): void {
  const type = nonNull(typeOf(<Node>aOf(target)));
  const set = elementSetter(type)!;
  const window = elementWindow(set, target, map, key);
  emit(OP_MOV, window + 4, value, 0);
  close(window + 4, set.params[1].type, typeOf(target));
  call(set, window, type);
  setTop(window);
}
