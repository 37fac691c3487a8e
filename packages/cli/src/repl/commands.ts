/** What the shell shows for `:help`. */
export const HELP = `An entry is declarations, statements, or an expression, whose value is shown with its type.
It goes on in the next line while a bracket, a text or a comment is open.

  :type EXPRESSION   its type; nothing is run
  :dis [NAME]        the instructions of the last entry, or of a method
  :help              this
  :quit              ends the shell, as Ctrl-D does

Tab completes names. Ctrl-C stops a run, or drops what is typed.
`;

export interface ShellCommand {
  readonly name: 'type' | 'dis' | 'help' | 'quit';
  readonly argument: string;
}

/** The command in a line that begins with a colon, or why it is none; undefined: the line is no command. */
export function shellCommand(line: string): ShellCommand | string | undefined {
  const match = /^\s*:(\w*)\s*(.*?)\s*$/s.exec(line);
  if (!match) return undefined;
  const [, name = '', argument = ''] = match;
  const command = (['type', 'dis', 'help', 'quit'] as const).find((known) => name !== '' && known.startsWith(name));
  if (!command) return `unknown command :${name} (:help shows what there is)\n`;
  if (command === 'type' && argument === '') return ':type takes an expression\n';
  return { name: command, argument };
}
