/** Object literals: `Point{x: 1, y: 2}` is `new Point(1, 2)`. */
import {
  K0201_EXPECTED_TOKEN,
  K0304_UNKNOWN_FIELD,
  K0306_ALREADY_DEFINED,
  K0405_ARGUMENT_COUNT,
} from '../diagnostics/codes.generated';
import { Text, internLiteral } from '../support/texts';
import {
  NEW,
  Node,
  STRING_LITERAL,
  aOf,
  bOf,
  kindOf,
  nextOf,
  setA,
  setB,
  setKind,
  setNext,
  setOp,
} from '../syntax/ast';
import { lineText } from './declare';
import { findClass, findConstructor } from './lookup';
import { MethodInfo } from './model';
import { consider, displayName, numberText, problem, startSuggestion, suggestion } from './problem';

/**
 * Makes the literal at `n` a NEW, with an argument for each parameter of the constructor that it names; those behind the last
 * one named keep their defaults. False, and reported, if it names something else.
 */
export function openObject(n: Node): bool {
  const type = <Node>bOf(n);
  const c = findClass(aOf(type));
  const m: MethodInfo | null = c ? findConstructor(c) : null;
  let fits = true;
  let named = 0;
  for (let key = <Node>aOf(n); key != 0; key = nextOf(nextOf(key))) {
    if (kindOf(key) != STRING_LITERAL) {
      problem(K0201_EXPECTED_TOKEN, key, internLiteral('the name of a parameter'), internLiteral('an expression'));
      return false;
    }
    named++;
    if (valueOf(<Node>aOf(n), aOf(key)) != nextOf(key)) {
      problem(K0306_ALREADY_DEFINED, key, aOf(key), lineText(key));
      fits = false;
    } else if (c && (!m || !hasParameter(m, aOf(key)))) {
      problem(K0304_UNKNOWN_FIELD, key, displayName(c.name), aOf(key), m ? similarParameter(m, aOf(key)) : 0);
      fits = false;
    }
  }
  if (!fits) return false;
  // Values in the order of the parameters.
  let first: Node = 0;
  let last: Node = 0;
  let given = 0;
  const keys = <Node>aOf(n);
  for (let i = 0; m && i < m.params.length && given < named; i++) {
    const value = valueOf(keys, m.params[i].name);
    if (value == 0) {
      problem(K0405_ARGUMENT_COUNT, n, displayName(c!.name), numberText(<i64>m.params.length), numberText(<i64>named));
      return false;
    }
    order.push(value);
    given++;
  }
  for (let i = 0; i < order.length; i++) {
    if (last != 0) setNext(last, order[i]);
    else first = order[i];
    last = order[i];
  }
  if (last != 0) setNext(last, 0);
  order.length = 0;
  setKind(n, NEW);
  setOp(n, 0);
  setA(n, <i32>type);
  setB(n, <i32>first);
  return true;
}

const order = new Array<Node>();

// The first value with this name; 0 if there is none.
function valueOf(keys: Node, name: Text): Node {
  for (let key = keys; key != 0; key = nextOf(nextOf(key))) if (aOf(key) == name) return nextOf(key);
  return 0;
}

function hasParameter(m: MethodInfo, name: Text): bool {
  for (let i = 0; i < m.params.length; i++) if (m.params[i].name == name) return true;
  return false;
}

function similarParameter(m: MethodInfo, name: Text): Text {
  startSuggestion(name);
  for (let i = 0; i < m.params.length; i++) consider(m.params[i].name);
  return suggestion();
}
