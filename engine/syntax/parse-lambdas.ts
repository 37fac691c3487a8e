/**
 * Lambdas: `(int a, int b) => a + b`, `n => { … }`, `function(int n) { … }`. A body in braces is passed as it is met inside of
 * an expression, and parsed when everything around it has been: so that nesting costs no native stack.
 */
import { K0201_EXPECTED_TOKEN, K0205_EXPECTED_TYPE, K0901_TOO_DEEP } from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import { BLOCK, LAMBDA, L_BLOCK, Node, PARAMETER, newNode, setA, setB, setEnd, setNext, setOp } from './ast';
import {
  LOOK_AHEAD,
  advance,
  end,
  expectName,
  kind,
  kindAt,
  lastEnd,
  reportFound,
  skipBalanced,
  start,
  take,
} from './cursor';
import { behindType, inferredType, parseType } from './parse-types';
import { Token, isNameLike } from './tokens';

/** Bodies in braces that may lie within each other. */
const MOST_BODIES: i32 = 16;

// Per body that is to be parsed: its LAMBDA, first byte, byte behind it, bodies around it.
const bodies = new IntVector(16);
const WORDS: i32 = 4;
/** Was there a lambda in any text so far? */
export let sawLambda: bool = false;

// Bodies around what is being parsed.
let depth: i32 = 0;

/** Forgets all bodies; a text begins. */
export function startBodies(): void {
  bodies.length = 0;
  depth = 0;
}

/** Bodies so far. */
export function bodyCount(): i32 {
  return bodies.length / WORDS;
}
export function bodyLambda(index: i32): Node {
  return <Node>bodies.get(index * WORDS);
}
export function bodyStart(index: i32): i32 {
  return bodies.get(index * WORDS + 1);
}
export function bodyEnd(index: i32): i32 {
  return bodies.get(index * WORDS + 2);
}
/** Body `index` is what is parsed from now on. */
export function enterBody(index: i32): void {
  depth = bodies.get(index * WORDS + 3) + 1;
}

/** Does a lambda begin here: `n =>`, `(int a, b) =>`, `function(`? */
export function isLambda(): bool {
  if (isNameLike(kind()) && kindAt(1) == Token.FatArrow) return true;
  if (kind() == Token.Function) return kindAt(1) == Token.ParenOpen;
  if (kind() != Token.ParenOpen) return false;
  if (kindAt(1) == Token.ParenClose) return kindAt(2) == Token.FatArrow;
  let i = 1;
  while (i < LOOK_AHEAD - 3) {
    const behind = behindType(i);
    if (behind > 0 && isNameLike(kindAt(behind))) i = behind;
    if (!isNameLike(kindAt(i))) return false;
    if (kindAt(i + 1) == Token.ParenClose) return kindAt(i + 2) == Token.FatArrow;
    if (kindAt(i + 1) != Token.Comma) return false;
    i += 2;
  }
  return false;
}

function parameter(): Node {
  const from = start();
  let type: Node = 0;
  const behind = behindType(0);
  if (behind > 0 && isNameLike(kindAt(behind))) type = parseType();
  else if (isNameLike(kind())) type = inferredType(from, from);
  else reportFound(K0205_EXPECTED_TYPE);
  if (type == 0) return 0;
  const node = newNode(PARAMETER, from, end());
  const name = expectName();
  if (name == 0) return 0;
  setA(node, <i32>type);
  setB(node, name);
  return node;
}

// `(…)`; false after an error.
function parameters(lambda: Node): bool {
  advance();
  let tail: Node = 0;
  while (kind() != Token.ParenClose) {
    const node = parameter();
    if (node == 0) return false;
    if (tail != 0) setNext(tail, node);
    else setA(lambda, <i32>node);
    tail = node;
    if (kind() == Token.ParenClose) break;
    if (!take(Token.Comma)) {
      reportFound(K0201_EXPECTED_TOKEN, internLiteral('`,` or `)`'));
      return false;
    }
  }
  advance();
  return true;
}

/**
 * The head of the lambda that begins here, its arrow, and its body if that is in braces: then the node has L_BLOCK.
 * 0 after an error.
 */
export function parseLambdaHead(): Node {
  const node = newNode(LAMBDA, start(), end());
  sawLambda = true;
  const isFunction = take(Token.Function);
  if (kind() == Token.ParenOpen) {
    if (!parameters(node)) return 0;
  } else {
    const only = parameter();
    if (only == 0) return 0;
    setA(node, <i32>only);
  }
  if (!isFunction) advance();
  else if (kind() != Token.BraceOpen) {
    reportFound(K0201_EXPECTED_TOKEN, internLiteral('`{`'));
    return 0;
  }
  if (kind() != Token.BraceOpen) return node;
  const from = start();
  skipBalanced();
  setEnd(node, lastEnd);
  setOp(node, L_BLOCK);
  const empty = newNode(BLOCK, from, lastEnd);
  setB(node, <i32>empty);
  if (depth == MOST_BODIES) {
    report(K0901_TOO_DEEP, from, from + 1, internLiteral('16'));
    return node;
  }
  bodies.push(<i32>node);
  bodies.push(from);
  bodies.push(lastEnd);
  bodies.push(depth);
  return node;
}
