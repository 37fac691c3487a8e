/** Declarations up to their bodies: variables, fields, parameters, heads of functions and classes. */
import { K0201_EXPECTED_TOKEN, K0205_EXPECTED_TYPE, K0311_NAME_STYLE } from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { Text, intern, internLiteral } from '../support/texts';
import {
  CLASS,
  FIELD,
  FUNCTION,
  F_TRANSLATOR,
  INTERFACE,
  Node,
  PARAMETER,
  V_FINAL,
  V_OWNER,
  newNode,
  setA,
  setB,
  setC,
  setD,
  setE,
  setEnd,
  setG,
  setNext,
  setOp,
  setStart,
  startOf,
} from './ast';
import {
  advance,
  end,
  expectName,
  kind,
  kindAt,
  lastEnd,
  notYet,
  onNewLine,
  onNewLineAt,
  reportFound,
  reportUnclosed,
  skipBalanced,
  skipHeader,
  start,
  take,
  value,
} from './cursor';
import { failed, openBrackets } from './expression-state';
import { parseExpression } from './parse-expressions';
import {
  behindParameters,
  behindType,
  copyType,
  inferredType,
  isCapitalAt,
  isNamedTuple,
  parseType,
  parseTypeParameters,
  refuseArrayDeclarator,
} from './parse-types';
import { sourceAddress } from './source';
import { Token, isNameLike } from './tokens';

// Do the type parameters and the `(` of a function stand at `ahead`?
function isFunctionAt(ahead: i32): bool {
  const behind = behindParameters(ahead);
  return behind > 0 && kindAt(behind) == Token.ParenOpen;
}

// Do the owner and the name of a method from outside stand at `ahead`: `C.m(`?
function isOutsideAt(ahead: i32): bool {
  return isCapitalAt(ahead) && kindAt(ahead + 1) == Token.Dot && kindAt(ahead + 3) == Token.ParenOpen;
}

/** Can what follows the name at `ahead` only follow a declared one? */
function followsDeclared(ahead: i32): bool {
  if (onNewLineAt(ahead)) return kindAt(ahead) != Token.Colon;
  if (kindAt(ahead) == Token.Less) return isFunctionAt(ahead);
  switch (kindAt(ahead)) {
    case Token.Assign:
    case Token.Semicolon:
    case Token.Comma:
    case Token.ParenOpen:
    case Token.ParenClose:
    case Token.BraceClose:
    case Token.In:
    case Token.End:
      return true;
    default:
      return false;
  }
}

/** Does a declaration begin here that begins with a type: `int x`, `Name x`, `T[] x`, `T? x`, `(A, B) x`, `T f(…)`, `T C.m(…)`? */
export function isTypedDeclaration(): bool {
  if (isNamedTuple()) return true;
  if (kind() == Token.Primitive) return kindAt(1) != Token.Dot && kindAt(1) != Token.ColonColon;
  if (kind() != Token.Name) return false;
  const name = behindType(0);
  if (name < 0 || onNewLineAt(name)) return false;
  const plain = name == 1;
  if (kindAt(name) == Token.FieldName) return isCapitalAt(0) || !plain;
  if (!isNameLike(kindAt(name))) return false;
  if (kindAt(name) != Token.Name) {
    const next = kindAt(name + 1);
    return (
      (isCapitalAt(0) || !plain) &&
      (next == Token.Assign ||
        next == Token.Semicolon ||
        next == Token.Comma ||
        next == Token.ParenOpen ||
        (next == Token.Less && isFunctionAt(name + 1)))
    );
  }
  // A type that begins with a small letter is none, but `string s = …` is better told so.
  if (plain) return isCapitalAt(0) || kindAt(2) == Token.Assign;
  return kindAt(name - 1) != Token.Question || followsDeclared(name + 1) || (isCapitalAt(0) && isOutsideAt(name));
}

/** The name that a declaration gives; 0 after an error. Only a field may have it with an underscore. */
function declaredName(isField: bool): Text {
  if (kind() != Token.FieldName) return expectName();
  const name = value();
  if (!isField) {
    report(
      K0311_NAME_STYLE,
      start(),
      end(),
      intern(sourceAddress + <usize>start(), end() - start()),
      internLiteral('a letter'),
      internLiteral('_x means the field x of this object'),
    );
  }
  advance();
  return name;
}

/**
 * Declarators of one type, as a chain of nodes of `nodeKind` (VARIABLE or FIELD); `name = value, name, …`. Stops after an
 * error, with `failed` as in expressions if it was in a value; then or with no name the statement must recover.
 */
export function parseDeclarators(nodeKind: i32, type: Node, isFinal: bool, insideBrackets: bool): Node {
  let head: Node = 0;
  let tail: Node = 0;
  declaratorFailed = false;
  declaratorBrackets = 0;
  do {
    const node = newNode(nodeKind, head == 0 ? startOf(type) : start(), end());
    const name = declaredName(nodeKind == FIELD);
    if (name == 0) {
      declaratorFailed = true;
      return head;
    }
    setA(node, <i32>(head == 0 ? type : copyType(type)));
    setB(node, name);
    if (isFinal) setOp(node, V_FINAL);
    refuseArrayDeclarator();
    if (take(Token.Assign)) {
      setC(node, <i32>parseExpression(insideBrackets));
      declaratorFailed = failed;
      if (failed) declaratorBrackets = openBrackets;
    }
    setEnd(node, lastEnd);
    if (tail != 0) setNext(tail, node);
    else head = node;
    tail = node;
  } while (!declaratorFailed && take(Token.Comma));
  return head;
}

/** Did `parseDeclarators` stop at an error? */
export let declaratorFailed: bool = false;
/** Brackets that were open then. */
export let declaratorBrackets: i32 = 0;

/** The byte of a header's `(` and what may still follow in it; behind its `)` afterwards, or wherever a body may begin. */
function closeHeader(opener: i32, wanted: string): void {
  if (take(Token.ParenClose)) return;
  if (kind() == Token.End || kind() == Token.BraceOpen || onNewLine()) reportUnclosed(opener, 1, '(', ')');
  else reportFound(K0201_EXPECTED_TOKEN, internLiteral(wanted));
  skipHeader(1);
}

// Brackets open where the last parameter failed.
let parameterBrackets: i32 = 0;

/** One parameter; 0 after an error that the list cannot go on from. */
function parseParameter(): Node {
  parameterBrackets = 0;
  const from = start();
  let type: Node = 0;
  const isFinal = take(Token.Final);
  if (isNameLike(kind()) && (kindAt(1) == Token.Comma || kindAt(1) == Token.ParenClose || kindAt(1) == Token.Assign)) {
    // Its default tells the type, where there is one.
    type = inferredType(from, from);
  } else {
    type = parseType();
    if (type == 0) return 0;
  }
  const name = declaredName(false);
  if (name == 0) return 0;
  refuseArrayDeclarator();
  const node = newNode(PARAMETER, from, lastEnd);
  if (isFinal) setOp(node, V_FINAL);
  setA(node, <i32>type);
  setB(node, name);
  if (take(Token.Assign)) {
    setC(node, <i32>parseExpression(true));
    setEnd(node, lastEnd);
    if (failed) {
      parameterBrackets = openBrackets;
      return 0;
    }
  }
  return node;
}

/** `( … )`, the next token being `(`: a chain of PARAMETER, or 0. */
function parseParameters(): Node {
  const opener = start();
  let head: Node = 0;
  let tail: Node = 0;
  advance();
  if (take(Token.ParenClose)) return 0;
  for (;;) {
    if (kind() == Token.BraceOpen || kind() == Token.End) break;
    const node = parseParameter();
    if (node == 0) {
      skipHeader(1 + parameterBrackets);
      return head;
    }
    if (tail != 0) setNext(tail, node);
    else head = node;
    tail = node;
    if (!take(Token.Comma)) break;
  }
  closeHeader(opener, '`,` or `)`');
  return head;
}

/** Java's `throws A, B`: K0213. */
function refuseThrows(): void {
  if (kind() != Token.Throws) return;
  const from = start();
  advance();
  while (isNameLike(kind()) && !onNewLine()) {
    advance();
    if (!take(Token.Comma)) break;
  }
  notYet(from, lastEnd, 'throws', 'leave it out: any exception may be thrown');
}

/**
 * The head of a function: `name<T>(…)` or `Owner<T>.name(…)` behind its result type (0 for a constructor), with its
 * parameters. The body is the caller's. 0 after an error.
 */
export function parseFunctionHead(from: i32, result: Node): Node {
  let owner: Text = 0;
  let variables: Node = 0;
  const behind = kind() == Token.Name ? behindParameters(1) : -1;
  if (behind > 0 && kindAt(behind) == Token.Dot) {
    owner = value();
    advance();
    if (kind() == Token.Less) {
      variables = parseTypeParameters(0, V_OWNER);
      if (variables == 0) return 0;
    }
    advance();
  }
  const nameStart = start();
  const name = expectName();
  if (name == 0) return 0;
  const node = newNode(FUNCTION, from, lastEnd);
  setStart(node, result == 0 ? nameStart : from);
  setA(node, <i32>result);
  setB(node, name);
  setE(node, owner);
  if (kind() == Token.Less) {
    variables = parseTypeParameters(variables, 0);
    if (variables == 0) return 0;
  }
  setG(node, <i32>variables);
  if (kind() != Token.ParenOpen) {
    reportFound(K0201_EXPECTED_TOKEN, internLiteral('`(`'));
    return 0;
  }
  setC(node, <i32>parseParameters());
  setEnd(node, lastEnd);
  refuseThrows();
  return node;
}

/** The parameters of a translator, behind `String :`; 0 after an error. */
export function parseTranslatorHead(from: i32, result: Node): Node {
  const node = newNode(FUNCTION, from, lastEnd);
  setOp(node, F_TRANSLATOR);
  setA(node, <i32>result);
  setB(node, internLiteral('translator'));
  setC(node, <i32>parseParameters());
  setEnd(node, lastEnd);
  return node;
}

/** Is the declared name that comes next followed by what makes it a function? */
export function isFunctionName(): bool {
  if (!isNameLike(kind())) return false;
  const behind = behindParameters(1);
  return behind > 0 && (kindAt(behind) == Token.ParenOpen || (kind() == Token.Name && kindAt(behind) == Token.Dot));
}

/** The types behind `implements`, or behind the `extends` of an interface, as a chain; false after an error. */
function parseInterfaces(node: Node): bool {
  let tail: Node = 0;
  do {
    const type = parseType();
    if (type == 0) return false;
    if (tail != 0) setNext(tail, type);
    else setE(node, <i32>type);
    tail = type;
  } while (take(Token.Comma));
  return true;
}

/** Does an interface begin here? The word is a name elsewhere. */
export function isInterface(): bool {
  return kind() == Token.Interface && isCapitalAt(1) && !onNewLineAt(1) && kindAt(2) != Token.Assign;
}

/** The head of a class or interface, from `class` or `interface` up to what precedes `{`. 0 after an error. */
export function parseClassHead(): Node {
  const node = newNode(CLASS, start(), end());
  const interfaces = kind() == Token.Interface;
  if (interfaces) setOp(node, INTERFACE);
  advance();
  const name = expectName();
  if (name == 0) return 0;
  setA(node, name);
  if (kind() == Token.Less && !onNewLine()) {
    const variables = parseTypeParameters(0, 0);
    if (variables == 0) return 0;
    setG(node, <i32>variables);
  }
  if (kind() == Token.ParenOpen && !onNewLine()) setD(node, <i32>parseParameters());
  if (interfaces) {
    if (take(Token.Extends) && !parseInterfaces(node)) return 0;
    setEnd(node, lastEnd);
    return node;
  }
  if (take(Token.Extends)) {
    const above = parseType();
    if (above == 0) return 0;
    setB(node, <i32>above);
    if (kind() == Token.ParenOpen && !onNewLine()) {
      const from = start();
      skipBalanced();
      notYet(from, lastEnd, 'arguments for the class above', 'write a constructor that calls super(…)');
    }
  }
  if (take(Token.Implements) && !parseInterfaces(node)) return 0;
  setEnd(node, lastEnd);
  return node;
}

/** Java's modifiers before a declaration: K0213 with the annotation to write instead; they are passed. */
export function refuseModifiers(): void {
  for (;;) {
    const next = kindAt(1);
    if (!(
      isNameLike(next) ||
      next == Token.Primitive ||
      next == Token.Class ||
      next == Token.Final ||
      next == Token.Def ||
      next == Token.Var
    ))
      return;
    switch (kind()) {
      case Token.Public:
        notYet(start(), end(), 'public', 'leave it out: everything is public unless it is @Private');
        break;
      case Token.Protected:
        notYet(start(), end(), 'protected', 'leave it out, or write @Private');
        break;
      case Token.Private:
        notYet(start(), end(), 'private', 'write @Private');
        break;
      case Token.Static:
        notYet(start(), end(), 'static', 'write @Static');
        break;
      case Token.Abstract:
        notYet(start(), end(), 'abstract', 'write @Abstract');
        break;
      case Token.Synchronized:
        notYet(start(), end(), 'synchronized', 'leave it out: a script runs one operation at a time');
        break;
      default:
        return;
    }
    advance();
  }
}

/** K0205 for a method without a result type. */
export function reportNoResultType(): void {
  reportFound(K0205_EXPECTED_TYPE);
}
