/** `new`. */
import {
  K0405_ARGUMENT_COUNT,
  K0440_TYPE_ARGUMENTS,
  K0507_ABSTRACT_NEW,
  K0509_NO_CONSTRUCTOR,
} from '../diagnostics/codes.generated';
import { N_DIAMOND, Node, aOf, bOf, opOf, setType } from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { useClass } from './access';
import { bareClass } from './casts';
import { frameWant, resume } from './frames';
import { classOfType, findConstructor } from './lookup';
import { C_ABSTRACT, C_BOUND, C_BUILTIN, C_OPEN } from './model';
import { displayName, numberText, problem } from './problem';
import { resolveType } from './resolve';
import { Inference } from './inference';
import { selfType } from './generics';
import { ERROR, NULL, Type, isArray, isClass, isInstance, isVariable, typeName } from './types';
import { argumentCount, beginArguments, nextArgument, checkArgument, isTold } from './arguments';
import { methodOf, setMethod } from './callee';

/** `new C(…)`: like a call of its constructor. `new Box(1)` and `new Box<>(1)` tell the type arguments by its arguments. */
export function stepNew(n: Node): void {
  const phase = resume();
  if (phase == 0) {
    const made = <Node>aOf(n);
    const open = bareClass(made);
    const type = open ? selfType(open) : resolveType(made);
    setType(made, type);
    if (opOf(n) == N_DIAMOND && !open && type != ERROR)
      problem(K0440_TYPE_ARGUMENTS, made, typeName(type), numberText(0), internLiteral('leave <> out'));
    if (type != ERROR) findNew(n, type);
    beginArguments(n, methodOf(n), type);
    return;
  }
  checkArgument(n);
  nextArgument(n);
}

// The type of what `new` makes, where its arguments were to be told.
export function finishNew(n: Node, call: Inference): Type {
  const c = classOfType(call.receiver)!;
  const made = <Node>aOf(n);
  call.finish();
  if (call.unknown() != ERROR && frameWant() > NULL) call.expect(call.receiver, frameWant());
  if (!isTold(n, c.name, call)) {
    setType(made, ERROR);
    return ERROR;
  }
  const type = call.see(call.receiver);
  setType(made, type);
  return type;
}

function findNew(n: Node, type: Type): void {
  if (!isClass(type) && !isInstance(type)) {
    problem(
      K0509_NO_CONSTRUCTOR,
      n,
      typeName(type),
      internLiteral(
        isArray(type)
          ? 'write [] for an empty array'
          : isVariable(type)
            ? 'what it stands for is not known when the script runs: take the object as a parameter'
            : 'write a literal',
      ),
    );
    return;
  }
  const c = classOfType(type)!;
  if (c.flags & C_ABSTRACT) problem(K0507_ABSTRACT_NEW, n, displayName(c.name));
  useClass(n, c);
  const m = findConstructor(c);
  if (m) return setMethod(n, m);
  if (c.flags & C_BOUND)
    problem(K0509_NO_CONSTRUCTOR, n, displayName(c.name), internLiteral('its binding declares no constructor'));
  else if (c.flags & C_BUILTIN && !(c.flags & C_OPEN)) problem(K0509_NO_CONSTRUCTOR, n, displayName(c.name));
  else if (bOf(n) != 0)
    problem(K0405_ARGUMENT_COUNT, n, displayName(c.name), numberText(0), numberText(<i64>argumentCount(n)));
}
