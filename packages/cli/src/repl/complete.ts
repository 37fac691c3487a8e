/** What stands in front of the cursor: the word being typed, and the expression that it is a member of. */
export interface Typed {
  readonly word: string;
  readonly receiver?: string;
}

const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Takes the end of a line apart: `x = list[0].na` is the word `na` of the receiver `list[0]`. */
export function typedBefore(line: string): Typed {
  const word = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(line)?.[0] ?? '';
  let at = line.length - word.length - 1;
  if (line[at] !== '.') return { word };
  const end = at;
  at--;
  // Backwards over names, calls, indices, texts and further dots.
  while (at >= 0) {
    const c = line[at]!;
    if (c in PAIRS) at = openerOf(line, at) - 1;
    else if (c === '"' || c === "'") at = line.lastIndexOf(c, at - 1) - 1;
    else if (/[\p{L}\p{N}_.]/u.test(c)) at--;
    else break;
  }
  const receiver = line.slice(at + 1, end);
  return receiver === ''
    ? { word }
    : { word, receiver: /\bnew\s+$/.test(line.slice(0, at + 1)) ? `new ${receiver}` : receiver };
}

function openerOf(line: string, from: number): number {
  let depth = 0;
  for (let at = from; at >= 0; at--) {
    if (line[at]! in PAIRS) depth++;
    else if ('([{'.includes(line[at]!) && --depth === 0) return at;
  }
  return 0;
}
