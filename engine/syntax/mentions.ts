/** Which of the names that somebody asked about stand in the texts that were read. */
import { Text } from '../support/texts';
import { IntVector } from '../support/vectors';

// Per text below the length: is it asked about (1), was it read (2), is the library's demanded (4)?
const states = new IntVector(512);
const ASKED: i32 = 1;
const READ: i32 = 2;
const DEMANDED: i32 = 4;

/** Asks about a name; before the texts are read. */
export function askAbout(name: Text): void {
  while (states.length <= name) states.push(0);
  states.set(name, states.get(name) | ASKED);
}

/** The lexer read this name, or what it read stands for it. */
export function mention(name: Text): void {
  if (name < states.length && states.get(name) & ASKED) states.set(name, states.get(name) | READ);
}

/** What was read needs what the library, and not the script, calls so: a sign stands for it. */
export function demand(name: Text): void {
  if (name < states.length && states.get(name) & ASKED) states.set(name, states.get(name) | DEMANDED);
}

/** Does something that was read need what the library calls so? */
export function isDemanded(name: Text): bool {
  return name < states.length && (states.get(name) & DEMANDED) != 0;
}

/** Was it read? */
export function isMentioned(name: Text): bool {
  return name < states.length && (states.get(name) & READ) != 0;
}
