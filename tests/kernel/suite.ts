/**
 * Makes one vitest test of every operation script under tests/ and examples/, on one kernel. Where the simulator can
 * perform the script, it must give the same transcript.
 */
import { relative } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { ROOT, requireKernel } from '@konoha/vm';
import { NotApplicable, Suite } from '@konoha/vm/suite';
import { compareWithSimulator, findScripts } from '../support/simulated.js';

const TEST_TIMEOUT_MS = 300_000;
const DEBUG_TEST_TIMEOUT_MS = 3_000_000;
const CPUS = 4;

export interface KernelSuiteOptions {
  readonly smp?: number;
  /** Where the operation scripts lie. */
  readonly folders?: readonly string[];
  /** Of the module. */
  readonly parameters?: string;
}

/** @param name of the kernel: a series, or "debug" */
export function kernelSuite(
  name: string,
  { smp = CPUS, folders = ['tests', 'examples'], parameters }: KernelSuiteOptions = {},
): void {
  const marks = [`kernel ${name}`, ...(smp === CPUS ? [] : [`${smp} CPU`]), ...(parameters ? [parameters] : [])];
  describe(marks.join(', '), () => {
    const kernel = requireKernel(name);
    const suite = new Suite({ kernel, smp, parameters });
    const timeout = kernel.debug ? DEBUG_TEST_TIMEOUT_MS : TEST_TIMEOUT_MS;
    for (const path of findScripts(folders)) {
      test(relative(ROOT, path), { timeout }, async (context) => {
        try {
          const transcript = await suite.runFile(path);
          await compareWithSimulator(path, { name: `Linux ${name}`, entries: transcript });
        } catch (error) {
          if (error instanceof NotApplicable) context.skip(error.message);
          // The stack is ours and tells nothing; the message has the script's file and line.
          const { message } = error as Error;
          throw Object.assign(new Error(message), { stack: message });
        }
      });
    }
    test('the module can be removed and the log is clean', { timeout }, () => suite.end());
    afterAll(() => suite.end().catch(() => undefined), timeout);
  });
}
