/** What surrounds the code being checked: the method, its class, and whether this point can be reached. */
import { Node } from '../syntax/ast';
import { IntVector } from '../support/vectors';
import { Text } from '../support/texts';
import { setInLibrary } from './lookup';
import { ClassInfo, LambdaInfo, M_LIBRARY, MethodInfo, classes } from './model';
import { setTypeScope } from './resolve';
import { mergeKnown, saveKnown } from './scope';

/** The method being checked; null for the script's top level. */
let method: MethodInfo | null = null;
/** Its class, or null. */
let owner: ClassInfo | null = null;
/** Can this point be reached? */
let alive: bool = true;
/** Was code found that is never reached? Then what its end means is not judged again. */
let dead: bool = false;

export function startContext(m: MethodInfo | null): void {
  setInLibrary(m !== null && (m.flags & M_LIBRARY) != 0);
  method = m;
  owner = m !== null && m.owner >= 0 ? classes[m.owner] : null;
  setTypeScope(owner, m, m !== null && m.isStatic());
  alive = true;
  dead = false;
  exits.length = 0;
  lambda = null;
  around.length = 0;
  floor = 0;
}

/** The function, method or lambda whose body is being checked; null for the script's top level. */
export function currentMethod(): MethodInfo | null {
  return lambda !== null ? lambda!.method : method;
}

/** The innermost lambda whose body is being checked, or null. */
export function currentLambda(): LambdaInfo | null {
  return lambda;
}

// What is left aside while the body of a lambda is checked.
class Outside {
  lambda: LambdaInfo | null = null;
  alive: bool = true;
  dead: bool = false;
  label: Text = 0;
  floor: i32 = 0;
}

let lambda: LambdaInfo | null = null;
const around = new Array<Outside>();
// Number of the first loop that a `break` here can leave.
let floor: i32 = 0;

/** Begins the body of a lambda within what is being checked. */
export function enterLambda(info: LambdaInfo): void {
  const outside = new Outside();
  outside.lambda = lambda;
  outside.alive = alive;
  outside.dead = dead;
  outside.label = label;
  outside.floor = floor;
  around.push(outside);
  lambda = info;
  alive = true;
  dead = false;
  label = 0;
  floor = exits.length;
}

/** Ends it. */
export function leaveLambda(): void {
  const outside = around.pop();
  lambda = outside.lambda;
  alive = outside.alive;
  dead = outside.dead;
  label = outside.label;
  floor = outside.floor;
}

/** `this` is used here: lambdas around take it with them. */
export function noteThis(): void {
  let at = lambda;
  while (at !== null) {
    at.usesThis = true;
    at = at.outer;
  }
}

/** The class whose method is being checked; null in functions and at the top level. */
export function currentClass(): ClassInfo | null {
  return owner;
}

/** Is there a `this`? */
export function hasThis(): bool {
  return owner !== null && method !== null && !method!.isStatic();
}

export function isAlive(): bool {
  return alive;
}

/** Notes code that is never reached; it is checked as if it were. */
export function noteUnreachable(): void {
  dead = true;
  alive = true;
}

export function hasUnreachable(): bool {
  return dead;
}

export function setAlive(value: bool): void {
  alive = value;
}

/** A loop or switch that `break` and `continue` leave. */
export class Exit {
  node: Node = 0;
  label: Text = 0;
  isLoop: bool = false;
  hasBreak: bool = false;
  /** What is known where it is left by break, merged. */
  breakState: IntVector | null = null;
}

export const exits = new Array<Exit>();

// The label in front of the loop that is about to be checked.
let label: Text = 0;

export function setLabel(name: Text): void {
  label = name;
}

/** The label of the loop that begins here, or 0; the next loop has none. */
export function takeLabel(): Text {
  const name = label;
  label = 0;
  return name;
}

export function pushExit(node: Node, label: Text, isLoop: bool): void {
  const e = new Exit();
  e.node = node;
  e.label = label;
  e.isLoop = isLoop;
  exits.push(e);
}

export function popExit(): Exit {
  return exits.pop();
}

/** The loop or switch that a break (or the loop that a continue) with this label means; null if there is none. */
export function findExit(label: Text, forContinue: bool): Exit | null {
  for (let i = exits.length - 1; i >= floor; i--) {
    const e = exits[i];
    if (label != 0 ? e.label == label && (e.isLoop || !forContinue) : e.isLoop || !forContinue) return e;
  }
  return null;
}

/** Notes a break at this point. */
export function noteBreak(e: Exit): void {
  e.hasBreak = true;
  const now = saveKnown();
  if (e.breakState) mergeKnown(e.breakState!, now);
  else e.breakState = now;
}
