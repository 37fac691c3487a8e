/** Build, checks, tests; one sum over all of them. */
import { availableParallelism } from 'node:os';
import { type Check } from './checks.js';
import { step } from './progress.js';
import { runVitest, type Tally } from './vitest-run.js';

export interface Plan {
  build(): Promise<void>;
  readonly checks: readonly Check[];
  /** vitest's. */
  readonly projects: readonly string[];
  /** Only test files whose path holds one of these; with any, the checks are left out. */
  readonly filters: readonly string[];
}

/** @returns the exit status: 0 if nothing failed */
export async function runAll(plan: Plan): Promise<number> {
  const sum: Tally = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  const verdict = (name: string, problem: string | null): void => {
    if (problem === null) {
      sum.passed++;
      console.log(`✓ ${name}`);
    } else {
      sum.failed++;
      failures.push(name);
      console.log(`✗ ${name}\n${problem.replace(/^/gm, '    ')}`);
    }
  };
  // A build that fails is told and counted, and does not keep the rest from being tested.
  verdict('build', await attempt(plan.build));
  if (plan.filters.length === 0) {
    const problems = await step(`Checking the source: ${plan.checks.length} checks`, () => runChecks(plan.checks));
    plan.checks.forEach((check, index) => verdict(check.name, problems[index] ?? null));
  }
  const tests = await runVitest(plan.projects, plan.filters);
  sum.passed += tests.passed;
  sum.failed += tests.failed;
  sum.skipped = tests.skipped;
  if (failures.length > 0) console.log(`\nFailed besides the tests above: ${failures.join('; ')}`);
  if (sum.skipped > 0) console.log(`\n${sum.skipped} skipped (each says why above)`);
  console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed === 0 ? 0 : 1;
}

/** As many at once as there are processors. @returns what each found, in order */
async function runChecks(checks: readonly Check[]): Promise<(string | null)[]> {
  const problems: (string | null)[] = checks.map(() => null);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < checks.length) {
      const index = next++;
      problems[index] = await checks[index]!.run();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return problems;
}

async function attempt(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
