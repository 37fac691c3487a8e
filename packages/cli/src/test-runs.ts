/** Where `konoha test` runs a driver's tests: in the simulator, and on a kernel. */
import { relative, resolve } from 'node:path';
import { NotSimulated, SimulatorTarget, whyNotSimulated } from '@konoha/host-node/sim';
import { runOperationScript, type TranscriptEntry } from '@konoha/ops';
import { CommandError } from './command-error.js';
import { EXIT_USAGE } from './exit-codes.js';
import type { Jit } from './jit.js';
import { readOperations } from './operation-files.js';
import { prepareMachine } from './simulated.js';

/** A test does not apply there; the message says why. */
export class Skipped extends Error {}

/** Something that runs tests, one after the other. */
export interface Runner {
  /** As results show it. */
  readonly name: string;
  /** @throws Skipped; an Error whose message names file, line and cause */
  run(path: string): Promise<readonly TranscriptEntry[]>;
  /** After the last test. @throws Error with what the tests have left behind */
  end(): Promise<void>;
}

export function simulatorRunner(jit?: Jit): Runner {
  return {
    name: 'simulator',
    run: async (path) => {
      const script = readOperations(path);
      const reason = whyNotSimulated(script);
      if (reason !== null) throw new Skipped(reason);
      const { machine, home } = prepareMachine(resolve(path), [], jit);
      try {
        return await runOperationScript(script, new SimulatorTarget(machine), undefined, home);
      } catch (error) {
        throw error instanceof NotSimulated ? new Skipped(error.message) : error;
      }
    },
    end: () => Promise.resolve(),
  };
}

/** @param kernel a series, such as "6.12" @throws CommandError if there is no such kernel, or no module for it */
export async function kernelRunner(kernel: string): Promise<Runner> {
  const { requireKernel, modulePath } = await import('@konoha/vm');
  const { NotApplicable, Suite } = await import('@konoha/vm/suite');
  const { existsSync } = await import('node:fs');
  let suite: InstanceType<typeof Suite>;
  try {
    const found = requireKernel(kernel);
    if (!existsSync(modulePath(found)))
      throw new Error(`konoha.ko has not been built for ${found.release}; type: npm run build`);
    suite = new Suite({ kernel: found, smp: 2 });
  } catch (error) {
    throw new CommandError((error as Error).message, EXIT_USAGE);
  }
  return {
    name: `Linux ${kernel}`,
    run: async (path) => {
      // Mistakes in the script are told as the simulator tells them.
      readOperations(path);
      try {
        return await suite.runFile(resolve(path));
      } catch (error) {
        if (error instanceof NotApplicable) throw new Skipped(error.message);
        throw new Error((error as Error).message.replaceAll(resolve(path), relative('.', resolve(path))));
      }
    },
    end: () => suite.end(),
  };
}
