// @ts-check
/** Where a thread starts: Node 20 gives threads no loader for TypeScript of their own accord. */
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
