/** Annotations: `@Name` with literal arguments, and where they belong. */
import { K0201_EXPECTED_TOKEN, K0207_MISPLACED_ANNOTATION } from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { Text, internBytes, internLiteral, textAddress, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';
import {
  ANNOTATION,
  BOOLEAN_LITERAL,
  ERROR_EXPRESSION,
  FLOAT_LITERAL,
  INT_LITERAL,
  NULL_LITERAL,
  Node,
  STRING_LITERAL,
  aOf,
  bOf,
  endOf,
  kindOf,
  newNode,
  nextOf,
  setA,
  setB,
  setEnd,
  setNext,
  startOf,
} from './ast';
import { advance, end, kind, onNewLine, reportUnclosed, skipHeader, start, take, value } from './cursor';
import { failed, openBrackets } from './expression-state';
import { parseExpressions } from './parse-expressions';
import { isNamedTuple } from './parse-types';
import { Token } from './tokens';

function isLiteral(node: Node): bool {
  const kind = kindOf(node);
  return (
    kind == INT_LITERAL ||
    kind == FLOAT_LITERAL ||
    kind == STRING_LITERAL ||
    kind == BOOLEAN_LITERAL ||
    kind == NULL_LITERAL ||
    kind == ERROR_EXPRESSION
  );
}

function parseAnnotation(): Node {
  const node = newNode(ANNOTATION, start(), end());
  setA(node, value());
  advance();
  if (kind() != Token.ParenOpen || onNewLine() || isNamedTuple()) return node;
  const opener = start();
  advance();
  if (!take(Token.ParenClose)) {
    const first = parseExpressions(true);
    setB(node, <i32>first);
    for (let a = first; a != 0; a = nextOf(a)) {
      if (!isLiteral(a))
        report(K0201_EXPECTED_TOKEN, startOf(a), endOf(a), internLiteral('a literal'), internLiteral('an expression'));
    }
    if (failed) {
      skipHeader(openBrackets + 1);
    } else if (kind() == Token.ParenClose) {
      setEnd(node, end());
      advance();
    } else {
      reportUnclosed(opener, 1, '(', ')');
      skipHeader(1);
    }
  } else {
    setEnd(node, start());
  }
  return node;
}

/** Parses the annotations that stand here; the first of a chain, or 0. */
export function parseAnnotations(): Node {
  let head: Node = 0;
  let tail: Node = 0;
  while (kind() == Token.Annotation) {
    const node = parseAnnotation();
    if (tail != 0) setNext(tail, node);
    else head = node;
    tail = node;
  }
  return head;
}

/** Is it one of those that only the script as a whole can have? */
export function isScriptAnnotation(annotation: Node): bool {
  const name: Text = aOf(annotation);
  return (
    name == internLiteral('Name') ||
    name == internLiteral('Mode') ||
    name == internLiteral('Heap') ||
    name == internLiteral('Fuel')
  );
}

function spelled(annotation: Node): Text {
  const shown = new ByteVector(32);
  shown.byte(64);
  shown.bytes(textAddress(aOf(annotation)), textLength(aOf(annotation)));
  return internBytes(shown);
}

/** K0207 for each of a chain. */
export function refuseAnnotations(first: Node): void {
  for (let a = first; a != 0; a = nextOf(a)) misplaced(a);
}

function misplaced(a: Node): void {
  const hint = isScriptAnnotation(a)
    ? 'it belongs to the script: put it before everything else'
    : 'it belongs before a function, a method, a class or a field';
  report(
    K0207_MISPLACED_ANNOTATION,
    startOf(a),
    bOf(a) != 0 ? startOf(a) + 1 + textLength(aOf(a)) : endOf(a),
    spelled(a),
    internLiteral(hint),
  );
}

/**
 * Takes the script's annotations out of a chain: returns the rest; `scriptAnnotations` is what was taken. In front of the
 * first item, @Magic is the script's too.
 */
export function splitScriptAnnotations(first: Node, isFirstItem: bool): Node {
  scriptAnnotations = 0;
  let rest: Node = 0;
  let restTail: Node = 0;
  let scriptTail: Node = 0;
  for (let a = first; a != 0;) {
    const following = nextOf(a);
    setNext(a, 0);
    if (isScriptAnnotation(a) || (isFirstItem && aOf(a) == internLiteral('Magic'))) {
      if (scriptTail != 0) setNext(scriptTail, a);
      else scriptAnnotations = a;
      scriptTail = a;
    } else {
      if (restTail != 0) setNext(restTail, a);
      else rest = a;
      restTail = a;
    }
    a = following;
  }
  return rest;
}

/** First of the annotations that `splitScriptAnnotations` took, or 0. */
export let scriptAnnotations: Node = 0;

/** K0207 for those of the script's among a declaration's annotations; returns the others. */
export function withoutScriptAnnotations(first: Node): Node {
  const rest = splitScriptAnnotations(first, false);
  refuseAnnotations(scriptAnnotations);
  return rest;
}
