import { diagnostics } from '@konoha/spec/diagnostics';
import { afterAll, describe, expect, test } from 'vitest';
import { showPage } from '../src/diagnostic-page.js';
import { findDiagnostic } from '../src/explain.js';
import { explainHint } from '../src/output.js';
import { Workplace } from './command.js';

const SLOW = { timeout: 60_000 };
const place = new Workplace({ 'bad.k': 'int x = "a"\nOUT << y << EOL\n' });
afterAll(() => place.remove());

describe('konoha explain', () => {
  test('a code: its page', SLOW, async () => {
    const { status, stdout, stderr } = await place.konoha(['explain', 'k0203']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^K0203: expected a statement, found …\n\nA statement should begin here/);
    expect(stdout).toContain('    error K0203: expected a statement, found `else`\n');
    expect(stdout).not.toContain('```');
  });

  test.each(['K0203', 'k0203', '0203', '203'])('%s is K0203', (text) => {
    expect(findDiagnostic(text).code).toBe(203);
  });

  test('without a code: all of them, a line each', SLOW, async () => {
    const { status, stdout } = await place.konoha(['explain']);
    const lines = stdout.trimEnd().split('\n');
    expect([status, lines.length]).toEqual([0, diagnostics.length]);
    expect(lines).toContain('K0606  … is never used (warning)');
  });

  test('--json: the list, and a page', SLOW, async () => {
    const list = (await place.konoha(['explain', '--json'])).stdout.trimEnd().split('\n');
    expect(list).toHaveLength(diagnostics.length);
    expect(JSON.parse(list[0]!)).toEqual({ code: 'K0101', severity: 'error', title: 'unexpected character …' });
    const page = JSON.parse((await place.konoha(['explain', '--json', 'K0701'])).stdout) as { blocks: unknown[] };
    expect(page).toMatchObject({ code: 'K0701', severity: 'error' });
    expect(page.blocks).toContainEqual({
      kind: 'code',
      language: 'konoha',
      marks: ['kernel'],
      text: 'void Device.read(InputStream in) { }\n',
    });
  });

  test('a code that does not exist: the nearest ones', SLOW, async () => {
    const { status, stdout, stderr } = await place.konoha(['explain', 'K0608']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('there is no diagnostic K0608; the nearest are\n');
    expect(stderr).toContain('  K0607  return outside of a function\n');
  });

  test('what is no code', SLOW, async () => {
    const { status, stderr } = await place.konoha(['explain', 'return']);
    expect([status, stderr]).toEqual([
      2,
      'konoha: return is not a code: write one as K0203 (konoha explain lists all)\n',
    ]);
  });

  test('colours', () => {
    const page = '# K0999: title\n\nUse `x` or `` `y` ``.\n\n```konoha\nint x\n\nint y\n```\n';
    expect(showPage(page, false)).toBe('K0999: title\n\nUse `x` or `` `y` ``.\n\n    int x\n\n    int y\n');
    expect(showPage(page, true).replaceAll('\u001b', '^')).toBe(
      '^[1mK0999: title^[0m\n\nUse ^[36mx^[0m or ^[36m`y`^[0m.\n\n    ^[36mint x^[0m\n\n    ^[36mint y^[0m\n',
    );
  });
});

describe('the hint below diagnostics', () => {
  test('stands at a terminal only', SLOW, async () => {
    const piped = await place.konoha(['check', 'bad.k']);
    expect(piped.stdout + piped.stderr).not.toContain('konoha explain');
    for (const command of ['check', 'run']) {
      const { stdout } = await place.shell(
        `export -f konoha; SHELL=/bin/bash script -qec "konoha ${command} bad.k" /dev/null`,
      );
      expect(stdout).toMatch(/^konoha explain K0401 tells more; so for the other codes\r$/m);
    }
  });

  test('needs codes, and no --json', () => {
    const terminal = { isTTY: true };
    expect(explainHint([], {}, terminal)).toBe('');
    expect(explainHint(['K0401'], { json: true }, terminal)).toBe('');
    expect(explainHint(['K0401'], {}, {})).toBe('');
    expect(explainHint(['K0401', 'K0401'], {}, terminal)).toBe('konoha explain K0401 tells more\n');
  });
});
