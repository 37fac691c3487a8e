/** Mutants of the engine: one small change in one line, of a kind that a person could make by mistake. */
import ts from 'typescript';

export interface Mutation {
  /** Bytes of the text that are replaced: `from` … `to` - 1, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly replacement: string;
  /** From 1. */
  readonly line: number;
  readonly what: string;
}

const { SyntaxKind } = ts;

/** What an operator is taken for by mistake. */
const OPERATORS: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [SyntaxKind.LessThanToken]: '<=',
  [SyntaxKind.LessThanEqualsToken]: '<',
  [SyntaxKind.GreaterThanToken]: '>=',
  [SyntaxKind.GreaterThanEqualsToken]: '>',
  [SyntaxKind.EqualsEqualsToken]: '!=',
  [SyntaxKind.ExclamationEqualsToken]: '==',
  [SyntaxKind.AmpersandAmpersandToken]: '||',
  [SyntaxKind.BarBarToken]: '&&',
  [SyntaxKind.PlusToken]: '-',
  [SyntaxKind.MinusToken]: '+',
  [SyntaxKind.AmpersandToken]: '|',
  [SyntaxKind.BarToken]: '&',
  [SyntaxKind.LessThanLessThanToken]: '>>>',
  [SyntaxKind.GreaterThanGreaterThanGreaterThanToken]: '<<',
  [SyntaxKind.PlusEqualsToken]: '-=',
  [SyntaxKind.MinusEqualsToken]: '+=',
};

/** Every mutation of a source text, in its order. */
export function mutationsOf(text: string): Mutation[] {
  const source = ts.createSourceFile('engine.ts', text, ts.ScriptTarget.Latest, true);
  const found: Mutation[] = [];
  const add = (node: ts.Node, replacement: string, what: string): void => {
    const from = node.getStart(source);
    const line = source.getLineAndCharacterOfPosition(from).line + 1;
    found.push({ from, to: node.getEnd(), replacement, line, what });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isBinaryExpression(node)) {
      const other = OPERATORS[node.operatorToken.kind];
      if (other) add(node.operatorToken, other, `${node.operatorToken.getText(source)} is ${other}`);
    } else if (ts.isIfStatement(node) || ts.isWhileStatement(node)) {
      const condition = node.expression.getText(source);
      if (ts.isIfStatement(node)) add(node.expression, `!(${condition})`, 'the condition is turned around');
    } else if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
      add(node, node.operand.getText(source), '! is left out');
    } else if (ts.isNumericLiteral(node) && /^\d{1,3}$/.test(node.text) && !isCapacity(node)) {
      add(node, String(Number(node.text) + 1), `${node.text} is one more`);
    } else if (node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword) {
      const other = node.kind === SyntaxKind.TrueKeyword ? 'false' : 'true';
      add(node, other, `it is ${other}`);
    } else if (ts.isExpressionStatement(node) && isCallOrAssignment(node.expression)) {
      add(node, ';', 'the statement is left out');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.sort((a, b) => a.from - b.from);
}

/** How much room a growing thing begins with, or by what it grows: another number is no mistake that anybody could see. */
function isCapacity({ parent }: ts.NumericLiteral): boolean {
  return ts.isNewExpression(parent) || (ts.isBinaryExpression(parent) && /capacity|room/i.test(parent.getText()));
}

function isCallOrAssignment(node: ts.Expression): boolean {
  if (ts.isCallExpression(node)) return node.expression.kind !== SyntaxKind.SuperKeyword;
  return ts.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken;
}

export function apply(text: string, { from, to, replacement }: Mutation): string {
  return text.slice(0, from) + replacement + text.slice(to);
}
