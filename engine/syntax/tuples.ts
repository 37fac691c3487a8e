/**
 * Tuples, which are objects of the library's classes `TupleOf2` and so on, and statements that give several places their values:
 * `a, b = b, a` and `(int n, String s) = f()`. Such a statement becomes a SEQUENCE: variables of the compiler's own take
 * the values, from left to right, and then each place gets its own, from left to right.
 */
import { K0219_VALUE_COUNT, K0902_TOO_MANY } from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { Text, internBytes, internLiteral } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import {
  ASSIGN,
  BLOCK,
  EXPRESSION,
  INDEX,
  INT_LITERAL,
  NAME,
  NEW,
  N_TUPLE,
  Node,
  SEQUENCE,
  T_NAME,
  VARIABLE,
  V_HIDDEN,
  X_PART,
  aOf,
  bOf,
  endOf,
  kindOf,
  newNode,
  nextOf,
  opOf,
  setA,
  setB,
  setC,
  setD,
  setEnd,
  setNext,
  setOp,
  startOf,
} from './ast';
import { demand } from './mentions';
import { inferredType } from './parse-types';

/** Elements of the widest tuple. */
export const MOST_ELEMENTS: i32 = 6;

/** Name of the library's class of tuples of so many elements. */
export function tupleClassName(count: i32): Text {
  switch (count) {
    case 2:
      return internLiteral('TupleOf2');
    case 3:
      return internLiteral('TupleOf3');
    case 4:
      return internLiteral('TupleOf4');
    case 5:
      return internLiteral('TupleOf5');
    default:
      return internLiteral('TupleOf6');
  }
}

/** Is it the name of one of them? */
export function isTupleClass(name: Text): bool {
  for (let count = 2; count <= MOST_ELEMENTS; count++) if (tupleClassName(count) == name) return true;
  return false;
}

/** A tuple of so many elements was read at these bytes. K0902 if it is too wide. */
export function noteTuple(count: i32, start: i32, end: i32): void {
  if (count > MOST_ELEMENTS)
    report(K0902_TOO_MANY, start, end, internLiteral('elements of a tuple'), internLiteral('6'));
  demand(tupleClassName(count));
}

/** Makes a NEW with all elements of a tuple what it says. */
export function finishTuple(node: Node, end: i32): void {
  let count = 0;
  for (let e = <Node>bOf(node); e != 0; e = nextOf(e)) count++;
  noteTuple(count, startOf(node), end);
  const type = newNode(T_NAME, startOf(node), end);
  setA(type, tupleClassName(count));
  setA(node, <i32>type);
  setOp(node, N_TUPLE);
}

/** Is it a tuple as it is written? */
export function isTupleLiteral(n: Node): bool {
  return kindOf(n) == NEW && opOf(n) == N_TUPLE;
}

// ---- several places ----

let firstOfAll: Node = 0;
let lastOfAll: Node = 0;

function add(statement: Node): void {
  if (lastOfAll != 0) setNext(lastOfAll, statement);
  else firstOfAll = statement;
  lastOfAll = statement;
}

/** A name that no script can write: `<12.0>`, of its place. */
export function hiddenName(place: Node, index: i32): Text {
  const out = new ByteVector(16);
  out.byte(60);
  out.decimal(<i64>startOf(place));
  out.byte(46);
  out.decimal(<i64>index);
  out.byte(62);
  return internBytes(out);
}

// A variable of the compiler's own that takes the value, which then goes to `place`; its name.
function keep(value: Node, index: i32, place: Node = 0): Text {
  const name = hiddenName(value, index);
  const variable = newNode(VARIABLE, startOf(value), endOf(value));
  setOp(variable, V_HIDDEN);
  setA(variable, <i32>inferredType(startOf(value), startOf(value)));
  setB(variable, name);
  setC(variable, <i32>value);
  setD(variable, <i32>place);
  add(variable);
  return name;
}

function named(name: Text, at: Node): Node {
  const node = newNode(NAME, startOf(at), endOf(at));
  setA(node, name);
  return node;
}

// One of `count` elements of the tuple in that variable.
function part(tuple: Text, at: Node, index: i32, count: i32): Node {
  const position = newNode(INT_LITERAL, startOf(at), endOf(at));
  setA(position, index);
  const node = newNode(INDEX, startOf(at), endOf(at));
  setOp(node, X_PART);
  setA(node, <i32>named(tuple, at));
  setB(node, <i32>position);
  setC(node, count);
  return node;
}

// What a place gets: a VARIABLE that is declared, or an expression that is assigned to.
function give(place: Node, value: Node): void {
  if (kindOf(place) == VARIABLE) {
    setC(place, <i32>value);
    return add(place);
  }
  const assignment = newNode(ASSIGN, startOf(place), endOf(place));
  setA(assignment, <i32>place);
  setB(assignment, <i32>value);
  const statement = newNode(EXPRESSION, startOf(place), endOf(place));
  setA(statement, <i32>assignment);
  add(statement);
}

function numberOf(value: i32): Text {
  const out = new ByteVector(8);
  out.decimal(<i64>value);
  return internBytes(out);
}

function countOf(first: Node): i32 {
  let count = 0;
  for (let n = first; n != 0; n = nextOf(n)) count++;
  return count;
}

/** The body of a foreach that takes a tuple apart in each round: its variable `tuple` holds it. */
export function takeApart(places: Node, tuple: Text, body: Node): Node {
  firstOfAll = 0;
  lastOfAll = 0;
  const node = newNode(SEQUENCE, startOf(places), endOf(places));
  const count = countOf(places);
  let place = places;
  for (let index = 0; place != 0; index++) {
    const next = nextOf(place);
    setNext(place, 0);
    give(place, part(tuple, place, index, count));
    place = next;
  }
  setA(node, <i32>firstOfAll);
  const block = newNode(BLOCK, startOf(places), endOf(body));
  setA(block, <i32>node);
  setNext(node, body);
  return block;
}

/**
 * The statement that a list of expressions is, `a`, `b = c`, `d`: one of them is an assignment, at whose `=` the places end and the values
 * begin. 0: it is none.
 */
export function assignList(first: Node): Node {
  let before: Node = 0;
  for (let n = first; n != 0; n = nextOf(n)) {
    if (kindOf(n) != ASSIGN || opOf(n) != 0) {
      before = n;
      continue;
    }
    const place = <Node>aOf(n);
    const value = <Node>bOf(n);
    setNext(value, nextOf(n));
    if (before != 0) setNext(before, place);
    return assignAll(before != 0 ? first : place, value);
  }
  return 0;
}

/** The SEQUENCE that gives the places of a list the values of another: one for each, or a tuple. K0219 if there is another number. */
export function assignAll(places: Node, values: Node): Node {
  firstOfAll = 0;
  lastOfAll = 0;
  const count = countOf(places);
  let value = nextOf(values) == 0 && isTupleLiteral(values) ? <Node>bOf(values) : values;
  const given = countOf(value);
  const node = newNode(SEQUENCE, startOf(places), endOf(values));
  if (given != count && (given != 1 || count < 2)) {
    report(K0219_VALUE_COUNT, startOf(values), endOf(values), numberOf(count), numberOf(given));
    return node;
  }
  const tuple: Text = given == 1 ? keep(value, 0) : 0;
  const names = new Array<Text>();
  const kept = new IntVector(8);
  let to = places;
  for (let index = 0; given > 1 && value != 0; index++, to = nextOf(to)) {
    const next = nextOf(value);
    setNext(value, 0);
    names.push(keep(value, index, to));
    kept.push(<i32>value);
    setEnd(node, endOf(value));
    value = next;
  }
  let place = places;
  for (let index = 0; place != 0; index++) {
    const next = nextOf(place);
    setNext(place, 0);
    if (given == 1) give(place, part(tuple, values, index, count));
    else give(place, named(names[index], <Node>kept.get(index)));
    place = next;
  }
  setA(node, <i32>firstOfAll);
  return node;
}
