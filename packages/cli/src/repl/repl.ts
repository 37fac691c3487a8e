import { ensureEngine } from '../engine-build.js';
import { EXIT_FAILED, EXIT_OK } from '../exit-codes.js';
import type { Jit } from '../jit.js';
import { wantsColor, type OutputOptions } from '../output.js';
import { KernelSession } from './kernel-session.js';
import { SessionThread, Shell } from './shell.js';

export interface ReplOptions extends OutputOptions {
  /** Bytes, a power of two. */
  readonly heap?: number;
  /** In this machine's kernel. */
  readonly kernel?: boolean;
  /** Of the session here; the kernel has a parameter of its module. */
  readonly jit?: Jit;
}

/** `konoha repl`: the exit status. */
export async function repl(options: ReplOptions): Promise<number> {
  ensureEngine(['compiler', 'vm-user', 'tools']);
  const interactive = process.stdin.isTTY === true;
  const session = options.kernel ? KernelSession.open() : new SessionThread(options);
  try {
    const shell = new Shell(session, { color: wantsColor(options, process.stderr), interactive });
    const well = await shell.run();
    if (shell.exitStatus !== undefined) return shell.exitStatus;
    return well || interactive ? EXIT_OK : EXIT_FAILED;
  } finally {
    await session.end();
  }
}
