/** `npm start`: from a fresh Debian machine to Konoha scripts that run inside a Linux kernel. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOperationScript, runOperationScript } from '@konoha/ops';
import { GuestTarget, Machine, ROOT, attachTerminal, insertModule, konohaFiles, requireKernel } from '@konoha/vm';
import { build } from './build.js';
import { UserError, main, step } from './progress.js';
import { setUp } from './setup.js';
import { showOutcome } from './show.js';

const SERIES = '6.12';
const TOUR = join('examples', 'tour.ops');

const HINT = `
This is a Linux kernel with Konoha inside. Load a script:  cat /examples/hello.k > /dev/konoha
See what is loaded and logged:  cat /proc/konoha/list /proc/konoha/log   Unload:  echo hello > /proc/konoha/unload
Leave with "exit", or Ctrl-] at any time; nothing here outlives this machine.

`;

/** @returns the exit status: 0 if every example answered as it should and the kernel has nothing to complain about */
async function start(): Promise<number> {
  await setUp();
  const kernel = requireKernel(SERIES);
  await build([kernel]);
  const path = join(ROOT, TOUR);
  if (!existsSync(path)) throw new UserError(`${TOUR} is missing: there is nothing to show.`);
  const tour = parseOperationScript(readFileSync(path, 'utf8'), TOUR);
  const machine = await step(`Booting Linux ${kernel.release}`, () =>
    Machine.boot({ kernel, files: konohaFiles(kernel), texts: { '/etc/motd': HINT } }),
  );
  try {
    const target = new GuestTarget(machine);
    await step('Inserting konoha.ko', () => insertModule(target, kernel));
    await runOperationScript(tour, target, showOutcome);
    const complaints = [...(await target.logComplaints()), ...machine.consoleComplaints()];
    if (complaints.length > 0) throw new UserError(`The kernel complains:\n${complaints.join('\n')}`);
    if (process.stdin.isTTY && process.stdout.isTTY) await attachTerminal(machine);
    return 0;
  } catch (error) {
    // What the tour says is for people: file, line, expected, found.
    throw error instanceof UserError ? error : new UserError((error as Error).message);
  } finally {
    await machine.end();
  }
}

await main(start);
