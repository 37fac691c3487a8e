/** What the function being checked assigns, and what its lambdas do: they may run at any time. */
import { Text } from '../support/texts';
import { IntVector } from '../support/vectors';
import { Node } from '../syntax/ast';
import { sawLambda } from '../syntax/parse-lambdas';
import { assignments } from './assigned';

const all = new IntVector(32);
const inLambdas = new IntVector(8);

/** What is checked next: a body, a statement of the top level, the value of a field. */
export function lookAtAssignments(root: Node): void {
  all.length = 0;
  inLambdas.length = 0;
  if (sawLambda) assignments(root, all, inLambdas);
}

/** Does a lambda of the function assign a variable of that name? */
export function isAssignedInLambda(name: Text): bool {
  for (let i = 0; i < inLambdas.length; i++) if (inLambdas.get(i) == name) return true;
  return false;
}

/** Assignments to variables of that name; known of functions with lambdas. */
export function timesAssigned(name: Text): i32 {
  let times = 0;
  for (let i = 0; i < all.length; i++) if (all.get(i) == name) times++;
  return times;
}
