import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Workplace } from './command.js';

const UGLY = 'int  x=1\nif(x==1){ OUT<<x<<EOL }\n';
const NEAT = 'int x = 1\nif (x == 1) { OUT << x << EOL }\n';
const BAD = 'int x = (1\n';
const place = new Workplace({ 'ugly.k': UGLY, 'again.k': UGLY, 'neat.k': NEAT, 'bad.k': BAD });
afterAll(() => place.remove());
const read = (name: string): string => readFileSync(join(place.folder, name), 'utf8');

describe('konoha fmt', { timeout: 60_000 }, () => {
  test('formats files in place and names what changed; what is neat or broken is not touched', async () => {
    const before = ['neat.k', 'bad.k'].map((name) => statSync(join(place.folder, name)).mtimeMs);
    const { status, stdout, stderr } = await place.konoha(['fmt', 'neat.k', 'bad.k', 'ugly.k']);
    expect([status, stdout]).toEqual([1, 'ugly.k\n']);
    expect(stderr).toContain('error K0206: ( is never closed\n  --> bad.k:1:9\n');
    expect([read('ugly.k'), read('bad.k'), read('neat.k')]).toEqual([NEAT, BAD, NEAT]);
    expect(['neat.k', 'bad.k'].map((name) => statSync(join(place.folder, name)).mtimeMs)).toEqual(before);
    expect(await place.konoha(['fmt', 'ugly.k'])).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('--check changes nothing', async () => {
    expect(await place.konoha(['fmt', '--check', 'again.k', 'neat.k'])).toEqual({
      status: 1,
      stdout: 'again.k\n',
      stderr: '',
    });
    expect(read('again.k')).toBe(UGLY);
    expect((await place.konoha(['fmt', '--check', 'neat.k'])).status).toBe(0);
  });

  test('standard input to output', async () => {
    expect(await place.konoha(['fmt'], UGLY)).toEqual({ status: 0, stdout: NEAT, stderr: '' });
    expect(await place.konoha(['fmt', '-'], '')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(await place.konoha(['fmt', '--check', '-'], UGLY)).toEqual({ status: 1, stdout: '<stdin>\n', stderr: '' });
    const { status, stdout, stderr } = await place.konoha(['fmt', '-', '--stdin-name', 'a/b.k', '--json'], BAD);
    expect([status, stdout]).toEqual([1, '']);
    expect(JSON.parse(stderr)).toMatchObject({ code: 'K0206', file: 'a/b.k', line: 1 });
  });

  test('wrong usage', async () => {
    expect(await place.konoha(['fmt', '-', 'neat.k'])).toMatchObject({ status: 2, stdout: '' });
    expect(await place.konoha(['fmt', 'missing.k'])).toMatchObject({
      status: 2,
      stderr: 'konoha: cannot read missing.k: there is no such file\n',
    });
  });
});
