import { declare } from '@konoha/host-node';
import { EXIT_FAILED } from './exit-codes.js';
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
