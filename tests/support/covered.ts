/** What no file of the corpus exercises: shown by `npm run coverage`, and a failure of the tests. */
import { expect } from 'vitest';

/** @param what in the plural */
export function expectCovered(what: string, total: number, without: readonly string[]): void {
  if (process.env['KONOHA_COVERAGE']) {
    console.log(`${what}: ${total - without.length} of ${total}`);
    for (const one of without) console.log(`  without: ${one}`);
  }
  expect(without, `${what} that no file exercises`).toEqual([]);
}
