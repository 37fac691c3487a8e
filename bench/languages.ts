/** What runs the programs of Table 1. To add an engine, add an entry. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD, ROOT } from '@konoha/vm';
import { run } from '../scripts/run.js';
import { perturb } from './perturb.js';
import type { Program } from './programs.js';

export interface Language {
  readonly name: string;
  /** In tables. */
  readonly title: string;
  /** Of the programs' files. */
  readonly extension: string;
  /** Debian packages that it needs, each with what it is for. */
  readonly packages: Readonly<Record<string, string>>;
  /** What tells its version, in its first line. */
  readonly version: readonly string[];
  /** Makes ready what is run. @returns the command, to which the program's arguments are added */
  prepare(program: Program): Promise<readonly string[]>;
}

const KONOHA = [process.execPath, join(ROOT, 'packages', 'cli', 'bin', 'konoha.js')] as const;
const WORK = join(BUILD, 'bench', 'programs');

/** Path of a program's text. */
export function source(program: Program, extension: string): string {
  return join(ROOT, 'bench', 'programs', program.name, `${program.name}.${extension}`);
}

/** One that reads the text itself. */
function interpreter(
  name: string,
  title: string,
  extension: string,
  packages: Language['packages'],
  command: readonly [string, ...string[]],
  version = '--version',
): Language {
  return {
    name,
    title,
    extension,
    packages,
    version: [...command, version],
    prepare: (program) => Promise.resolve([...command, source(program, extension)]),
  };
}

/** Our own, with native code or without. */
function konoha(name: string, title: string, jit: 'on' | 'off'): Language {
  const command = [...KONOHA, 'run', '--jit', jit] as const;
  return { ...interpreter(name, title, 'k', {}, command), version: [...KONOHA, '--version'] };
}

/** The same programs with other names: the check that no engine knows them. */
function renamed(language: Language, jit: 'on' | 'off'): Language {
  return {
    ...language,
    name: `${language.name}-renamed`,
    title: `${language.title}, renamed`,
    prepare: (program) => {
      mkdirSync(WORK, { recursive: true });
      const path = join(WORK, `${program.name}-renamed.k`);
      writeFileSync(path, perturb(readFileSync(source(program, 'k'), 'utf8')));
      return Promise.resolve([...KONOHA, 'run', '--jit', jit, path]);
    },
  };
}

export const C: Language = {
  name: 'c',
  title: 'C (gcc -O2)',
  extension: 'c',
  packages: { gcc: 'compiles the C programs of Table 1', 'libc6-dev': "the C programs' library" },
  version: ['/usr/bin/gcc', '--version'],
  prepare: async (program) => {
    mkdirSync(WORK, { recursive: true });
    const path = join(WORK, program.name);
    copyFileSync(source(program, 'c'), `${path}.c`);
    await run('/usr/bin/gcc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', path, `${path}.c`]);
    return [path];
  },
};

const INTERPRETED = konoha('konoha', 'Konoha, interpreter', 'off');
const COMPILED = konoha('konoha-jit', 'Konoha, JIT', 'on');

/** Ours, each with what runs the same programs under other names, which is not in the table. */
export const OURS: readonly { readonly language: Language; readonly renamed: Language }[] = [
  { language: INTERPRETED, renamed: renamed(INTERPRETED, 'off') },
  { language: COMPILED, renamed: renamed(COMPILED, 'on') },
];

/** In the order of the table. */
export const LANGUAGES: readonly Language[] = [
  C,
  interpreter('luajit', 'LuaJIT', 'lua', { luajit: 'runs programs of Table 1' }, ['/usr/bin/luajit'], '-v'),
  interpreter('node', 'Node', 'js', {}, [process.execPath]),
  interpreter('lua', 'Lua', 'lua', { 'lua5.4': 'runs programs of Table 1' }, ['/usr/bin/lua5.4'], '-v'),
  interpreter('ruby-yjit', 'Ruby, YJIT', 'rb', { ruby: 'runs programs of Table 1' }, ['/usr/bin/ruby', '--yjit']),
  interpreter('ruby', 'Ruby', 'rb', { ruby: 'runs programs of Table 1' }, ['/usr/bin/ruby']),
  interpreter('python', 'Python', 'py', { python3: 'runs programs of Table 1' }, ['/usr/bin/python3']),
  interpreter('perl', 'Perl', 'pl', { perl: 'runs programs of Table 1' }, ['/usr/bin/perl'], '-v'),
  ...OURS.flatMap(({ language, renamed }) => [language, renamed]),
];
