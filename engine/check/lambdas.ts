/**
 * Lambdas: their parameters and results, and what they capture. A body is checked where it stands, within what is known of
 * the variables around it; its code and the class of its objects are made when the code generator meets it.
 */
import {
  K0401_TYPE_MISMATCH,
  K0410_CANNOT_INFER,
  K0411_VOID_VALUE,
  K0601_MISSING_RETURN,
  K0603_RETURN_NOTHING,
  K0902_TOO_MANY,
} from '../diagnostics/codes.generated';
import { IMG_CALL_PARAMETERS } from '../bytecode/image';
import {
  L_BLOCK,
  LAMBDA,
  Node,
  T_VAR,
  aOf,
  bOf,
  kindOf,
  nextOf,
  opOf,
  setSymbol,
  setType,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import { currentLambda, enterLambda, hasUnreachable, isAlive, leaveLambda } from './context';
import { assignable, commonType, expectType } from './conversions';
import { WANT_ANY, WANT_NOTHING, frameWant, frameX, leaveWith, resume, setFrameX, visit } from './frames';
import { isKnownNow } from './inference';
import { forgive, isLenient, lastError } from './lenient';
import {
  LambdaInfo,
  M_LAMBDA,
  M_LIBRARY,
  MethodInfo,
  ParamInfo,
  S_LAMBDA,
  addMethod,
  lambdas,
  symbol,
  symbolIndex,
} from './model';
import { inLibrary } from './lookup';
import { numberText, problem } from './problem';
import { resolveType } from './resolve';
import { declareLocal, enterScope, forgetShared, leaveScope, restoreKnown, saveKnown } from './scope';
import {
  ANY,
  ERROR,
  NULL,
  Type,
  VOID,
  argumentCount,
  argumentOf,
  funcType,
  isFunc,
  nonNull,
  plain,
  resultOf,
  typeName,
} from './types';

// What is known around the lambdas being checked; innermost last.
const around = new Array<IntVector>();

/** Reports a function type with more parameters than a call can have. */
export function checkParameterCount(n: Node, count: i32): bool {
  if (<u32>count <= IMG_CALL_PARAMETERS) return true;
  problem(K0902_TOO_MANY, n, internLiteral('parameters of a function value'), numberText(<i64>IMG_CALL_PARAMETERS));
  return false;
}

/** Resumes a LAMBDA. Its wanted type, if that is a function's, gives the types that are not written. Frame X: its number. */
export function stepLambda(n: Node): void {
  if (resume() == 0) return beginLambda(n);
  const info = lambdas[frameX()];
  if (opOf(n) == L_BLOCK) takeEnd(info, n);
  else takeValue(info, <Node>bOf(n));
  leaveScope();
  leaveLambda();
  restoreKnown(around.pop());
  leaveWith(typeOfLambda(info.method));
}

function beginLambda(n: Node): void {
  const want = frameWant() > 0 ? nonNull(frameWant()) : ERROR;
  const expected = want != ERROR && isFunc(want) ? want : ERROR;
  const m = addMethod(internLiteral('<lambda>'), -1);
  m.node = n;
  m.flags = M_LAMBDA | (inLibrary ? M_LIBRARY : 0);
  const info = new LambdaInfo();
  info.id = lambdas.length;
  info.node = n;
  info.method = m;
  info.outer = currentLambda();
  lambdas.push(info);
  setSymbol(n, symbol(S_LAMBDA, info.id));
  setFrameX(info.id);
  readParameters(n, m, expected, frameWant() == ERROR);
  if (expected != ERROR && isKnownNow(resultOf(expected))) m.result = resultOf(expected);
  else info.infersResult = true;
  around.push(saveKnown());
  enterLambda(info);
  enterScope();
  forgetShared();
  let node = <Node>aOf(n);
  for (let i = 0; i < m.params.length; i++) {
    const local = declareLocal(m.params[i].name, m.params[i].type, node, true);
    local.isParameter = true;
    m.params[i].local = local.id;
    node = nextOf(node);
  }
  const body = <Node>bOf(n);
  if (opOf(n) == L_BLOCK) return visit(body, WANT_NOTHING);
  visit(body, info.infersResult ? WANT_ANY : m.result == VOID ? WANT_NOTHING : m.result);
}

// `silent`: what would give the types was reported.
function readParameters(n: Node, m: MethodInfo, expected: Type, silent: bool): void {
  let count = 0;
  for (let p = <Node>aOf(n); p != 0; p = nextOf(p)) count++;
  const fits: bool = expected != ERROR && count == argumentCount(expected);
  checkParameterCount(n, count);
  let index = 0;
  let reported = silent;
  for (let p = <Node>aOf(n); p != 0; p = nextOf(p)) {
    const param = new ParamInfo();
    param.name = bOf(p);
    if (kindOf(<Node>aOf(p)) != T_VAR) param.type = resolveType(<Node>aOf(p));
    else if (fits && isKnownNow(argumentOf(expected, index))) param.type = plain(argumentOf(expected, index));
    else if (frameWant() == ANY) param.type = ANY;
    else if (expected != ERROR && !fits) reported = true;
    else if (!reported) problem(K0410_CANNOT_INFER, p, param.name, internLiteral('write its type: (int n) => …'));
    m.params.push(param);
    index++;
  }
  if (expected != ERROR && !fits) problem(K0401_TYPE_MISMATCH, n, typeName(expected), parametersText(count));
}

function parametersText(count: i32): i32 {
  return internLiteral(
    count == 0
      ? 'a function without parameters'
      : count == 1
        ? 'a function of one parameter'
        : 'a function of another number of parameters',
  );
}

// The body is an expression.
function takeValue(info: LambdaInfo, body: Node): void {
  const m = info.method;
  if (info.infersResult) {
    if (typeOf(body) == VOID) m.result = VOID;
    else {
      addResult(info, body);
      finishResult(m, body);
    }
  } else if (m.result != VOID && m.result != ERROR) expectType(body, typeOf(body), m.result);
}

// The body is a block; its end may be reached.
function takeEnd(info: LambdaInfo, n: Node): void {
  const m = info.method;
  if (info.infersResult) {
    if (!info.returns) m.result = VOID;
    else finishResult(m, n);
  }
  if (!isAlive() || hasUnreachable() || m.result == VOID || m.result == ERROR) return;
  problem(K0601_MISSING_RETURN, n, internLiteral('this lambda'), typeName(m.result));
  if (!isLenient) return;
  forgive(1);
  m.missingReturn = lastError();
}

/** One more value that a lambda with an inferred result returns. */
export function addResult(info: LambdaInfo, value: Node): void {
  const m = info.method;
  const found = plain(typeOf(value));
  if (found == VOID || (info.returns && m.result == VOID)) {
    problem(K0411_VOID_VALUE, value, internLiteral('this'));
    return;
  }
  if (!info.returns) {
    info.returns = true;
    m.result = found;
    return;
  }
  if (m.result == ERROR || found == ERROR) return;
  const common = commonType(m.result, found);
  if (common == VOID) problem(K0401_TYPE_MISMATCH, value, typeName(m.result), typeName(found));
  else m.result = common;
}

/** `return` alone in a lambda with an inferred result. */
export function addNothing(info: LambdaInfo, n: Node): void {
  const m = info.method;
  if (info.returns && m.result != VOID)
    problem(K0603_RETURN_NOTHING, n, internLiteral('this lambda'), typeName(m.result));
  info.returns = true;
  if (m.result == ERROR) m.result = VOID;
}

function finishResult(m: MethodInfo, n: Node): void {
  if (m.result != NULL) return;
  problem(
    K0410_CANNOT_INFER,
    n,
    internLiteral('the result'),
    internLiteral('write the type of the function: Func<int=>String?> f = …'),
  );
  m.result = ERROR;
}

function typeOfLambda(m: MethodInfo): Type {
  const types = new IntVector(4);
  for (let i = 0; i < m.params.length; i++) types.push(m.params[i].type);
  return funcType(types, m.result);
}

/** A lambda whose result was inferred goes where a function with a wider result, or none, is wanted. */
export function widenResult(n: Node, wanted: Type): void {
  const to = nonNull(wanted);
  const own = typeOf(n);
  if (kindOf(n) != LAMBDA || own == ERROR || to == ERROR || own == to || !isFunc(to)) return;
  const info = lambdas[symbolIndex(symbolOf(n))];
  if (!info.infersResult || argumentCount(own) != argumentCount(to)) return;
  for (let i = 0; i < argumentCount(to); i++) if (argumentOf(own, i) != argumentOf(to, i)) return;
  if (resultOf(own) == VOID || resultOf(to) == VOID || !assignable(resultOf(own), resultOf(to))) return;
  info.method.result = resultOf(to);
  setType(n, to);
}
