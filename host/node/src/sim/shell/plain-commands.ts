/** Commands without files: echo and printf, true and false, sleep. */
import { complain, reason, type Command, type Context } from './context.js';
import { NoShell } from './lex.js';

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** Backslash escapes as bytes; what is none stays as it is. */
function unescape(text: string, octal: RegExp): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const number = octal.exec(rest) ?? /^\\x([0-9a-fA-F]{1,2})/.exec(rest);
    const simple = /^\\(.)/s.exec(rest);
    if (number) {
      parts.push(Buffer.from([parseInt(number[1]! || '0', number[0].startsWith('\\x') ? 16 : 8) & 0xff]));
      at += number[0].length;
    } else if (simple && ESCAPES[simple[1]!] !== undefined) {
      parts.push(Buffer.from(ESCAPES[simple[1]!]!));
      at += 2;
    } else {
      const plain = /^(\\?[^\\]+|\\)/s.exec(rest)![0];
      parts.push(Buffer.from(plain));
      at += plain.length;
    }
  }
  return Buffer.concat(parts);
}

/** Bash writes line by line. */
async function print(context: Context, name: string, bytes: Buffer): Promise<number> {
  try {
    let at = 0;
    while (at < bytes.length) {
      const end = bytes.indexOf('\n', at) + 1 || bytes.length;
      await context.out.write(bytes.subarray(at, end));
      at = end;
    }
    return 0;
  } catch (error) {
    await complain(context, `bash: line 1: ${name}: write error: ${reason(error)}`);
    return 1;
  }
}

const echo: Command = {
  builtin: true,
  check: () => undefined,
  run: async (context, args) => {
    let [newline, escapes, first] = [true, false, 0];
    for (; /^-[neE]+$/.test(args[first] ?? ''); first++) {
      for (const option of args[first]!.slice(1)) {
        if (option === 'n') newline = false;
        else escapes = option === 'e';
      }
    }
    const text = args.slice(first).join(' ');
    const bytes = escapes ? unescape(text, /^\\0([0-7]{0,3})/) : Buffer.from(text);
    return await print(context, 'echo', newline ? Buffer.concat([bytes, Buffer.from('\n')]) : bytes);
  },
};

const printf: Command = {
  builtin: true,
  check: (args) => {
    if (args.length !== 1 || args[0]!.startsWith('-') || /%(?!%)/.test(args[0]!.replaceAll('%%', '')))
      throw new NoShell('printf with arguments');
  },
  run: async (context, [format = '']) =>
    await print(context, 'printf', unescape(format.replaceAll('%%', '%'), /^\\([0-7]{1,3})/)),
};

const status = (value: number): Command => ({
  builtin: true,
  check: () => undefined,
  run: () => Promise.resolve(value),
});

const sleep: Command = {
  builtin: false,
  check: (args) => {
    if (args.length !== 1 || !/^\d+(\.\d+)?$/.test(args[0]!)) throw new NoShell(`sleep ${args.join(' ')}`);
  },
  run: async ({ machine, process }, [seconds]) => {
    await machine.sleep(process, Number(seconds) * 1000);
    return 0;
  },
};

export const PLAIN_COMMANDS: Readonly<Record<string, Command>> = {
  echo,
  printf,
  true: status(0),
  ':': status(0),
  false: status(1),
  sleep,
};
