/** Gives the person at our terminal a shell on the guest's serial console. */
import type { ReadStream } from 'node:tty';
import { hex } from './agent-link.js';
import type { Machine } from './machine.js';

const DEVICE = '/dev/ttyS0';
/** Ctrl-]: ends the machine, whatever the guest is doing. */
const ESCAPE = 0x1d;
/** The longest that a timer can wait. */
const FOR_EVER_MS = 2 ** 31 - 1;

/**
 * Runs a login shell there until it ends, or Ctrl-] is typed, or the machine ends.
 * @throws Error if standard input is no terminal
 */
export async function attachTerminal(machine: Machine): Promise<void> {
  const input: ReadStream = process.stdin;
  if (!input.isTTY) throw new Error('standard input is no terminal');
  const tellSize = async (): Promise<void> => {
    const { rows, columns } = process.stdout;
    const command = `stty -F ${DEVICE} rows ${rows ?? 24} columns ${columns ?? 80}`;
    await machine.agent.request('terminal', ['shell', hex(command)], 10_000).catch(() => undefined);
  };
  const resized = (): void => void tellSize();
  const typed = (keys: Buffer): void => {
    if (keys.includes(ESCAPE)) machine.kill('Ctrl-] was typed');
    else machine.console.write(keys);
  };
  const show = (output: Buffer): void => void process.stdout.write(output);

  await machine.command('spawn', 'terminal');
  await machine.command('spawn', 'shell');
  await tellSize();
  process.stdout.on('resize', resized);
  machine.console.on('data', show);
  input.setRawMode(true);
  input.on('data', typed);
  input.resume();
  try {
    await Promise.race([machine.agent.request('shell', ['console', hex(DEVICE)], FOR_EVER_MS), machine.ended]);
  } catch (error) {
    // The machine going away is one of the ways in which a session ends.
    void error;
  } finally {
    process.stdout.off('resize', resized);
    machine.console.off('data', show);
    input.off('data', typed);
    input.setRawMode(false);
    input.pause();
  }
}
