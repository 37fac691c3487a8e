/** Runs vitest and counts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@konoha/vm';
import { tryRun } from './run.js';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** Runs the tests of these projects (see vitest.config.ts) on our terminal. */
export async function runVitest(projects: readonly string[], filters: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'konoha-test-'));
  const file = join(folder, 'report.json');
  try {
    const options = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    for (const project of projects) options.push('--project', project);
    const vitest = join(ROOT, 'node_modules', '.bin', 'vitest');
    const { status } = await tryRun(vitest, [...options, ...filters], { cwd: ROOT, inherit: true });
    return count(readFileSync(file, 'utf8'), status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that could not even be collected, and an error outside any test, are failures too. */
function count(json: string, status: number): Tally {
  const report = JSON.parse(json) as Report;
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = report.numFailedTests + broken.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
