/** Finds operation scripts, and reads them. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ScriptError, parseOperationScript, type OperationScript } from '@konoha/ops';
import { CommandError } from './command-error.js';
import { EXIT_USAGE } from './exit-codes.js';

/**
 * The tests that paths name: a folder stands for all in it, a driver NAME.k for the NAME.ops beside it.
 * @throws CommandError when there are none, naming the path
 */
export function findTests(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap(testsOf))];
}

function testsOf(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new CommandError(`cannot read ${path}: there is no such file`, EXIT_USAGE);
  if (stat.isDirectory()) {
    const found = readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ops') && !/(^|\/)node_modules\//.test(name))
      .sort()
      .map((name) => join(path, name));
    if (found.length === 0)
      throw new CommandError(
        `there is no test in ${path}: a driver NAME.k is tested by the operation script NAME.ops beside it ` +
          '(see docs/operation-scripts.md)',
        EXIT_USAGE,
      );
    return found;
  }
  if (path.endsWith('.ops')) return [path];
  if (!path.endsWith('.k'))
    throw new CommandError(`${path} is neither an operation script (.ops) nor a driver (.k)`, EXIT_USAGE);
  const test = path.replace(/\.k$/, '.ops');
  if (!statSync(test, { throwIfNoEntry: false }))
    throw new CommandError(`${path} has no test: there is no ${test}`, EXIT_USAGE);
  return [test];
}

/** @throws CommandError naming file, line and cause */
export function readOperations(path: string): OperationScript {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandError(`cannot read ${path}: ${(error as Error).message}`, EXIT_USAGE);
  }
  try {
    return parseOperationScript(text, path);
  } catch (error) {
    if (error instanceof ScriptError) throw new CommandError(error.message, EXIT_USAGE);
    throw error;
  }
}
