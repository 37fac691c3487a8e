/** Functions, classes and their members: heads are parsed, frames opened for what follows. */
import { K0201_EXPECTED_TOKEN } from '../diagnostics/codes.generated';
import { internLiteral } from '../support/texts';
import { aOf, FIELD, nextOf, Node, setF } from './ast';
import {
  advance,
  end,
  kind,
  kindAt,
  lastEnd,
  onNewLineAt,
  notYet,
  reportFound,
  skipBalanced,
  skipStatement,
  start,
  take,
  value,
} from './cursor';
import { parseAnnotations, withoutScriptAnnotations } from './parse-annotations';
import {
  declaratorBrackets,
  declaratorFailed,
  isFunctionName,
  isInterface,
  isTypedDeclaration,
  parseClassHead,
  parseDeclarators,
  parseFunctionHead,
  parseTranslatorHead,
  refuseModifiers,
  reportNoResultType,
} from './parse-declarations';
import { atStatementEnd, emptyStatement, endStatement } from './parse-simple-statements';
import { behindType, inferredType, parseType } from './parse-types';
import { dropFrame, frameKind, frameNode, FUNCTION_BODY, ITEMS, MEMBERS, pushFrame } from './statement-stack';
import { isNameLike, Token } from './tokens';

/** The type of a declaration; with `final x = 1` an inferred one. */
export function parseDeclaredType(isFinal: bool): Node {
  if (isFinal && isNameLike(kind()) && kindAt(1) == Token.Assign) return inferredType(start(), start());
  return parseType();
}

/** The end of declarators, and their chain. */
export function finishDeclarators(chain: Node): Node {
  if (declaratorFailed) skipStatement(declaratorBrackets);
  else endStatement();
  return chain != 0 ? chain : emptyStatement();
}

/** A function, its result type passed (0 for a constructor). */
export function beginFunction(from: i32, result: Node, annotations: Node): Node {
  const nameStart = start();
  const nameEnd = end();
  const node = parseFunctionHead(from, result);
  if (node == 0) {
    skipStatement(0);
    if (kind() == Token.BraceOpen) skipBalanced();
    return emptyStatement();
  }
  setF(node, <i32>annotations);
  const nested = frameKind() != ITEMS && frameKind() != MEMBERS;
  if (nested) notYet(nameStart, nameEnd, 'a function within a function', 'move it to the top level of the file');
  if (kind() != Token.BraceOpen && atStatementEnd()) {
    endStatement();
    return nested ? emptyStatement() : node;
  }
  if (!pushFrame(FUNCTION_BODY, node, from)) return node;
  if (nested) dropFrame();
  return 0;
}

/** Is `String : (` here? */
export function isTranslator(): bool {
  if (kind() != Token.Primitive && kind() != Token.Name && kind() != Token.ParenOpen) return false;
  const colon = behindType(0);
  return colon > 0 && kindAt(colon) == Token.Colon && kindAt(colon + 1) == Token.ParenOpen && !onNewLineAt(colon);
}

/** `String : (Person p) { … }`: a FUNCTION without a name of its own. */
export function beginTranslator(annotations: Node): Node {
  const from = start();
  const result = parseType();
  advance();
  const node = parseTranslatorHead(from, result);
  if (node == 0) {
    skipStatement(0);
    if (kind() == Token.BraceOpen) skipBalanced();
    return emptyStatement();
  }
  setF(node, <i32>annotations);
  if (kind() != Token.BraceOpen && atStatementEnd()) {
    endStatement();
    return node;
  }
  return pushFrame(FUNCTION_BODY, node, from) ? 0 : node;
}

/** A class; 0 if its members follow. */
export function beginClass(annotations: Node): Node {
  const from = start();
  const node = parseClassHead();
  if (node == 0) {
    skipStatement(0);
    if (kind() == Token.BraceOpen) skipBalanced();
    return emptyStatement();
  }
  setF(node, <i32>annotations);
  const nested = frameKind() != ITEMS;
  if (nested) notYet(from, lastEnd, 'a class within something else', 'move it to the top level of the file');
  if (kind() != Token.BraceOpen) {
    endStatement();
    return nested ? emptyStatement() : node;
  }
  if (!pushFrame(MEMBERS, node, start())) return node;
  if (nested) dropFrame();
  advance();
  return 0;
}

/** A field, method or constructor. */
export function beginMember(): Node {
  const annotations = withoutScriptAnnotations(parseAnnotations());
  refuseModifiers();
  const from = start();
  if (take(Token.Semicolon)) return emptyStatement();
  if (kind() == Token.Class || isInterface()) return beginClass(annotations);
  if (isNameLike(kind()) && kindAt(1) == Token.ParenOpen) {
    if (value() == aOf(frameNode())) return beginFunction(from, 0, annotations);
    reportNoResultType();
    return beginFunction(from, inferredType(from, from), annotations);
  }
  const isFinal = take(Token.Final);
  if (isFinal || kind() == Token.Var || kind() == Token.Def || kind() == Token.Primitive || isTypedDeclaration()) {
    const type = parseDeclaredType(isFinal);
    if (type != 0 && isFunctionName()) return beginFunction(from, type, annotations);
    if (type != 0) return finishFields(parseDeclarators(FIELD, type, isFinal, false), annotations);
  } else {
    reportFound(K0201_EXPECTED_TOKEN, internLiteral('a field or a method'));
    advance();
  }
  skipStatement(0);
  if (kind() == Token.BraceOpen) skipBalanced();
  return emptyStatement();
}

function finishFields(chain: Node, annotations: Node): Node {
  for (let field = chain; field != 0; field = nextOf(field)) setF(field, <i32>annotations);
  return finishDeclarators(chain);
}
