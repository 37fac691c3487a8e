/**
 * Values of parameters that are left out. A constant stands in the parameter; what must be computed is a method of its own, which
 * takes the parameters in front, and which the caller calls.
 */
import { K0401_TYPE_MISMATCH, K0423_DEFAULT_BEFORE_REQUIRED } from '../diagnostics/codes.generated';
import {
  BLOCK,
  FLOAT_LITERAL,
  FUNCTION,
  NULL_LITERAL,
  Node,
  RETURN,
  aOf,
  bOf,
  cOf,
  dOf,
  endOf,
  kindOf,
  newNode,
  setA,
  setB,
  setC,
  setD,
  startOf,
} from '../syntax/ast';
import { fold } from './constants';
import { floatOf } from '../numbers/read-float';
import { literalValue } from './annotations';
import { assignable, widens } from './conversions';
import { floatHere } from './resolve';
import { newMethod } from './declare-methods';
import {
  DEFAULT_BOOLEAN,
  DEFAULT_COMPUTED,
  DEFAULT_FLOAT,
  DEFAULT_INT,
  DEFAULT_NULL,
  DEFAULT_STRING,
  M_CONSTRUCTOR,
  M_FINAL,
  M_STATIC,
  MethodInfo,
  ParamInfo,
  classes,
} from './model';
import { problem } from './problem';
import { BOOLEAN, ERROR, INT, NULL, Type, typeName } from './types';

/** Type of the constant that a parameter without a type has as its default; ERROR: it has none. */
export function defaultType(node: Node): Type {
  if (cOf(node) != 0 && kindOf(<Node>cOf(node)) == FLOAT_LITERAL) return floatHere(<Node>cOf(node));
  const known = cOf(node) != 0 ? fold(<Node>cOf(node)) : null;
  return known ? known.type : ERROR;
}

/** Reads the default of a parameter, whose type is known; those in front of it are in the method. */
export function readDefault(param: ParamInfo, node: Node, m: MethodInfo): void {
  const value = <Node>cOf(node);
  if (value == 0) {
    // Arguments are given from the left, so no default before it could ever be used.
    if (m.params.length > 0 && m.params[m.params.length - 1].defaultKind != 0)
      problem(K0423_DEFAULT_BEFORE_REQUIRED, node, param.name);
    return;
  }
  const known = fold(value);
  let type: Type = NULL;
  if (known) {
    type = known.type;
    param.defaultKind = type == INT ? DEFAULT_INT : type == BOOLEAN ? DEFAULT_BOOLEAN : DEFAULT_STRING;
    param.defaultValue = known.value;
    if (widens(type, param.type)) {
      param.defaultKind = DEFAULT_FLOAT;
      param.defaultValue = <i64>floatOf(known.value);
    }
  } else if (kindOf(value) == FLOAT_LITERAL) {
    type = floatHere(value);
    param.defaultKind = DEFAULT_FLOAT;
    param.defaultValue = literalValue(value);
  } else if (kindOf(value) == NULL_LITERAL) param.defaultKind = DEFAULT_NULL;
  else return computed(param, node, value, m);
  if (!assignable(type, param.type)) problem(K0401_TYPE_MISMATCH, value, typeName(param.type), typeName(type));
}

// The method that computes it: numbered right behind its own, and behind those of the parameters in front.
function computed(param: ParamInfo, node: Node, value: Node, m: MethodInfo): void {
  const returned = newNode(RETURN, startOf(value), endOf(value));
  setA(returned, <i32>value);
  const body = newNode(BLOCK, startOf(value), endOf(value));
  setA(body, <i32>returned);
  const declared = newNode(FUNCTION, startOf(value), endOf(value));
  setA(declared, aOf(node));
  setB(declared, bOf(node));
  setC(declared, <i32>firstParameter(m));
  setD(declared, <i32>body);
  const computing = newMethod(m.owner >= 0 ? classes[m.owner] : null, m.name, declared, m);
  // Of a constructor there is no object yet.
  computing.flags |= M_FINAL | (m.flags & M_CONSTRUCTOR ? M_STATIC : m.flags & M_STATIC);
  computing.result = param.type;
  for (let i = 0; i < m.variables.length; i++) computing.variables.push(m.variables.get(i));
  for (let i = 0; i < m.params.length; i++) {
    const before = new ParamInfo();
    before.name = m.params[i].name;
    before.type = m.params[i].type;
    computing.params.push(before);
  }
  param.defaultKind = DEFAULT_COMPUTED;
  param.computed = computing;
  m.computedDefaults++;
}

// The header of a class, or the parameters of a method.
function firstParameter(m: MethodInfo): Node {
  return <Node>(kindOf(m.node) == FUNCTION ? cOf(m.node) : dOf(m.node));
}
