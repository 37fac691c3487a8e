/** Runs frames: the one loop of the code generator. */
import { BLOCK } from '../syntax/ast';
import { frameDepth, generate, peekKind, resume } from './frames';
import { Node } from '../syntax/ast';
import { stepExpression } from './expressions';
import { stepStatement } from './statements';

/** Generates one node with all below it. */
export function generateAll(n: Node, mode: i32, dest: i32, want: i32): void {
  const floor = frameDepth();
  generate(n, mode, dest, want);
  while (frameDepth() > floor) {
    const kind = peekKind();
    const phase = resume();
    if (kind < BLOCK) stepExpression(kind, phase);
    else stepStatement(kind, phase);
  }
}
