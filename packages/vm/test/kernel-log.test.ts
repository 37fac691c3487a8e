import { describe, expect, test } from 'vitest';
import { findComplaints, kernelLogText, parseKernelLog } from '../src/kernel-log.js';

describe('parseKernelLog', () => {
  test('reads level, sequence, time and text, and leaves out the key=value lines', () => {
    const data = Buffer.from('6,12,3400,-;konoha: hello\n SUBSYSTEM=misc\n\0' + '28,13,3500,c;one; two\n\0');
    expect(parseKernelLog(data)).toEqual([
      { level: 6, sequence: 12, microseconds: 3400, text: 'konoha: hello' },
      { level: 4, sequence: 13, microseconds: 3500, text: 'one; two' },
    ]);
  });

  test('is empty for an empty log', () => {
    expect(parseKernelLog(Buffer.alloc(0))).toEqual([]);
  });

  test('gives escaped UTF-8 back as text', () => {
    const escaped = '\\xe3\\x82\\xb7\\xe3\\x82\\xb9';
    expect(kernelLogText(parseKernelLog(Buffer.from(`6,1,1,-;${escaped}\n\0`)))).toBe('シス\n');
  });
});

describe('findComplaints', () => {
  test.each([
    'BUG: kernel NULL pointer dereference, address: 0000000000000000',
    'BUG: sleeping function called from invalid context at kernel/locking/mutex.c:585',
    'Oops: 0000 [#1] PREEMPT SMP NOPTI',
    'WARNING: CPU: 0 PID: 1 at lib/refcount.c:28 refcount_warn_saturate+0xba/0x110',
    'WARNING: possible recursive locking detected',
    'INFO: possible circular locking dependency detected',
    'INFO: task cat:123 blocked for more than 30 seconds.',
    'INFO: rcu_preempt detected stalls on CPUs/tasks:',
    'BUG: KASAN: slab-out-of-bounds in konoha_enter+0x1/0x2',
    'UBSAN: array-index-out-of-bounds in konoha.c:3:4',
    ' Call Trace:',
    'watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [cat:99]',
    'general protection fault, probably for non-canonical address 0xdead: 0000 [#1]',
    'refcount_t: underflow; use-after-free.',
    "sysfs: cannot create duplicate filename '/class/konoha/hello'",
    'Kernel panic - not syncing: Fatal exception',
  ])('finds %s', (line) => {
    expect(findComplaints([line])).toEqual([line]);
  });

  test.each([
    'konoha: loading out-of-tree module taints kernel.',
    'konoha: module verification failed: signature and/or required key missing - tainting kernel',
    'konoha: hello: IO!!: disk went away at Device.read (hello.k:3)',
    'Command line: console=ttyS0 panic=-1 oops=panic loglevel=5 -- WARNING: none',
    'debugger enabled',
    'hungry task',
  ])('leaves %s alone', (line) => {
    expect(findComplaints([line])).toEqual([]);
  });
});
