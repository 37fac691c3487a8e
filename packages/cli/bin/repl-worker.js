// @ts-check
// The shell's second thread.
import { load } from './entry.js';

await load('repl-worker', '../src/repl/worker.ts');
