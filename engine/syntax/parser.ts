/**
 * The parser: statements and declarations on an explicit stack of frames (`statement-stack.ts`). Each round either begins
 * the next child of the top frame or hands it a child that is complete.
 */
import { K0201_EXPECTED_TOKEN, K0212_TRY_ALONE } from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { checkpoint, stopped } from '../support/checkpoint';
import { internLiteral } from '../support/texts';
import {
  aOf,
  BLOCK,
  eOf,
  FOREACH,
  setE,
  bOf,
  BREAK,
  CASE,
  CONTINUE,
  DO,
  EMPTY,
  ERROR_EXPRESSION,
  fOf,
  IF,
  kindOf,
  LABELED,
  newNode,
  nextOf,
  Node,
  ROOT,
  setA,
  setB,
  setC,
  setD,
  setEnd,
  setF,
  setNext,
  startOf,
  SWITCH,
  TRY,
  VARIABLE,
  WHILE,
} from './ast';
import {
  beginClass,
  beginFunction,
  beginMember,
  beginTranslator,
  isTranslator,
  finishDeclarators,
  parseDeclaredType,
} from './begin-declarations';
import {
  advance,
  end,
  expect,
  gaveUp,
  giveUp,
  kind,
  kindAt,
  lastEnd,
  markStatement,
  notYet,
  onNewLineAt,
  passed,
  reportFound,
  reportUnclosed,
  skipBalanced,
  skipStatement,
  start,
  startCursor,
  take,
  value,
} from './cursor';
import {
  parseAnnotations,
  refuseAnnotations,
  scriptAnnotations,
  splitScriptAnnotations,
  withoutScriptAnnotations,
} from './parse-annotations';
import {
  isFunctionName,
  isInterface,
  isTypedDeclaration,
  parseDeclarators,
  refuseModifiers,
} from './parse-declarations';
import { failed } from './expression-state';
import { parseExpression } from './parse-expressions';
import { bodyCount, bodyEnd, bodyLambda, bodyStart, enterBody, startBodies } from './parse-lambdas';
import { parseCatchHeader, parseCondition, parseForHeader } from './parse-headers';
import {
  atStatementEnd,
  emptyStatement,
  endStatement,
  isTakingApart,
  parseAssert,
  parseExpressionStatement,
  parseImport,
  parseNamespace,
  parseJump,
  parsePrint,
  parseReturn,
  parseTakingApart,
  parseThrow,
  refuseStatement,
  reportNoLoop,
} from './parse-simple-statements';
import { takeApart } from './tuples';
import {
  appendChild,
  BODY,
  CASE_STATEMENTS,
  CASES,
  CATCH_BLOCK,
  DO_BODY,
  ELSE_BRANCH,
  emptyFrames,
  FINALLY_BLOCK,
  frameCount,
  frameKind,
  frameNode,
  frameOpener,
  frameTail,
  FUNCTION_BODY,
  isDropped,
  isSequence,
  ITEMS,
  MEMBERS,
  popFrame,
  pushFrame,
  setFrameKind,
  setFrameTail,
  STATEMENTS,
  THEN_BRANCH,
  TRY_BLOCK,
} from './statement-stack';
import { demandRanges } from './range-values';
import { isNameLike, Token } from './tokens';

/**
 * Parses `length` bytes of UTF-8 at `source` to a ROOT. Always a whole tree: what is wrong is reported
 * (`diagnostics/diagnostics.ts`), and ERROR_EXPRESSION, EMPTY or an empty BLOCK stands for what could not be read.
 * Offsets count from `base`.
 */
export function parse(source: usize, length: i32, base: i32 = 0): Node {
  startCursor(source, length, base);
  emptyFrames();
  startBodies();
  const root = newNode(ROOT, base, base + length);
  pushFrame(ITEMS, root, 0);
  parseFrames();
  parseBodies(source - <usize>base);
  demandRanges();
  return root;
}

// The bodies of lambdas, each a text of its own; those within them join the end of the list.
function parseBodies(source: usize): void {
  for (let i = 0; i < bodyCount() && !gaveUp && !stopped(); i++) {
    const from = bodyStart(i);
    startCursor(source + <usize>from, bodyEnd(i) - from, from);
    enterBody(i);
    const body = newNode(ROOT, from, bodyEnd(i));
    pushFrame(ITEMS, body, 0);
    parseFrames();
    emptyFrames();
    if (aOf(body) != 0) setB(bodyLambda(i), aOf(body));
  }
}

// Until all frames are closed.
function parseFrames(): void {
  let done: Node = 0;
  while (frameCount() > 0) {
    if (done != 0) {
      done = accept(done);
      continue;
    }
    if (!gaveUp && checkpoint()) giveUp();
    markStatement();
    if (isSequence(frameKind())) done = continueSequence();
    else if (frameKind() >= FUNCTION_BODY) done = beginRequiredBlock();
    else done = beginStatement();
  }
}

// Sequences.

function sequenceEnds(): bool {
  const token = kind();
  if (token == Token.End) return true;
  if (frameKind() == ITEMS) return false;
  if (token == Token.BraceClose) return true;
  return frameKind() == CASE_STATEMENTS && (token == Token.Case || token == Token.Default);
}

/** The next child of a sequence; the sequence itself when it ends. */
function continueSequence(): Node {
  if (sequenceEnds()) return closeSequence();
  const before = passed;
  const frames = frameCount();
  let child: Node = 0;
  if (frameKind() == MEMBERS) child = beginMember();
  else if (frameKind() == CASES) child = beginCase();
  else child = beginStatement();
  // Whatever happens, the next round does not see the same token.
  if (child != 0 && passed == before && frameCount() == frames) advance();
  return child;
}

function closeSequence(): Node {
  const sequence = frameKind();
  const node = frameNode();
  if (sequence != ITEMS && sequence != CASE_STATEMENTS) {
    setEnd(node, end());
    if (!take(Token.BraceClose)) reportUnclosed(frameOpener(), 1, '{', '}');
  } else if (sequence == CASE_STATEMENTS) {
    setEnd(node, lastEnd);
  }
  const dropped = isDropped();
  popFrame();
  if (frameCount() == 0) return 0;
  return dropped ? emptyStatement() : node;
}

/** Opens a block; the next token is `{`. */
function openBlock(): Node {
  const node = newNode(BLOCK, start(), end());
  if (!pushFrame(STATEMENTS, node, start())) return node;
  advance();
  return 0;
}

/** The block that a function, `try`, `catch` or `finally` needs. */
function beginRequiredBlock(): Node {
  if (kind() == Token.BraceOpen) return openBlock();
  reportFound(K0201_EXPECTED_TOKEN, internLiteral('`{`'));
  const node = newNode(BLOCK, start(), start());
  skipStatement(0);
  return node;
}

// Children that are complete.

/** A single node for a body: a chain of declarators becomes a block. */
function single(chain: Node): Node {
  if (nextOf(chain) == 0) return chain;
  const block = newNode(BLOCK, startOf(chain), lastEnd);
  setA(block, <i32>chain);
  return block;
}

/** Gives the top frame a child. The frame's own node if that completes it, else 0. */
function accept(child: Node): Node {
  const node = frameNode();
  switch (frameKind()) {
    case THEN_BRANCH:
      setB(node, <i32>single(child));
      if (kind() != Token.Else) return complete();
      advance();
      setFrameKind(ELSE_BRANCH);
      return 0;
    case ELSE_BRANCH:
      setC(node, <i32>single(child));
      return complete();
    case BODY:
      acceptBody(node, single(child));
      return complete();
    case DO_BODY:
      setA(node, <i32>single(child));
      finishDo(node);
      return complete();
    case FUNCTION_BODY:
      setD(node, <i32>child);
      return complete();
    case TRY_BLOCK:
      setA(node, <i32>child);
      return continueTry(node);
    case CATCH_BLOCK:
      setC(frameTail(), <i32>child);
      setEnd(frameTail(), lastEnd);
      return continueTry(node);
    case FINALLY_BLOCK:
      setC(node, <i32>child);
      return complete();
    default:
      // What was dropped among the members of a class leaves nothing behind.
      if (frameKind() != MEMBERS || kindOf(child) != EMPTY) appendChild(child);
      return 0;
  }
}

function complete(): Node {
  setEnd(frameNode(), lastEnd);
  const dropped = isDropped();
  const node = popFrame();
  return dropped ? emptyStatement() : node;
}

function acceptBody(node: Node, body: Node): void {
  const loop = kindOf(node);
  if (loop == WHILE || loop == LABELED) setB(node, <i32>body);
  else if (loop == FOREACH && eOf(node) != 0) {
    setD(node, <i32>takeApart(<Node>eOf(node), bOf(node), body));
    setE(node, 0);
  } else setD(node, <i32>body);
}

function finishDo(node: Node): void {
  if (!expect(Token.While, '`while`')) {
    setB(node, <i32>errorHere());
    skipStatement(0);
    return;
  }
  setB(node, <i32>parseCondition());
  setEnd(node, lastEnd);
  endStatement();
}

/** Stands for an expression that is missing. */
function errorHere(): Node {
  return newNode(ERROR_EXPRESSION, start(), start());
}

/** After a block of a `try`: the next `catch` or `finally`, or its end. */
function continueTry(node: Node): Node {
  if (kind() == Token.Catch) {
    const clause = parseCatchHeader();
    if (frameTail() != 0) setNext(frameTail(), clause);
    else setB(node, <i32>clause);
    setFrameTail(clause);
    setFrameKind(CATCH_BLOCK);
    return 0;
  }
  if (kind() == Token.Finally) {
    advance();
    setFrameKind(FINALLY_BLOCK);
    return 0;
  }
  if (bOf(node) == 0 && !gaveUp) report(K0212_TRY_ALONE, startOf(node), startOf(node) + 3);
  return complete();
}

// Statements.

/** Begins a statement: its node if it is complete, 0 if a frame waits for its parts. */
function beginStatement(): Node {
  const from = start();
  switch (kind()) {
    case Token.Annotation:
      return beginAnnotated();
    case Token.Semicolon: {
      const node = emptyStatement();
      advance();
      return node;
    }
    case Token.BraceOpen:
      return openBlock();
    case Token.If: {
      const node = newNode(IF, from, end());
      advance();
      setA(node, <i32>parseCondition());
      return open(THEN_BRANCH, node);
    }
    case Token.While: {
      const node = newNode(WHILE, from, end());
      advance();
      setA(node, <i32>parseCondition());
      return open(BODY, node);
    }
    case Token.Do: {
      const node = newNode(DO, from, end());
      advance();
      return open(DO_BODY, node);
    }
    case Token.For:
      advance();
      return open(BODY, parseForHeader(from, false));
    case Token.Foreach:
      advance();
      return open(BODY, parseForHeader(from, true));
    case Token.Switch:
      return beginSwitch();
    case Token.Try: {
      const node = newNode(TRY, from, end());
      advance();
      return open(TRY_BLOCK, node);
    }
    case Token.Break:
      return parseJump(BREAK);
    case Token.Continue:
      return parseJump(CONTINUE);
    case Token.Return:
      return parseReturn();
    case Token.Throw:
      return parseThrow();
    case Token.Assert:
      return parseAssert();
    case Token.ParenOpen:
      if (isTakingApart()) return parseTakingApart();
      break;
    case Token.Print:
      if (!isOrdinaryName(1)) return parsePrint();
      break;
    case Token.Namespace: {
      const node = parseNamespace(frameKind() == ITEMS);
      if (node != 0) return node;
      break;
    }
    case Token.Import:
    case Token.Using: {
      const node = parseImport(frameKind() == ITEMS);
      if (node != 0) return node;
      break;
    }
    default:
      break;
  }
  return beginDeclaration(0);
}

/** Is a word that could introduce a statement used as a name here, by what stands `ahead`? */
function isOrdinaryName(ahead: i32): bool {
  const token = kindAt(ahead);
  return (
    token == Token.Assign ||
    token == Token.Dot ||
    token == Token.Increment ||
    token == Token.Decrement ||
    token == Token.AddAssign ||
    token == Token.SubAssign
  );
}

/** Opens a frame for a node that waits for its parts. */
function open(frame: i32, node: Node): Node {
  return pushFrame(frame, node, startOf(node)) ? 0 : node;
}

function beginSwitch(): Node {
  const node = newNode(SWITCH, start(), end());
  advance();
  setA(node, <i32>parseCondition());
  const opener = start();
  if (!expect(Token.BraceOpen, '`{`')) {
    skipStatement(0);
    return node;
  }
  return pushFrame(CASES, node, opener) ? 0 : node;
}

/** `case e:` or `default:`, and the frame for its statements. */
function beginCase(): Node {
  const node = newNode(CASE, start(), end());
  let broken: bool = false;
  if (take(Token.Case)) {
    setA(node, <i32>parseExpression(false));
    broken = failed;
    if (kind() == Token.Comma) {
      notYet(start(), end(), 'several constants in one case', 'write case a: case b:');
      broken = true;
    }
  } else if (!take(Token.Default)) {
    reportFound(K0201_EXPECTED_TOKEN, internLiteral('`case`, `default` or `}`'));
    // An ERROR_EXPRESSION as its constant: a second `default` would be another error.
    setA(node, <i32>errorHere());
    skipToCase();
    return node;
  }
  if (kind() == Token.Arrow) {
    notYet(start(), end(), 'case e ->', 'write case e: … break');
    advance();
  } else {
    while (broken && kind() != Token.Colon && !atStatementEnd()) advance();
    if (!take(Token.Colon) && !broken) reportFound(K0201_EXPECTED_TOKEN, internLiteral('`:`'));
  }
  pushFrame(CASE_STATEMENTS, node, startOf(node));
  return 0;
}

function skipToCase(): void {
  for (;;) {
    const token = kind();
    if (token == Token.Case || token == Token.Default || token == Token.BraceClose || token == Token.End) return;
    if (token == Token.BraceOpen) skipBalanced();
    else advance();
  }
}

// Declarations.

/** A statement that begins with annotations. */
function beginAnnotated(): Node {
  let annotations = parseAnnotations();
  const root = frameNode();
  if (frameKind() == ITEMS && aOf(root) == 0) {
    annotations = splitScriptAnnotations(annotations, true);
    appendScriptAnnotations(root);
    if (annotations == 0 && (kind() == Token.Semicolon || kind() == Token.End)) {
      advance();
      return emptyStatement();
    }
  } else {
    annotations = withoutScriptAnnotations(annotations);
  }
  return annotations == 0 ? beginStatement() : beginDeclaration(annotations);
}

function appendScriptAnnotations(root: Node): void {
  if (fOf(root) == 0) {
    setF(root, <i32>scriptAnnotations);
    return;
  }
  let last = <Node>fOf(root);
  while (nextOf(last) != 0) last = nextOf(last);
  setNext(last, scriptAnnotations);
}

/** A declaration, or an expression. Annotations that nothing here can have are reported. */
function beginDeclaration(annotations: Node): Node {
  refuseModifiers();
  const from = start();
  if (kind() == Token.Class || isInterface()) return beginClass(annotations);
  const isConst = annotations != 0 && aOf(annotations) == internLiteral('Const') && nextOf(annotations) == 0;
  const isFinal = take(Token.Final);
  if (frameKind() == ITEMS && isTranslator()) return beginTranslator(annotations);
  if (isFinal || kind() == Token.Var || kind() == Token.Def || isTypedDeclaration()) {
    const type = parseDeclaredType(isFinal);
    if (type == 0) {
      skipStatement(0);
      return emptyStatement();
    }
    if (isFunctionName()) return beginFunction(from, type, annotations);
    if (!isConst) refuseAnnotations(annotations);
    return finishDeclarators(parseDeclarators(VARIABLE, type, isFinal || isConst, false));
  }
  refuseAnnotations(annotations);
  const refused = refuseStatement();
  if (refused != 0) return refused;
  if (isNameLike(kind()) && kindAt(1) == Token.Colon && !onNewLineAt(1)) return beginLabeled();
  return parseExpressionStatement();
}

function beginLabeled(): Node {
  const node = newNode(LABELED, start(), end());
  setA(node, value());
  advance();
  advance();
  const token = kind();
  if (token != Token.While && token != Token.Do && token != Token.For && token != Token.Foreach) {
    reportNoLoop();
    skipStatement(0);
    return emptyStatement();
  }
  return open(BODY, node);
}
