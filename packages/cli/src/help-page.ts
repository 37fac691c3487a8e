/** The reference part of docs/command-line.md, from the command line's own tables. */
import { Help, type Command } from 'commander';

export const BEGIN = '<!-- From here on made by: npx tsx packages/cli/src/write-help-page.ts -->';

/** Markdown: a section for each command, in the order of `konoha --help`. */
export function helpPage(program: Command): string {
  return `${BEGIN}\n${program.commands.map(section).join('')}`;
}

function section(command: Command): string {
  const help = new Help();
  const rows = [
    ...help.visibleArguments(command).map((argument) => [help.argumentTerm(argument), argument.description]),
    ...help.visibleOptions(command).map((option) => [help.optionTerm(option), help.optionDescription(option)]),
  ].filter(([term, text]) => text !== '' && term !== '-h, --help');
  const usage = [`konoha ${command.name()}`, command.usage()].join(' ');
  const table = rows.map(([term, text]) => `| \`${escapePipes(term!)}\` | ${escapePipes(text!)} |\n`).join('');
  return (
    `\n## konoha ${command.name()}\n\n    ${usage}\n\n${sentence(command.description())}\n` +
    (table ? `\n| | |\n|---|---|\n${table}` : '')
  );
}

function escapePipes(text: string): string {
  return text.replaceAll('|', '\\|');
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
