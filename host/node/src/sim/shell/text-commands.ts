/** Programs that read files and print what is in them: cat, head, tail, cut, grep, wc, cmp. */
import { complain, readAll, readFile, readInput, reason, type Command, type Context } from './context.js';
import { NoShell } from './lex.js';

function refuseOptions(name: string, args: readonly string[]): void {
  const option = args.find((arg) => arg.startsWith('-'));
  if (option !== undefined) throw new NoShell(`${name} ${option}`);
}

const cat: Command = {
  builtin: false,
  check: (args) => refuseOptions('cat', args),
  run: async (context, args) => {
    let status = 0;
    for (const path of args.length > 0 ? args : [undefined]) {
      let writing = false;
      const take = async (bytes: Uint8Array): Promise<void> => {
        writing = true;
        await context.out.write(bytes);
        writing = false;
      };
      try {
        await (path === undefined ? readInput(context, take) : readFile(context, path, take));
      } catch (error) {
        await complain(
          context,
          writing ? `cat: write error: ${reason(error)}` : `cat: ${path ?? '-'}: ${reason(error)}`,
        );
        if (writing) return 1;
        status = 1;
      }
    }
    return status;
  },
};

const HEAD_CHUNK = 8192;
const SEEK_CUR = 1;

interface Amount {
  readonly count: number;
  readonly unit: 'lines' | 'bytes';
  readonly paths: readonly string[];
}

/** `-N`, `-n N`, `-c N` and paths. */
function amountOf(name: string, args: readonly string[]): Amount {
  const [first = '', second = ''] = args;
  const short = /^-(\d+)$/.exec(first);
  const joined = /^-([nc])(\d+)$/.exec(first);
  let amount: Amount = { count: 10, unit: 'lines', paths: args };
  if (short) amount = { count: Number(short[1]), unit: 'lines', paths: args.slice(1) };
  else if (joined) amount = { count: Number(joined[2]), unit: unitOf(joined[1]!), paths: args.slice(1) };
  else if (/^-[nc]$/.test(first) && /^\d+$/.test(second))
    amount = { count: Number(second), unit: unitOf(first[1]!), paths: args.slice(2) };
  refuseOptions(name, amount.paths);
  if (amount.paths.length > 1) throw new NoShell(`${name} of several files`);
  return amount;
}

function unitOf(letter: string): Amount['unit'] {
  return letter === 'c' ? 'bytes' : 'lines';
}

/** Bytes up to the end of line number `count`, or all. */
function lengthOfLines(bytes: Buffer, count: number): number {
  let end = 0;
  for (let line = 0; line < count; line++) {
    const next = bytes.indexOf('\n', end);
    if (next < 0) return bytes.length;
    end = next + 1;
  }
  return end;
}

/** Reads no further than it must, and gives back what it has read too much, as the program does. */
async function headOf(context: Context, descriptor: number, { count, unit }: Amount): Promise<Buffer> {
  const { machine, process } = context;
  let bytes = Buffer.alloc(0);
  for (;;) {
    const wanted = unit === 'bytes' ? Math.min(count - bytes.length, HEAD_CHUNK) : HEAD_CHUNK;
    const length = unit === 'lines' ? lengthOfLines(bytes, count) : bytes.length;
    const enough = unit === 'bytes' ? wanted === 0 : countLines(bytes) >= count;
    if (enough) {
      if (bytes.length > length)
        await machine.lseek(process, descriptor, length - bytes.length, SEEK_CUR).catch(reason);
      return bytes.subarray(0, length);
    }
    const part = await machine.read(process, descriptor, wanted);
    if (part.length === 0) return bytes;
    bytes = Buffer.concat([bytes, part]);
  }
}

function countLines(bytes: Buffer): number {
  return bytes.toString('latin1').split('\n').length - 1;
}

const head: Command = {
  builtin: false,
  check: (args) => void amountOf('head', args),
  run: async (context, args) => {
    const amount = amountOf('head', args);
    const { machine, process, input } = context;
    const [path] = amount.paths;
    if (path === undefined && typeof input !== 'number') {
      const bytes = Buffer.from(input ?? []);
      await context.out.write(
        bytes.subarray(0, amount.unit === 'bytes' ? amount.count : lengthOfLines(bytes, amount.count)),
      );
      return 0;
    }
    let descriptor: number;
    try {
      descriptor = path === undefined ? (input as number) : await machine.open(process, path, 0);
    } catch (error) {
      await complain(context, `head: cannot open '${path}' for reading: ${reason(error)}`);
      return 1;
    }
    let bytes: Buffer;
    try {
      bytes = await headOf(context, descriptor, amount);
    } catch (error) {
      await complain(context, `head: error reading '${path ?? 'standard input'}': ${reason(error)}`);
      return 1;
    }
    return await printAtEnd(context, 'head', bytes);
  },
};

async function printAtEnd(context: Context, name: string, bytes: Uint8Array): Promise<number> {
  if (bytes.length === 0) return 0;
  try {
    await context.out.write(bytes);
    return 0;
  } catch (error) {
    await complain(context, `${name}: write error: ${reason(error)}`);
    return 1;
  }
}

/** What is printed, or the exit status, or both. */
type Edited = Buffer | number | { readonly text: Buffer; readonly status: number };

/** A program that reads all of one file, or of its input, and prints something of it. */
function filter(
  name: string,
  parse: (args: readonly string[]) => { path: string | undefined; edit: (text: Buffer) => Edited },
  cannotOpen: (path: string) => string = (path) => `${name}: ${path}`,
  failure = 1,
): Command {
  return {
    builtin: false,
    check: (args) => void parse(args),
    run: async (context, args) => {
      const { path, edit } = parse(args);
      let bytes: Buffer;
      try {
        bytes = await readAll(context, path);
      } catch (error) {
        await complain(context, `${cannotOpen(path ?? '-')}: ${reason(error)}`);
        return failure;
      }
      const edited = edit(bytes);
      if (typeof edited === 'number') return edited;
      const { text, status } = Buffer.isBuffer(edited) ? { text: edited, status: 0 } : edited;
      return (await printAtEnd(context, name, text)) || status;
    },
  };
}

function onePath(name: string, paths: readonly string[]): string | undefined {
  refuseOptions(name, paths);
  if (paths.length > 1) throw new NoShell(`${name} of several files`);
  return paths[0];
}

const linesOf = (bytes: Buffer): string[] =>
  bytes
    .toString('latin1')
    .split(/(?<=\n)/)
    .filter((line) => line !== '');
const joined = (lines: readonly string[]): Buffer => Buffer.from(lines.join(''), 'latin1');

const tail = filter(
  'tail',
  (args) => {
    const { count, unit, paths } = amountOf('tail', args);
    if (unit === 'bytes') throw new NoShell('tail -c');
    return { path: paths[0], edit: (bytes) => joined(count === 0 ? [] : linesOf(bytes).slice(-count)) };
  },
  (path) => `tail: cannot open '${path}' for reading`,
);

const cut = filter('cut', (args) => {
  const delimiter = args.find((arg) => /^-d.$/s.test(arg))?.[2];
  const range = args.map((arg) => /^-f(\d+)(?:-(\d+))?$/.exec(arg)).find((match) => match !== null);
  const paths = args.filter((arg) => !/^-d.$|^-f\d+(-\d+)?$/s.test(arg));
  if (delimiter === undefined || !range) throw new NoShell(`cut ${args.join(' ')}`);
  const [from, to] = [Number(range[1]), Number(range[2] ?? range[1])];
  const edit = (line: string): string => {
    const text = line.replace(/\n$/, '');
    return `${
      text.includes(delimiter)
        ? text
            .split(delimiter)
            .slice(from - 1, to)
            .join(delimiter)
        : text
    }\n`;
  };
  return { path: onePath('cut', paths), edit: (bytes) => joined(linesOf(bytes).map(edit)) };
});

/** Fixed text, perhaps bound to a line's beginning or end. */
function matcher(pattern: string): (line: string) => boolean {
  const [, start, text = '', end] = /^(\^?)(.*?)(\$?)$/s.exec(Buffer.from(pattern).toString('latin1'))!;
  if (/[.*[\]\\^$]/.test(text)) throw new NoShell('patterns of grep');
  return (line) => {
    const body = line.replace(/\n$/, '');
    if (start && end) return body === text;
    return start ? body.startsWith(text) : end ? body.endsWith(text) : body.includes(text);
  };
}

const grep = filter(
  'grep',
  (args) => {
    const options = args.filter((arg) => /^-([cvq]|A\d+)$/.test(arg));
    const [pattern, ...paths] = args.filter((arg) => !options.includes(arg));
    if (pattern === undefined || pattern.startsWith('-')) throw new NoShell(`grep ${args.join(' ')}`);
    const matches = matcher(pattern);
    const inverted = options.includes('-v');
    const after = Number(options.find((option) => option.startsWith('-A'))?.slice(2) ?? 0);
    return {
      path: onePath('grep', paths),
      edit: (bytes) => {
        const lines = linesOf(bytes).map((line) => line.replace(/\n?$/, '\n'));
        const hits = lines
          .map((line, index) => (matches(line) !== inverted ? index : -1))
          .filter((index) => index >= 0);
        if (options.includes('-c')) return { text: Buffer.from(`${hits.length}\n`), status: hits.length > 0 ? 0 : 1 };
        if (hits.length === 0) return 1;
        if (options.includes('-q')) return 0;
        const shown: string[] = [];
        let next = -1;
        for (const hit of hits) {
          const from = Math.max(hit, next);
          const to = Math.min(hit + after, lines.length - 1);
          if (after > 0 && next >= 0 && from > next) shown.push('--\n');
          shown.push(...lines.slice(from, to + 1));
          next = Math.max(to + 1, next);
        }
        return joined(shown);
      },
    };
  },
  (path) => `grep: ${path}`,
  2,
);

const wc = filter('wc', (args) => {
  if (args[0] !== '-l') throw new NoShell(`wc ${args.join(' ')}`);
  const path = onePath('wc', args.slice(1));
  return { path, edit: (bytes) => Buffer.from(`${countLines(bytes)}${path === undefined ? '' : ` ${path}`}\n`) };
});

const cmp: Command = {
  builtin: false,
  check: (args) => {
    if (args.length !== 2 || args.some((arg) => /^-./.test(arg))) throw new NoShell(`cmp ${args.join(' ')}`);
  },
  run: async (context, args) => {
    const contents: Buffer[] = [];
    for (const path of args) {
      try {
        contents.push(await readAll(context, path === '-' ? undefined : path));
      } catch (error) {
        await complain(context, `cmp: ${path}: ${reason(error)}`);
        return 2;
      }
    }
    if (contents[0]!.equals(contents[1]!)) return 0;
    throw new NoShell('what cmp says of files that differ');
  },
};

export const TEXT_COMMANDS: Readonly<Record<string, Command>> = { cat, head, tail, cut, grep, wc, cmp };
