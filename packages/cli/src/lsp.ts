/** `konoha lsp`: the language server that editors start. */
import type { Home } from '@konoha/lsp';
import { Option, type Command } from 'commander';
import { ensureEngine } from './engine-build.js';

const HOMES: readonly Home[] = ['either', 'kernel', 'user'];

/** Adds the command to the command line. The process lives until the editor ends it. */
export function lspCommand(program: Command): void {
  program
    .command('lsp')
    .description(
      'a language server on standard input and output: diagnostics, formatting, hover, completion, definitions, references, symbols',
    )
    .addOption(
      new Option('--home <home>', 'by whose rules scripts are checked; either: those that a script breaks less')
        .choices(HOMES)
        .default('either'),
    )
    .option('--stdio', 'what it does anyway; some editors say so')
    .exitOverride()
    // The server and its libraries are loaded only here: other commands start faster without.
    .action(async ({ home }: { home: Home }) => {
      ensureEngine(['compiler', 'tools']);
      const { serveStdio } = await import('@konoha/lsp');
      serveStdio(home);
    });
}
