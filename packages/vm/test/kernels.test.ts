import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { debugKernelFolder, debugKernelKey, findDebugKernel, findKernel } from '../src/kernels.js';

let cache: string;
beforeEach(() => (cache = mkdtempSync(join(tmpdir(), 'konoha-kernels-'))));
afterEach(() => rmSync(cache, { recursive: true }));

function addKernel(folder: string, release: string): void {
  mkdirSync(join(folder, 'boot'), { recursive: true });
  mkdirSync(join(folder, 'lib', 'modules', release), { recursive: true });
  mkdirSync(join(folder, 'usr', 'src', `linux-headers-${release}`), { recursive: true });
  writeFileSync(join(folder, 'boot', `vmlinuz-${release}`), '');
}

describe('a kernel', () => {
  test('of a series is the newest release', () => {
    for (const release of ['6.12.9-a', '6.12.100-a', '6.1.200-a']) addKernel(join(cache, release), release);
    expect(findKernel('6.12', cache)).toMatchObject({ name: '6.12', release: '6.12.100-a', debug: false });
    expect(findKernel('6.1', cache)).toMatchObject({ name: '6.1', series: '6.1', release: '6.1.200-a' });
  });

  test('that is not complete is not there', () => {
    mkdirSync(join(cache, '6.12.9-a', 'boot'), { recursive: true });
    expect(findKernel('6.12', cache)).toBeUndefined();
    expect(findKernel('6.12', join(cache, 'nowhere'))).toBeUndefined();
  });
});

describe('the debug kernel', () => {
  test('is the one of the present configuration, and no series', () => {
    addKernel(debugKernelFolder('6.12.100-1~deb12u1', cache), '6.12.100-konoha-debug');
    addKernel(join(cache, 'debug-6.12.200-0123456789ab'), '6.12.200-konoha-debug');
    expect(findDebugKernel(cache)).toMatchObject({ name: 'debug', series: '6.12', release: '6.12.100-konoha-debug' });
    expect(findKernel('6.12', cache)).toBeUndefined();
  });

  test('changes its key with its configuration', () => {
    expect(debugKernelKey('CONFIG_A=y\n')).not.toBe(debugKernelKey('CONFIG_A=n\n'));
  });
});
