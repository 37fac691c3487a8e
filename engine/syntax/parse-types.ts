/** Types: `int`, `Name`, `T[]`, `T?`; looking ahead for one, and parsing one. */
import { K0205_EXPECTED_TYPE } from '../diagnostics/codes.generated';
import { Text } from '../support/texts';
import {
  Node,
  T_ARRAY,
  T_NAME,
  T_NULLABLE,
  T_VAR,
  aOf,
  bOf,
  endOf,
  kindOf,
  newNode,
  setA,
  setB,
  setEnd,
  startOf,
} from './ast';
import {
  LOOK_AHEAD,
  advance,
  end,
  endAt,
  enter,
  kind,
  kindAt,
  leave,
  lastEnd,
  notYet,
  onNewLine,
  onNewLineAt,
  reportFound,
  skipBalanced,
  start,
  startAt,
  value,
} from './cursor';
import { byteAt, isUpper } from './source';
import { Token } from './tokens';

/** Is the token `ahead` a name that begins with a capital letter? */
export function isCapitalAt(ahead: i32): bool {
  return kindAt(ahead) == Token.Name && isUpper(byteAt(startAt(ahead)));
}

/** Index behind `<…>` that begins `ahead`, if it can be type arguments; else -1. */
function behindArguments(ahead: i32): i32 {
  let depth = 0;
  for (let i = ahead; i < LOOK_AHEAD - 4; i++) {
    switch (kindAt(i)) {
      case Token.Less:
        depth++;
        break;
      case Token.Greater:
        depth--;
        break;
      case Token.Shr:
        depth -= 2;
        break;
      case Token.Ushr:
        depth -= 3;
        break;
      case Token.Name:
      case Token.Primitive:
      case Token.Comma:
      case Token.Question:
      case Token.BracketOpen:
      case Token.BracketClose:
      case Token.DotDot:
      case Token.FatArrow:
      case Token.Extends:
        break;
      default:
        return -1;
    }
    if (depth <= 0) return depth == 0 ? i + 1 : -1;
  }
  return -1;
}

/**
 * Index of the token behind the type that begins `ahead`; -1 if none does, or it is longer than can be looked at.
 * A `?` counts when it touches what is before it, so that `a ? b : c` is none.
 */
export function behindType(ahead: i32): i32 {
  if (kindAt(ahead) != Token.Primitive && kindAt(ahead) != Token.Name) return -1;
  let i = ahead + 1;
  if (kindAt(i) == Token.Less && isCapitalAt(ahead)) {
    i = behindArguments(i);
    if (i < 0) return -1;
  }
  while (i < LOOK_AHEAD - 4 && !onNewLineAt(i)) {
    if (kindAt(i) == Token.BracketOpen && kindAt(i + 1) == Token.BracketClose) i += 2;
    else if (kindAt(i) == Token.Question && startAt(i) == endAt(i - 1)) i++;
    else if (kindAt(i) == Token.DotDot) i++;
    else return i;
  }
  return i < LOOK_AHEAD - 4 ? i : -1;
}

/** A type node that stands for an inferred type, at these bytes. */
export function inferredType(from: i32, to: i32): Node {
  return newNode(T_VAR, from, to);
}

function named(name: Text, from: i32, to: i32): Node {
  const type = newNode(T_NAME, from, to);
  setA(type, name);
  return type;
}

function wrap(wrapper: i32, type: Node): Node {
  const node = newNode(wrapper, startOf(type), lastEnd);
  setA(node, <i32>type);
  return node;
}

/** Parses the name of a type; 0 and K0205 if there is none. One plain name as type argument is kept, others are K0213. */
export function parseTypeName(): Node {
  const token = kind();
  if (token == Token.Var || token == Token.Def) {
    const inferred = inferredType(start(), end());
    advance();
    return inferred;
  }
  if (token != Token.Primitive && token != Token.Name) {
    reportFound(K0205_EXPECTED_TYPE);
    return 0;
  }
  const type = named(value(), start(), end());
  advance();
  const plain = kindAt(1) == Token.Name || kindAt(1) == Token.Primitive;
  if (kind() == Token.Less && plain && kindAt(2) == Token.Greater) {
    advance();
    setB(type, <i32>named(value(), start(), end()));
    advance();
    advance();
    setEnd(type, lastEnd);
  } else if (kind() == Token.Less && behindArguments(0) > 0) {
    const from = start();
    for (let left = behindArguments(0); left > 0; left--) advance();
    notYet(from, lastEnd, 'a type with type arguments', 'an array is written T[]');
  }
  return type;
}

/** Parses a type; 0 and K0205 if there is none. */
export function parseType(): Node {
  let type = parseTypeName();
  if (type == 0 || kindOf(type) == T_VAR) return type;
  let wrapped = 0;
  while (!onNewLine()) {
    if (kind() == Token.BracketOpen && kindAt(1) == Token.BracketClose) {
      advance();
      advance();
      if (!enter(startOf(type), lastEnd)) break;
      wrapped++;
      type = wrap(T_ARRAY, type);
    } else if (kind() == Token.Question && start() == lastEnd) {
      advance();
      if (!enter(startOf(type), lastEnd)) break;
      wrapped++;
      type = wrap(T_NULLABLE, type);
    } else if (kind() == Token.DotDot) {
      notYet(start(), end(), 'an iterator type', 'use an array');
      advance();
    } else {
      break;
    }
  }
  leave(wrapped);
  return type;
}

/** Another node tree for the same type: declarators do not share theirs. */
export function copyType(type: Node): Node {
  let outer: Node = 0;
  let last: Node = 0;
  for (let from = type; from != 0; from = isWrapper(from) ? <Node>aOf(from) : 0) {
    const copy = newNode(kindOf(from), startOf(from), endOf(from));
    if (kindOf(from) == T_NAME) {
      setA(copy, aOf(from));
      setB(copy, bOf(from));
    }
    if (last != 0) setA(last, <i32>copy);
    else outer = copy;
    last = copy;
  }
  return outer;
}

function isWrapper(type: Node): bool {
  return kindOf(type) == T_ARRAY || kindOf(type) == T_NULLABLE;
}

/** Java's `int a[]`: K0213, and the brackets are passed. */
export function refuseArrayDeclarator(): void {
  if (kind() != Token.BracketOpen || onNewLine()) return;
  const from = start();
  skipBalanced();
  notYet(from, lastEnd, 'an array declarator behind the name', 'write int[] a');
}
