import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BindError, bind, declare, type Binding, type BindOptions, type Implementation } from '@konoha/host-node';
import { EXIT_FAILED, EXIT_USAGE } from './exit-codes.js';
import { CommandError } from './command-error.js';
import { readSource } from './source-file.js';

/**
 * The texts of declaration files, checked.
 * @throws CommandError with the errors that one of them has, or when one cannot be read
 */
export function readBindings(paths: readonly string[]): string[] {
  const texts: string[] = [];
  for (const path of paths) {
    const { name, bytes } = readSource(path);
    texts.push(new TextDecoder().decode(bytes));
    const { errors, rendered } = declare(texts, name);
    if (errors !== 0) throw new CommandError(`${path} has errors:\n${rendered.trimEnd()}`, EXIT_FAILED);
  }
  return texts;
}

/** Of the commands that run scripts. */
export const BIND_OPTION = [
  '--bind <module>',
  'a JavaScript module that binds classes (docs/bindings.md); may be repeated',
  (file: string, before: string[] = []): string[] => [...before, file],
] as const;

interface BindingModule {
  readonly declarations?: unknown;
  readonly classes?: unknown;
  readonly free?: unknown;
}

/**
 * Loads modules that export `declarations`, a text, and `classes`, what is behind them, as `bind` takes both; and `free`,
 * if objects want it.
 * @throws CommandError when one cannot be loaded, or its declarations and classes do not fit together
 */
export async function loadBindings(paths: readonly string[]): Promise<Binding[]> {
  const bindings: Binding[] = [];
  for (const path of paths) {
    let found: BindingModule;
    try {
      found = (await import(pathToFileURL(resolve(path)).href)) as BindingModule;
    } catch (error) {
      throw new CommandError(`${path} cannot be loaded: ${(error as Error).message}`, EXIT_USAGE);
    }
    const { declarations, classes, free } = found;
    if (typeof declarations !== 'string' || typeof classes !== 'object' || classes === null)
      throw new CommandError(
        `${path} must export declarations, a text, and classes, an object (docs/bindings.md)`,
        EXIT_USAGE,
      );
    const options = typeof free === 'function' ? { free: free as NonNullable<BindOptions['free']> } : {};
    try {
      bindings.push(bind(declarations, classes as Implementation, options));
    } catch (error) {
      if (!(error instanceof BindError)) throw error;
      throw new CommandError(`${path}: ${error.message.trimEnd()}`, EXIT_FAILED);
    }
  }
  return bindings;
}
