/** The kernel's own style checker, as the debug kernel's source has it, over host/linux. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, type Kernel } from '@konoha/vm';
import type { Check } from './checks.js';
import { tryRun } from './run.js';

/** Complaints that are wrong where they are made: what checkpatch calls them, and why they do not count. */
const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'compat.h': {
    LINUX_VERSION_CODE: 'it is for code that is part of one kernel; this is built for several',
    CONSTANT_COMPARISON: 'LINUX_VERSION_CODE is not a constant of ours: its place is on the left',
    NEW_TYPEDEFS: 'the type of a parameter that differs between kernels',
  },
  'include/konoha.h': {
    COMPLEX_MACRO: 'RETURN_INT and the like are statements: they end a method',
    MACRO_WITH_FLOW_CONTROL: 'the same; the names say so',
  },
  'kir.h': { BIT_MACRO: 'a unit of fuel is a number, and signed' },
  'kir-expand.c': {
    LINUX_VERSION_CODE: 'which instructions BPF has; compat.h is not for user space, where this is tested',
    CONSTANT_COMPARISON: 'as in compat.h',
    BIT_MACRO: 'masks of 32 bits',
  },
  'wasm-rt.h': { NEW_TYPEDEFS: 'translated code uses these names' },
  'wasm-prologue.h': {
    NEW_TYPEDEFS: 'translated code uses these names',
    CAMELCASE: 'the same',
    COMPLEX_MACRO: 'DEFINE_LOAD and DEFINE_STORE define functions',
    MACRO_ARG_REUSE: 'their arguments are types; those of the others, local variables of translated code',
    MACRO_ARG_UNUSED: 'wasm2c names a declaration that is not needed here',
    MULTISTATEMENT_MACRO_USE_DO_WHILE: 'FUNC_PROLOGUE declares, too',
  },
};

/** In place of the kernel's headers, for programs in user space: no code of a kernel. */
const USER_SPACE = join('test', 'shim');

const COMPLAINT = /^(\S+?):(\d+): \w+:([A-Z_0-9]+): /m;

/** Lines of checkpatch that count. */
export function withoutExceptions(output: string): string[] {
  return output.split('\n').filter((line) => {
    const [, file, , type] = COMPLAINT.exec(line) ?? [];
    return line !== '' && !(file !== undefined && type !== undefined && EXCEPTIONS[file]?.[type] !== undefined);
  });
}

export function checkpatch(kernel: Kernel): Check {
  return {
    name: 'checkpatch over host/linux',
    run: async () => {
      const folder = join(ROOT, 'host', 'linux');
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
        (name) => /\.[chS]$/.test(name) && !name.startsWith(USER_SPACE),
      );
      const script = join(kernel.headers, 'scripts', 'checkpatch.pl');
      const options = ['--no-tree', '--no-summary', '--strict', '--terse', '--show-types', '-f'];
      // It leaves a file of notes where it runs.
      const notes = mkdtempSync(join(tmpdir(), 'konoha-checkpatch-'));
      try {
        const paths = files.sort().map((name) => join(folder, name));
        const { status, stdout, stderr } = await tryRun('perl', [script, ...options, ...paths], { cwd: notes });
        const output = stdout.replaceAll(`${folder}/`, '');
        // 0: clean, 1: complaints, which may all be exceptions; others: it could not run.
        if (status > 1 || (status === 1 && !COMPLAINT.test(output))) return `${stderr}${output}`.trim();
        return withoutExceptions(output).join('\n') || null;
      } finally {
        rmSync(notes, { recursive: true, force: true });
      }
    },
  };
}
