/** For tests: operation scripts given as lines, in a fresh simulated machine. */
import { parseOperationScript, runOperationScript } from '@konoha/ops';
import { SimulatedMachine, SimulatorTarget, whyNotSimulated } from '../../src/sim/index.js';

/** `LINE OUTCOME` of each operation. @throws OperationFailure, NotSimulated */
export async function simulate(lines: string, machine = new SimulatedMachine()): Promise<string[]> {
  const script = parseOperationScript(lines, 't.ops');
  const reason = whyNotSimulated(script);
  if (reason !== null) throw new Error(reason);
  return (await runOperationScript(script, new SimulatorTarget(machine))).map((entry) => entry.outcome);
}

/** A step that puts a script into place, and loads it. */
export function loaded(name: string, source: string): string {
  return `file /tmp/${name}.k <<END\n@Name("${name}")\n${source.trim()}\nEND\nload /tmp/${name}.k\n`;
}
