import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** No test measures time: a busy machine may take long. */
const PATIENCE = { testTimeout: 120_000, hookTimeout: 120_000 };
const KERNEL_TESTS = 'tests/kernel/**/*.test.ts';
const DEBUG_KERNEL_TESTS = 'tests/kernel/debug/*.test.ts';
/** One machine at a time: it has more CPUs than we do. */
const ONE_AT_A_TIME = { pool: 'forks', poolOptions: { forks: { singleFork: true } } } as const;

export default defineConfig({
  test: {
    // Test files keep no state in modules; loading the tools once instead of once a file halves the time.
    isolate: false,
    // vitest would leave one processor idle.
    maxWorkers: availableParallelism(),
    poolOptions: { forks: { isolate: false } },
    projects: [
      {
        test: {
          name: 'fast',
          include: ['{engine,spec,host,packages,tests,scripts,bench}/**/*.test.ts'],
          exclude: ['**/node_modules/**', KERNEL_TESTS],
          ...PATIENCE,
        },
      },
      {
        test: {
          name: 'kernel',
          include: [KERNEL_TESTS],
          exclude: ['**/node_modules/**', DEBUG_KERNEL_TESTS],
          ...ONE_AT_A_TIME,
        },
      },
      { test: { name: 'debug-kernel', include: [DEBUG_KERNEL_TESTS], ...ONE_AT_A_TIME } },
    ],
  },
});
