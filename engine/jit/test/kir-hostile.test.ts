/** What stands between the engine and the machine (kir-expand.c), given what a hostile engine could make; see kir-hostile.c. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const here = fileURLToPath(new URL('../../../host/linux/test', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kir-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(program: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** Builds the program with kir-expand.c as `change` makes it, and runs it on `count` inputs. */
function attack(
  change: (text: string) => string,
  count: number,
  flags: string[] = [],
): { status: number | null; output: string } {
  const source = join(folder, 'kir-expand.c');
  const program = join(folder, 'kir-hostile');
  writeFileSync(source, change(readFileSync(join(here, '../kir-expand.c'), 'utf8')));
  const includes = [`-I${join(here, 'shim')}`, `-I${join(here, '..')}`];
  const built = run('gcc', '-O1', '-w', ...flags, ...includes, '-o', program, join(here, 'kir-hostile.c'), source);
  expect(built).toEqual({ status: 0, output: '' });
  return run(program, '1', String(count));
}

test('nothing that a hostile engine makes gets through', () => {
  const { status, output } = attack((text) => text, 100_000, ['-fsanitize=address']);
  expect({ status, output }).toEqual({ status: 0, output: expect.stringMatching(/^[1-9]\d{3,} of 100000 taken\n$/) });
}, 120_000);

describe('without a check, something does', () => {
  test.each([
    ['of addresses', /emit\(e, BPF_ALU32_IMM\(BPF_AND, address_register\(reg\), e->target->mask\)\);/, ''],
    ['that there is an address', /!is_place\(e, r->a, r->x\) \|\|/, ''],
    ['of how far behind it', / && offset <= KIR_REACH/, ''],
    ['that a register with a number has no address', /e->addresses &= ~\(1u << reg\);/, ''],
    ['that an address is no number', /e->mask &= ~bit;/, ''],
    ['of what a loop brings of addresses', /\|\| \(e->held\[r->y\] & ~e->addresses\)/, ''],
    ['of what ways together bring', /e->held\[to\] &= e->addresses & ~lost;/, ''],
    ['of what calls leave of addresses', /e->addresses &= ~ALL_CALLS_SPOIL;/, ''],
    ['of who else wants R0', /e->addresses &= ~BASE_BIT;/g, ''],
    ['of slots', /!is_slot\(e, r->x\) \|\| !sets/, '!sets'],
    ['of levels', /emit_jump\(e, BPF_JMP_IMM\(BPF_JSET, BPF_REG_2, KIR_SPENT, 0\), r->t\);/, ''],
    ['of what a loop brings', /\(e->set\[r->y\] & ~e->mask\) \|\|/, ''],
    ['of zero', /emit_jump\(e, BPF_JMP_IMM\(BPF_JEQ, b, 0, 0\), r->t\);/, ''],
    ['of division by -1', /emit\(e, BPF_JMP_IMM\(BPF_JEQ, b, -1, 2\)\);/, 'emit(e, BPF_JMP_A(0));'],
    ['of what calls spoil', /e->mask &= ~ALL_CALLS_SPOIL;/, ''],
  ])(
    '%s',
    (_name, check, instead) => {
      const { status, output } = attack((text) => {
        expect(text).toMatch(check);
        return text.replace(check, instead);
      }, 400_000);
      expect(status).toBe(1);
      expect(output).toMatch(/^seed \d+: it /);
    },
    120_000,
  );
});
