/** Compares what came of an operation with what was expected of it. */
import { POLL_EVENTS, type Expectation, type Operation, type Relation } from './ast.js';
import type { Outcome } from './target.js';
import { quote } from './words.js';

/**
 * The first expectation that does not hold, as "expected …", or null. An operation without a word about its outcome
 * must succeed: no errno, exit status 0.
 */
export function findMismatch(
  operation: Operation,
  outcome: Outcome,
  expectations: readonly Expectation[],
): string | null {
  const judged = expectations.some(
    ({ kind }) => kind === 'any' || kind === 'error' || kind === 'status' || kind === 'value',
  );
  const all: readonly Expectation[] = judged ? expectations : [{ kind: 'ok' }, ...expectations];
  for (const expectation of all) {
    if (!holds(operation, outcome, expectation)) return `expected ${describeExpectation(expectation)}`;
  }
  return null;
}

function holds(operation: Operation, outcome: Outcome, expectation: Expectation): boolean {
  const text = outcome.data.toString('utf8');
  switch (expectation.kind) {
    case 'any':
      return true;
    case 'ok':
      return outcome.error === null && (operation.verb !== 'shell' || outcome.value === 0);
    case 'error':
      return outcome.error === expectation.name;
    case 'value':
      return outcome.error === null && compare(outcome.value, expectation.relation, expectation.value);
    case 'status':
      return outcome.error === null && (outcome.value === expectation.status) !== expectation.negated;
    case 'data':
      return outcome.data.equals(expectation.data);
    case 'contains':
      return text.includes(expectation.text) !== expectation.negated;
    case 'matches':
      return expectation.pattern.test(text) !== expectation.negated;
    case 'events':
      return outcome.error === null && outcome.value === expectation.events;
    case 'within':
      return outcome.milliseconds <= expectation.milliseconds;
  }
}

function compare(left: number, relation: Relation, right: number): boolean {
  switch (relation) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

function describeExpectation(expectation: Expectation): string {
  const not = 'negated' in expectation && expectation.negated ? 'not ' : '';
  switch (expectation.kind) {
    case 'any':
      return 'anything';
    case 'ok':
      return 'success';
    case 'error':
      return expectation.name;
    case 'value':
      return `a value ${expectation.relation} ${expectation.value}`;
    case 'status':
      return `${not}exit status ${expectation.status}`;
    case 'data':
      return quote(expectation.data);
    case 'contains':
      return `${not}a text with ${quote(expectation.text)}`;
    case 'matches':
      return `${not}a match of ${String(expectation.pattern)}`;
    case 'events':
      return `events: ${eventNames(expectation.events)}`;
    case 'within':
      return `an answer within ${expectation.milliseconds} ms`;
  }
}

/** What happened, as it stands in a transcript: nothing in it depends on the clock. */
export function describeOutcome(operation: Operation, outcome: Outcome): string {
  const data = outcome.data.length > 0 ? ` ${quote(outcome.data)}` : '';
  if (outcome.error === 'died') return 'the process died meanwhile';
  if (outcome.error !== null) return outcome.error + data;
  if (operation.verb === 'shell') return `status ${outcome.value}${data}`;
  if (operation.verb === 'poll') return `events: ${eventNames(outcome.value)}`;
  if (operation.verb === 'kernel-log') return data.trim() || '""';
  if (operation.verb === 'memory-back') return 'back';
  // How often is a matter of chance, and of the kernel's version; what came of it is not.
  if (operation.verb === 'stress') return data.trim();
  if (operation.verb === 'fail-nth' && operation.nth === 'each') return data.trim();
  return `${outcome.value}${data}`;
}

function eventNames(events: number): string {
  const names = Object.entries(POLL_EVENTS).filter(([, bit]) => bit !== 0 && (events & bit) === bit);
  return names.map(([name]) => name).join(' ') || 'none';
}
