/**
 * Runs corpus files in a booted kernel as native code, many at a time: a shell loop in the guest loads each, and unloads it,
 * so that a file takes no round trip of its own.
 */
import type { Kernel } from '@konoha/vm';
import type { Observed } from './compare.js';
import { CorpusMachine, shell } from './corpus-machine.js';
import { readOutput, readStatus } from './kernel-corpus.js';

const BATCH_TIMEOUT_MS = 600_000;
const FOLDER = '/tmp/corpus';
const MARK = '=-= corpus =-=';

/** What became of one file. */
export interface NativeRun extends Observed {
  /** Fuel that loading it took; undefined: it did not stay loaded. */
  readonly fuel: bigint | undefined;
  /** Methods that had native code. */
  readonly methods: number;
}

/** How native code is made of scripts. */
export interface NativeSetting {
  /** The module's parameter: 2, the usual one, makes native code of all that runs, as soon as can be. */
  readonly jit?: number;
  /** net.core.bpf_jit_harden, else 0. */
  readonly harden?: number;
  /** net.core.bpf_jit_enable, else 1. */
  readonly enable?: number;
}

/**
 * For each file: its status, its line of `stats`, the log's lines since. The log is a ring whose lines carry times, so the last one that was
 * there before is found again.
 */
const LOOP = `run() {
  last=$(tail -n 1 /proc/konoha/log)
  cat $1 > /dev/konoha 2>/dev/null
  cat /proc/konoha/status
  echo '${MARK}'
  name=$(sed -n 's/^ok \\([^ ]*\\).*/\\1/p' /proc/konoha/status)
  if [ -n "$name" ]; then grep "^name=$name	" /proc/konoha/stats || name=; fi
  echo '${MARK}'
  cat /proc/konoha/log > /tmp/log
  n=$(grep -nFx -e "$last" /tmp/log | tail -n 1 | cut -d: -f1)
  tail -n +$((\${n:-0} + 1)) /tmp/log
  echo '${MARK}'
  if [ -n "$name" ]; then echo $name > /proc/konoha/unload; fi
}`;

/** A script that has registered nothing is not kept, and its counts go with it: so it gets a device, whose name is its own. */
export function withDevice(source: Uint8Array): Uint8Array {
  const text = Buffer.from(source).toString();
  return text.includes('Device.close') ? source : Buffer.from(`${text}\nvoid Device.close() {}\n`);
}

export class NativeCorpus {
  private readonly machine: CorpusMachine;

  constructor(kernel: Kernel) {
    this.machine = new CorpusMachine(kernel);
  }

  /**
   * Runs scripts in their order.
   * @throws when the kernel complains, hangs or crashes
   */
  runAll(sources: readonly Uint8Array[], setting: NativeSetting = {}): Promise<NativeRun[]> {
    return this.machine.with(async (target) => {
      await shell(target, `rm -rf ${FOLDER}; mkdir ${FOLDER}`, BATCH_TIMEOUT_MS);
      for (const [index, source] of sources.entries())
        await target.putFile(`${FOLDER}/${index}.k`, Buffer.from(source).toString());
      const numbers = sources.map((_, index) => index).join(' ');
      const { jit = 2, harden = 0, enable = 1 } = setting;
      const loop = `${LOOP}
echo ${jit} > /sys/module/konoha/parameters/jit
echo ${harden} > /proc/sys/net/core/bpf_jit_harden
echo ${enable} > /proc/sys/net/core/bpf_jit_enable
for i in ${numbers}; do run ${FOLDER}/$i.k; done`;
      const parts = (await shell(target, loop, BATCH_TIMEOUT_MS)).split(`${MARK}\n`);
      return sources.map((_, index) => readRun(parts.slice(index * 3, index * 3 + 3)));
    });
  }

  /** Ends the machine. */
  end(): Promise<void> {
    return this.machine.end();
  }
}

function readRun([status = '', stats = '', log = '']: readonly string[]): NativeRun {
  const { diagnostics, exception } = readStatus(status);
  const lines = log.split('\n').filter((line) => line !== '');
  const fuel = /\bfuel=(\d+)/.exec(stats)?.[1];
  return {
    diagnostics,
    exception,
    output: readOutput(lines, exception),
    fuel: fuel === undefined ? undefined : BigInt(fuel),
    methods: Number(/\bnative=(\d+)/.exec(stats)?.[1] ?? 0),
  };
}
