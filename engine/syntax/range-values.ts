/** Which ranges of a text are values: then the script needs the library's class Range. */
import { internLiteral } from '../support/texts';
import { BINARY, B_TO, B_UNTIL, Node, kindOf, opOf } from './ast';
import { demand } from './mentions';

// Ranges read, less those that only stand where an instruction goes through them.
let values: i32 = 0;

/** A range was read. */
export function noteRange(): void {
  values++;
}

/** `n` stands behind `in` or `in?`, or between the brackets of an element: if it is a range, that is no value. */
export function noteRangePlace(n: Node): void {
  if (kindOf(n) == BINARY && (opOf(n) == B_TO || opOf(n) == B_UNTIL)) values--;
}

/** Demands the class if there are values. */
export function demandRanges(): void {
  if (values <= 0) return;
  demand(internLiteral('Range'));
  demand(internLiteral('until'));
}
