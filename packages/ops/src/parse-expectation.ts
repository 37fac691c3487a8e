/** What stands behind `expect`. */
import { POLL_EVENTS, type Expectation, type Relation } from './ast.js';
import type { Words } from './word-reader.js';

const RELATIONS: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];

/** @throws Error with what is wrong with the line */
export function parseExpectation(words: Words): Expectation {
  const first = words.next();
  if (first === undefined) throw new Error('what is expected?');
  if (first.kind === 'text') return { kind: 'data', data: Buffer.from(first.text) };
  if (first.kind === 'pattern') throw new Error('write: expect matches /pattern/');
  switch (first.text) {
    case 'any':
      return { kind: 'any' };
    case 'ok':
      return { kind: 'ok' };
    case 'value': {
      const relation = words.word('a relation');
      if (!RELATIONS.includes(relation))
        throw new Error(`"${relation}" is no relation; there are ${RELATIONS.join(' ')}`);
      return { kind: 'value', relation: relation as Relation, value: words.integer('a value') };
    }
    case 'status':
      return { kind: 'status', negated: words.takeIf('not'), status: words.integer('an exit status') };
    case 'bytes':
      return { kind: 'data', data: words.bytes('the bytes') };
    case 'events':
      return { kind: 'events', events: words.flags(POLL_EVENTS) };
    case 'within':
      return { kind: 'within', milliseconds: words.duration() };
    case 'not':
      return parseTextExpectation(words.word('"contains" or "matches"'), true, words);
    case 'contains':
    case 'matches':
      return parseTextExpectation(first.text, false, words);
    default:
      if (/^E[A-Z0-9]+$/.test(first.text)) return { kind: 'error', name: first.text };
      if (/^-?\d/.test(first.text)) return { kind: 'value', relation: '==', value: Number(first.text) };
      throw new Error(
        `"${first.text}" cannot be expected; there are: any, ok, ERRNO, a number, value REL N, status N, "text", bytes HEX, ` +
          'contains "text", matches /pattern/, events E…, within N ms',
      );
  }
}

function parseTextExpectation(how: string, negated: boolean, words: Words): Expectation {
  if (how === 'contains') return { kind: 'contains', negated, text: words.quoted('the text') };
  if (how !== 'matches') throw new Error(`write "contains" or "matches", not "${how}"`);
  const word = words.next();
  if (word?.kind !== 'pattern') throw new Error('write the pattern between slashes: /…/');
  return { kind: 'matches', negated, pattern: word.pattern };
}
