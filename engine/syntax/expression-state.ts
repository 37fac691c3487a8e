/** The expression being parsed: the operand at hand, what is open, and whether it failed. */
import { Node } from './ast';
import { end, enter, leave, start } from './cursor';
import {
  BASE,
  ENTRIES,
  emptyEntries,
  entryCount,
  entryKind,
  isBracket,
  isLevel,
  popEntry,
  pushEntry,
} from './expression-stack';

/** Did the last expression end in an error that the statement must recover from? */
export let failed: bool = false;
/** Brackets that were open when it did. */
export let openBrackets: i32 = 0;
/** Map literals that were open, which are not among them. */
export let openMaps: i32 = 0;

/** The operand at hand, 0 while one is wanted. */
export let operand: Node = 0;
/** Brackets open around the next token, the caller's included. */
export let brackets: i32 = 0;

/** Opens an entry; an operand is wanted then. Fails when nested too deep. */
export function push(entry: i32, a: i32, b: i32, c: i32): void {
  if (isLevel(entry) && !enter(start(), end())) {
    failed = true;
    return;
  }
  if (isBracket(entry)) brackets++;
  pushEntry(entry, a, b, c);
  operand = 0;
}

/** Closes the top entry. */
export function pop(): void {
  const entry = entryKind();
  if (isLevel(entry)) leave();
  if (isBracket(entry)) brackets--;
  popEntry();
}

// Does the next statement begin right where the error is, all brackets forgotten?
let resumesHere: bool = false;

export function setOperand(node: Node): void {
  operand = node;
}

/** The expression ends in an error, which was reported. */
export function fail(): void {
  failed = true;
}

/** The same, and the next statement begins right here, whatever is open. */
export function failAbandoned(): void {
  failed = true;
  resumesHere = true;
}

/** Drops what is on the stack, noting the brackets that stay open. */
export function unwind(): void {
  openBrackets = 0;
  openMaps = 0;
  while (entryCount() > 0) {
    if (entryKind() == ENTRIES) openMaps++;
    else if (isBracket(entryKind())) openBrackets++;
    pop();
  }
  if (!resumesHere) return;
  openBrackets = 0;
  openMaps = 0;
}

/** Starts with nothing open but, if so, the caller's brackets. */
export function startExpression(insideBrackets: bool): void {
  emptyEntries();
  failed = false;
  resumesHere = false;
  openBrackets = 0;
  brackets = insideBrackets ? 1 : 0;
  push(BASE, 0, 0, 0);
}
