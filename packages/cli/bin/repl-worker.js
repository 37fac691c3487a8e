// @ts-check
// The shell's second thread: a worker does not inherit the loader of the first.
import { register } from 'tsx/esm/api';

register();
await import('../src/repl/worker.ts');
