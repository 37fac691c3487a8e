import { describe, expect, test } from 'vitest';
import { qemuArguments, type QemuOptions } from '../src/qemu.js';

const OPTIONS: QemuOptions = { kernelImage: '/k', initramfs: '/i', accelerator: 'kvm', smp: 1, memoryMiB: 512 };

describe('qemuArguments', () => {
  test('counting instructions means emulation with one CPU', () => {
    const options = qemuArguments({ ...OPTIONS, icount: true });
    expect(options[options.indexOf('-accel') + 1]).toBe('tcg');
    expect(options[options.indexOf('-icount') + 1]).toBe('shift=0');
    expect(() => qemuArguments({ ...OPTIONS, icount: true, smp: 2 })).toThrow('one CPU only');
  });

  test('a debugger needs addresses that stay', () => {
    const options = qemuArguments({ ...OPTIONS, gdbPort: 1234 });
    expect(options).toContain('tcp:127.0.0.1:1234');
    expect(options[options.indexOf('-append') + 1]).toContain('nokaslr');
    expect(qemuArguments(OPTIONS).join(' ')).not.toContain('nokaslr');
  });

  test('an oops ends the machine', () => {
    const parameters = qemuArguments(OPTIONS)[qemuArguments(OPTIONS).indexOf('-append') + 1];
    expect(parameters).toContain('oops=panic');
    expect(parameters).toContain('panic=-1');
    expect(qemuArguments(OPTIONS)).toContain('-no-reboot');
  });
});
