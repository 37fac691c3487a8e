/** Where the instructions of a device's system calls are: in the kernel, in the module's own code, in native code, in the engine. */
import { basename } from 'node:path';
import { SERIES, requireKernel, type Kernel } from '@konoha/vm';
import { step } from '../scripts/progress.js';
import { buildTools, type Tools } from './build.js';
import { Guest } from './guest.js';
import { SCRIPTS } from './open-close.js';
import type { Measured, Options, Table } from './table.js';
import { NATIVE_CODE, USER, byFunction, oneOperation } from './trace.js';

/** The newest kernel: the others differ in what is not ours. */
const KERNEL = SERIES.at(-1)!.name;
const LONGEST = 8;

export const PROFILE: Table = {
  name: 'profile',
  about: 'where the instructions of a device’s system calls are',
  onKernels: true,
  measure,
};

interface Operation {
  readonly name: string;
  /** For rounds.c, behind the path. */
  readonly options: string;
  /** System calls of one operation. */
  readonly calls: number;
  readonly konoha: string;
  readonly c: string;
}

const IO = { calls: 1, konoha: '/dev/kbench-io', c: '/dev/kbench-io-c' } as const;
const OPERATIONS: readonly Operation[] = [
  { name: 'open+close', options: 'open', calls: 2, konoha: '/dev/kbench', c: '/dev/kbench-c' },
  { name: 'open+close, empty', options: 'open', calls: 2, konoha: '/dev/kbench-empty', c: '/dev/kbench-c' },
  { name: 'read 1 B', options: 'read 1', ...IO },
  { name: 'read 4 KiB', options: 'read 4096', ...IO },
  { name: 'write 16 B', options: 'write 16', ...IO },
  { name: 'write 4 KiB', options: 'write 4096', ...IO },
  { name: 'ioctl', options: 'count', ...IO },
  { name: 'ioctl, a struct', options: 'turn', ...IO },
];

/** Where an instruction can be. */
const PARTS = ['kernel', 'module', 'native', 'engine', 'user'] as const;
type Part = (typeof PARTS)[number];
const TITLES: Readonly<Record<Part, string>> = {
  kernel: 'kernel',
  module: '`host/linux`',
  native: 'native code',
  engine: 'engine',
  user: 'user space',
};

interface Profile {
  readonly operation: string;
  readonly parts: Readonly<Record<Part, number>>;
  /** Of the C device, everything. */
  readonly c: number;
  /** By function, but for the kernel's; the most expensive first. */
  readonly functions: readonly (readonly [name: string, instructions: number])[];
}

async function measure({ kernel: only }: Options): Promise<Measured> {
  const kernel = requireKernel(only ?? KERNEL);
  const tools = await buildTools(kernel);
  const profiles = await step(`Looking where system calls go through Linux ${kernel.release}`, () =>
    profileKernel(kernel, tools),
  );
  return {
    data: { unit: 'instructions of one operation, native code', kernel: kernel.release, profiles },
    markdown: markdown(profiles),
  };
}

async function profileKernel(kernel: Kernel, tools: Tools): Promise<Profile[]> {
  return await Guest.use(
    kernel,
    tools,
    {},
    async (guest) => {
      for (const path of tools.modules) await guest.shell(`insmod /bench/${basename(path)}`);
      await guest.setJit(1);
      for (const script of SCRIPTS) await guest.shell(`cat /bench/scripts/${script}.k > /dev/konoha`);
      const profiles: Profile[] = [];
      for (const operation of OPERATIONS) profiles.push(await profile(guest, operation));
      return profiles;
    },
    { monitor: true },
  );
}

async function profile(guest: Guest, { name, options, calls, konoha, c }: Operation): Promise<Profile> {
  const functions = await functionsOf(guest, `${konoha} ${options}`, calls);
  const parts: Record<Part, number> = { kernel: 0, module: 0, native: 0, engine: 0, user: 0 };
  for (const [of, count] of functions) parts[partOf(of)] += count;
  const ofC = [...(await functionsOf(guest, `${c} ${options}`, calls)).values()].reduce((sum, count) => sum + count, 0);
  const ours = [...functions].filter(([of]) => ['module', 'engine'].includes(partOf(of)));
  return {
    operation: name,
    parts,
    c: ofC,
    functions: ours.sort(([, a], [, b]) => b - a).map(([of, count]) => [of.replace(/^.*\//, ''), count]),
  };
}

/** Instructions of one operation by function. */
async function functionsOf(guest: Guest, options: string, calls: number): Promise<Map<string, number>> {
  const { trace, symbols } = await guest.trace(options);
  return byFunction(oneOperation(trace, symbols, calls), symbols);
}

function partOf(name: string): Part {
  if (name === USER) return 'user';
  if (name === NATIVE_CODE) return 'native';
  if (/^konoha\/w2c_(vm|compiler)_/.test(name)) return 'engine';
  return name.startsWith('konoha/') ? 'module' : 'kernel';
}

function markdown(profiles: readonly Profile[]): string {
  const lines = [
    `| operation | C, all | Konoha, all | ${PARTS.map((part) => TITLES[part]).join(' | ')} |`,
    `|---|--:|--:|${PARTS.map(() => '--:').join('|')}|`,
    ...profiles.map(({ operation, parts, c }) => {
      const all = PARTS.reduce((sum, part) => sum + parts[part], 0);
      return `| ${operation} | ${c} | ${all} | ${PARTS.map((part) => parts[part]).join(' | ')} |`;
    }),
    '',
    '| operation | where most of it is, but for the kernel |',
    '|---|---|',
    ...profiles.map(({ operation, functions }) => {
      const list = functions.slice(0, LONGEST).map(([name, count]) => `\`${name}\` ${count}`);
      return `| ${operation} | ${list.join(', ')} |`;
    }),
  ];
  return lines.join('\n');
}
