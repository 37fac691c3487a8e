import { defineConfig } from 'vitest/config';

const KERNEL_TESTS = 'tests/kernel/**/*.test.ts';

export default defineConfig({
  test: {
    // Test files keep no state in modules; loading the tools once instead of once a file halves the time.
    isolate: false,
    poolOptions: { forks: { isolate: false } },
    projects: [
      {
        test: {
          name: 'fast',
          include: ['{engine,spec,host,packages,tests,scripts,bench}/**/*.test.ts'],
          exclude: ['**/node_modules/**', KERNEL_TESTS],
        },
      },
      {
        test: {
          name: 'kernel',
          include: [KERNEL_TESTS],
          exclude: ['**/node_modules/**'],
          // One machine at a time: it has more CPUs than we do.
          pool: 'forks',
          poolOptions: { forks: { singleFork: true } },
        },
      },
    ],
  },
});
