/**
 * Types: `int`, `Name<A, B>`, `Func<A, B=>R>`, `(A, B)`, `T[]`, `T?`, `T..`; looking ahead for one, and parsing one.
 * Types within types wait on a stack of their own.
 */
import { K0201_EXPECTED_TOKEN, K0205_EXPECTED_TYPE } from '../diagnostics/codes.generated';
import { internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import {
  Node,
  T_ARRAY,
  T_FUNC,
  T_ITERATOR,
  T_NAME,
  T_NULLABLE,
  T_PARAMETER,
  T_TUPLE,
  T_VAR,
  aOf,
  bOf,
  endOf,
  kindOf,
  newNode,
  nextOf,
  opOf,
  setA,
  setB,
  setEnd,
  setKind,
  setNext,
  setOp,
  startOf,
} from './ast';
import {
  LOOK_AHEAD,
  advance,
  end,
  endAt,
  enter,
  expectName,
  gaveUp,
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
  take,
  takeGreater,
  value,
} from './cursor';
import { demand } from './mentions';
import { byteAt, isUpper } from './source';
import { Token } from './tokens';
import { noteTuple } from './tuples';

/** Is the token `ahead` a name that begins with a capital letter? */
export function isCapitalAt(ahead: i32): bool {
  return kindAt(ahead) == Token.Name && isUpper(byteAt(startAt(ahead)));
}

// Did behindBrackets see a comma directly within the `(` that it began with?
let sawComma: bool = false;

// Index behind `<…>` or `( … )` that begins `ahead`, if there are only types within; else -1.
function behindBrackets(ahead: i32): i32 {
  // Levels of `<`, and of `(`; both must be closed.
  let angles = 0;
  let parens = 0;
  sawComma = false;
  for (let i = ahead; i < LOOK_AHEAD - 4; i++) {
    switch (kindAt(i)) {
      case Token.Less:
        angles++;
        break;
      case Token.LessEqual:
        // `Func<=>R>`
        if (kindAt(i + 1) != Token.Greater) return -1;
        angles++;
        i++;
        break;
      case Token.Greater:
        angles--;
        break;
      case Token.Shr:
        angles -= 2;
        break;
      case Token.Ushr:
        angles -= 3;
        break;
      case Token.GreaterEqual:
      case Token.ShrAssign:
      case Token.UshrAssign:
        // `Func<Box<A>=>R>`
        if (kindAt(i + 1) != Token.Greater) return -1;
        angles -= kindAt(i) == Token.GreaterEqual ? 1 : kindAt(i) == Token.ShrAssign ? 2 : 3;
        i++;
        break;
      case Token.ParenOpen:
        parens++;
        break;
      case Token.ParenClose:
        parens--;
        break;
      case Token.Name:
      case Token.Primitive:
        // `a < b c`
        if (kindAt(i + 1) == Token.Name || kindAt(i + 1) == Token.Primitive) return -1;
        break;
      case Token.Comma:
        if (angles == 0 && parens == 1) sawComma = true;
        break;
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
    if (angles < 0 || parens < 0) return -1;
    if (angles == 0 && parens == 0) return i + 1;
  }
  return -1;
}

/**
 * Index of the token behind the type that begins `ahead`; -1 if none does, or it is longer than can be looked at.
 * A `?` counts when it touches what is before it, so that `a ? b : c` is none.
 */
export function behindType(ahead: i32): i32 {
  let i = ahead + 1;
  if (kindAt(ahead) == Token.ParenOpen) {
    i = behindBrackets(ahead);
    if (i < 0 || !sawComma) return -1;
  } else if (kindAt(ahead) != Token.Primitive && kindAt(ahead) != Token.Name) return -1;
  else if (isCapitalAt(ahead) && (kindAt(i) == Token.Less || kindAt(i) == Token.LessEqual)) {
    i = behindBrackets(i);
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

/** Does a tuple's type with a name behind it begin here: `(A, B) x`? */
export function isNamedTuple(): bool {
  if (kind() != Token.ParenOpen) return false;
  const behind = behindType(0);
  return behind > 0 && kindAt(behind) == Token.Name && !onNewLineAt(behind);
}

/** Index behind the type parameters `<…>` that begin `ahead`, or `ahead` if there are none there; -1 if it is something else. */
export function behindParameters(ahead: i32): i32 {
  return kindAt(ahead) == Token.Less && !onNewLineAt(ahead) ? behindBrackets(ahead) : ahead;
}

/** A type node that stands for an inferred type, at these bytes. */
export function inferredType(from: i32, to: i32): Node {
  return newNode(T_VAR, from, to);
}

// Types that wait for what is within their brackets: node, last part, levels of nesting that its own suffixes took.
const waiting = new IntVector();
const WAITING: i32 = 2;
// Levels entered by the type being parsed.
let entered: i32 = 0;

// Opens the brackets of a type: true if parts follow.
function openBrackets(type: Node, outermost: bool): bool {
  const token = kind();
  if (token != Token.Less && token != Token.LessEqual) return false;
  if (outermost && (behindBrackets(0) < 0 || (token == Token.Less && kindAt(1) == Token.Greater))) return false;
  if (!enter(startOf(type), lastEnd)) return false;
  entered++;
  advance();
  if (aOf(type) == internLiteral('Func')) {
    setKind(type, T_FUNC);
    setA(type, 0);
    // `<=` was the beginning of `<=>`: no parameters.
    if (token == Token.LessEqual) {
      advance();
      setOp(type, AT_RESULT);
    } else if (take(Token.FatArrow)) setOp(type, AT_RESULT);
  }
  waiting.push(<i32>type);
  waiting.push(0);
  return true;
}

// Of a T_FUNC that waits: its result is next.
const AT_RESULT: i32 = 1;

// The first token of a type: a name, with its brackets open or none, or the `(` of a tuple type. 0: something else, reported.
function beginType(outermost: bool): Node {
  const token = kind();
  if (token == Token.ParenOpen && (!outermost || behindType(0) > 0)) {
    const tuple = newNode(T_TUPLE, start(), end());
    if (!enter(start(), end())) return 0;
    entered++;
    advance();
    waiting.push(<i32>tuple);
    waiting.push(0);
    return tuple;
  }
  if (token != Token.Primitive && token != Token.Name) {
    reportFound(K0205_EXPECTED_TYPE);
    return 0;
  }
  const type = newNode(T_NAME, start(), end());
  setA(type, value());
  advance();
  return type;
}

// `[]`, `?` and `..` behind a type.
function parseSuffixes(inner: Node): Node {
  let type = inner;
  while (!onNewLine()) {
    let wrapper = 0;
    if (kind() == Token.BracketOpen && kindAt(1) == Token.BracketClose) {
      advance();
      wrapper = T_ARRAY;
    } else if (kind() == Token.Question && start() == lastEnd) wrapper = T_NULLABLE;
    else if (kind() == Token.DotDot) {
      demand(internLiteral('Iterator'));
      wrapper = T_ITERATOR;
    } else break;
    advance();
    if (!enter(startOf(type), lastEnd)) break;
    entered++;
    const node = newNode(wrapper, startOf(type), lastEnd);
    setA(node, <i32>type);
    type = node;
  }
  return type;
}

// Gives the type that waits a part. 1: another part is next; 0: it is complete; -1: neither, reported.
function acceptPart(part: Node): i32 {
  const type = <Node>waiting.get(waiting.length - WAITING);
  const last = <Node>waiting.top();
  const isFunc = kindOf(type) == T_FUNC;
  if (isFunc && opOf(type) == AT_RESULT) {
    setB(type, <i32>part);
    setOp(type, 0);
  } else {
    if (last != 0) setNext(last, part);
    else if (kindOf(type) == T_NAME) setB(type, <i32>part);
    else setA(type, <i32>part);
    waiting.set(waiting.length - 1, <i32>part);
    if (take(Token.Comma)) return 1;
    if (kindOf(type) == T_TUPLE && last == 0) {
      reportFound(K0201_EXPECTED_TOKEN, internLiteral('`,`'));
      return -1;
    }
    if (isFunc && take(Token.FatArrow)) {
      setOp(type, AT_RESULT);
      return 1;
    }
    if (isFunc) {
      reportFound(K0201_EXPECTED_TOKEN, internLiteral('`,` or `=>`'));
      return -1;
    }
  }
  if (kindOf(type) == T_TUPLE ? take(Token.ParenClose) : takeGreater()) {
    setEnd(type, lastEnd);
    if (kindOf(type) == T_TUPLE) {
      let count = 0;
      for (let e = <Node>aOf(type); e != 0; e = nextOf(e)) count++;
      noteTuple(count, startOf(type), lastEnd);
    }
    return 0;
  }
  reportFound(
    K0201_EXPECTED_TOKEN,
    internLiteral(kindOf(type) == T_TUPLE ? '`,` or `)`' : isFunc ? '`>`' : '`,` or `>`'),
  );
  return -1;
}

// A type; `suffixes`: those behind the whole of it, too; `sure`: a `<` cannot be less-than.
function parse(suffixes: bool, sure: bool): Node {
  waiting.length = 0;
  let wanted = true;
  let type: Node = 0;
  do {
    if (wanted) {
      const outermost = waiting.length == 0;
      type = beginType(outermost);
      if (type == 0) return 0;
      if (kindOf(type) == T_TUPLE || openBrackets(type, outermost && !sure)) continue;
    } else {
      type = <Node>waiting.get(waiting.length - WAITING);
      waiting.length -= WAITING;
    }
    if (suffixes || waiting.length > 0) type = parseSuffixes(type);
    if (waiting.length == 0) break;
    const next = acceptPart(type);
    if (next < 0) return 0;
    wanted = next == 1;
  } while (!gaveUp);
  return type;
}

function parseLevels(suffixes: bool, sure: bool = false): Node {
  const token = kind();
  if (token == Token.Var || token == Token.Def) {
    const inferred = inferredType(start(), end());
    advance();
    return inferred;
  }
  entered = 0;
  const type = parse(suffixes, sure);
  leave(entered);
  return type;
}

/** Parses a type without the brackets and signs behind it; 0 and K0205 if there is none. */
export function parseTypeName(): Node {
  return parseLevels(false);
}

/** Parses a type; 0 and K0205 if there is none. */
export function parseType(): Node {
  return parseLevels(true);
}

/**
 * Type parameters `<T, U extends Bound>`, the next token being `<`: a chain of T_PARAMETER behind that of `before`, with
 * this op; 0 after an error.
 */
export function parseTypeParameters(before: Node, op: i32): Node {
  let head = before;
  let tail = before;
  while (tail != 0 && nextOf(tail) != 0) tail = nextOf(tail);
  advance();
  do {
    const node = newNode(T_PARAMETER, start(), end());
    const name = expectName();
    if (name == 0) return 0;
    setA(node, name);
    setOp(node, op);
    if (take(Token.Extends)) {
      const bound = parseLevels(true, true);
      if (bound == 0) return 0;
      setB(node, <i32>bound);
      setEnd(node, lastEnd);
    }
    if (tail != 0) setNext(tail, node);
    else head = node;
    tail = node;
  } while (take(Token.Comma));
  if (takeGreater()) return head;
  reportFound(K0201_EXPECTED_TOKEN, internLiteral('`,` or `>`'));
  return 0;
}

// Copies still to make: the type, and the address of the word that its copy belongs to.
const copying = new IntVector();

/** Another node tree for the same type: declarators do not share theirs. */
export function copyType(type: Node): Node {
  const top = memory.data(4);
  store<i32>(top, 0);
  copying.length = 0;
  copying.push(<i32>type);
  copying.push(<i32>top);
  while (copying.length > 0) {
    const place = <usize>copying.pop();
    const from = <Node>copying.pop();
    const copy = newNode(kindOf(from), startOf(from), endOf(from));
    store<i32>(place, <i32>copy);
    setA(copy, aOf(from));
    setB(copy, bOf(from));
    if (from != type && nextOf(from) != 0) copyInto(nextOf(from), copy + NEXT);
    if (kindOf(from) != T_NAME && aOf(from) != 0) copyInto(<Node>aOf(from), copy + A);
    if (bOf(from) != 0) copyInto(<Node>bOf(from), copy + B);
  }
  return <Node>load<i32>(top);
}

// Where a record's words lie.
const NEXT: usize = 12;
const A: usize = 16;
const B: usize = 20;

function copyInto(from: Node, place: usize): void {
  copying.push(<i32>from);
  copying.push(<i32>place);
}

/** Java's `int a[]`: K0213, and the brackets are passed. */
export function refuseArrayDeclarator(): void {
  if (kind() != Token.BracketOpen || onNewLine()) return;
  const from = start();
  skipBalanced();
  notYet(from, lastEnd, 'an array declarator behind the name', 'write int[] a');
}
