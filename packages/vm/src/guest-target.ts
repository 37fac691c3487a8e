/** A booted guest as the target of operation scripts. */
import { OverdueError, TargetGoneError, type MemoryUse, type Outcome, type Request, type Target } from '@konoha/ops';
import { MachineGoneError, NoReplyError, hex, type Ending } from './agent-link.js';
import { findComplaints, kernelLogText, type LogRecord } from './kernel-log.js';
import type { Machine } from './machine.js';

const KILL_TIMEOUT_MS = 10_000;
const CLEAN_TIMEOUT_MS = 20_000;
const PAGE_KIB = 4;
const CLEANER = 'cleaner';
const INJECTED = '1'.charCodeAt(0);
/** A 32nd of the machine's memory. */
const KASAN_QUARANTINE_KIB = 32 * 1024;
/** How many times as long anything may take on the debug kernel. */
const DEBUG_PATIENCE = 10;

const LEAKS_TIMEOUT_MS = 60_000;
/** Memory counts as lost when two scans find nothing that refers to it, and it is older than 5 s. */
const FIND_LEAKS = `sleep 6
cd /sys/kernel/debug
echo scan > kmemleak && echo scan > kmemleak && cat kmemleak
grep -E 'debug_locks: *0' /proc/lockdep_stats
true`;

interface GuestProcess {
  /** Fulfilled when it is there. */
  readonly started: Promise<void>;
  /** Never awaited bare: a promise of it would be awaited through. */
  readonly ending: Promise<Ending>;
}

export class GuestTarget implements Target {
  private readonly processes = new Map<string, GuestProcess>();
  private unread: LogRecord[] = [];
  private complaints: string[] = [];

  readonly memoryNoiseKiB: number;
  private readonly patience: number;

  constructor(readonly machine: Machine) {
    this.memoryNoiseKiB = machine.kernel.debug ? KASAN_QUARANTINE_KIB : 0;
    this.patience = machine.kernel.debug ? DEBUG_PATIENCE : 1;
  }

  async perform(process: string, request: Request, timeoutMs: number): Promise<Outcome> {
    const patient = timeoutMs * this.patience;
    return await this.guarded(process, patient, async () => {
      await this.start(process);
      const reply = await this.machine.agent.request(process, encodeRequest(request), patient);
      const { value, error, data, microseconds } = reply;
      const milliseconds = microseconds / 1000 / this.patience;
      if (request.verb !== 'fail-nth' || error === 'died') return { value, error, data, milliseconds };
      // Behind the data stands whether there was such a point.
      return { value, error, data: data.subarray(0, -1), milliseconds, injected: data.at(-1) === INJECTED };
    });
  }

  async kill(process: string, signal: number, timeoutMs: number): Promise<Outcome> {
    const running = this.processes.get(process);
    if (!running) return failed('ESRCH');
    const patient = timeoutMs * this.patience;
    return await this.guarded(process, patient, async () => {
      await running.started;
      await this.machine.command('kill', process, signal);
      const { status, signal: endedBy } = await within(running.ending, patient);
      return { value: endedBy ?? status ?? 0, error: null, data: Buffer.alloc(0), milliseconds: 0 };
    });
  }

  async exit(process: string, status: number, timeoutMs: number): Promise<Outcome> {
    const patient = timeoutMs * this.patience;
    return await this.guarded(process, patient, async () => {
      await this.start(process);
      const { ending } = this.processes.get(process)!;
      // Answered by its end, not by a reply.
      await this.machine.agent.request(process, ['exit', status], patient);
      const ended = await within(ending, patient);
      return { value: ended.status ?? -1, error: null, data: Buffer.alloc(0), milliseconds: 0 };
    });
  }

  async putFile(path: string, contents: string): Promise<void> {
    await this.guarded('-', 0, () => this.machine.put(path, contents));
  }

  async kernelLog(): Promise<string> {
    await this.fetchLog();
    const text = kernelLogText(this.unread);
    this.unread = [];
    return text;
  }

  async memory(): Promise<MemoryUse> {
    const reply = await this.guarded('-', 0, () => this.machine.command('memory'));
    const text = reply.data.toString();
    const amount = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]);
    // Freed pages rest on per-CPU lists for a while, where MemFree does not count them; /proc/zoneinfo does.
    const onLists = [...text.matchAll(/^\s+count:\s+(\d+)$/gm)].reduce((sum, match) => sum + Number(match[1]), 0);
    return { freeKiB: amount('MemFree') + onLists * PAGE_KIB, slabKiB: amount('Slab') };
  }

  /** Before a script: its kernel log begins here. */
  async begin(): Promise<void> {
    await this.fetchLog();
    this.unread = [];
    this.complaints = [];
  }

  /**
   * After a script: ends its processes, unloads what it left loaded, fetches the rest of the log.
   * @returns what is wrong with the machine now; empty when the next script finds it clean
   */
  async clean(): Promise<string[]> {
    const problems: string[] = [];
    for (const process of [...this.processes.keys()]) {
      try {
        await this.kill(process, 9, KILL_TIMEOUT_MS);
      } catch (error) {
        if (!(error instanceof OverdueError)) throw error;
        problems.push(`process ${process} cannot be killed: ${error.message}\n${error.details}`);
      }
    }
    problems.push(...(await this.unloadAll()));
    return [...problems, ...(await this.logComplaints())];
  }

  /** Lines of the kernel's log since {@link begin} that say that something is wrong. */
  async logComplaints(): Promise<string[]> {
    await this.fetchLog();
    return this.complaints.map((line) => `kernel log: ${line}`);
  }

  /**
   * Whether the debug kernel's detectors have seen to the end what happened: kmemleak looks for memory that nothing
   * refers to any more, and lockdep must not have switched itself off.
   * @returns what is wrong; nothing on other kernels
   */
  async findLeaks(): Promise<string[]> {
    if (!this.machine.kernel.debug) return [];
    const outcome = await this.perform(CLEANER, { verb: 'shell', command: FIND_LEAKS }, LEAKS_TIMEOUT_MS);
    const text = outcome.data.toString().trim();
    return outcome.value === 0 && text === '' ? [] : [`kmemleak and lockdep: ${text || `status ${outcome.value}`}`];
  }

  private async unloadAll(): Promise<string[]> {
    const command = [
      'cd /proc/konoha 2>/dev/null || exit 0',
      // The names are the first words of the lines that do not begin with "#".
      `while read -r name _; do case "$name" in ''|'#'*) ;; *) echo "$name" > unload || echo "unload $name" ;; esac; done < list`,
      `grep -v '^#' list | sed 's/^/still loaded: /'`,
    ].join('\n');
    try {
      const outcome = await this.perform(CLEANER, { verb: 'shell', command }, CLEAN_TIMEOUT_MS);
      return outcome.data.toString().split('\n').filter(Boolean);
    } catch (error) {
      if (!(error instanceof OverdueError)) throw error;
      return [`what was loaded cannot be unloaded: ${error.message}\n${error.details}`];
    }
  }

  private async fetchLog(): Promise<void> {
    const records = await this.guarded('-', 0, () => this.machine.newLog());
    this.unread.push(...records);
    this.complaints.push(...findComplaints(records.map((record) => record.text)));
  }

  /** Makes the process if it is not there. */
  private async start(process: string): Promise<void> {
    let running = this.processes.get(process);
    if (!running) {
      const ending = new Promise<Ending>((resolve) => {
        this.machine.agent.onEnding(process, (how) => {
          this.processes.delete(process);
          resolve(how);
        });
      });
      running = { started: this.spawn(process), ending };
      this.processes.set(process, running);
    }
    await running.started;
  }

  private async spawn(process: string): Promise<void> {
    const reply = await this.machine.command('spawn', process);
    if (!reply.error) return;
    this.processes.delete(process);
    throw new Error(`the guest cannot start process "${process}": ${reply.error}`);
  }

  /** Turns the link's errors into those of a target. */
  private async guarded<T>(process: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof MachineGoneError) throw new TargetGoneError(error.message);
      if (!(error instanceof NoReplyError)) throw error;
      if (process === '-') throw new TargetGoneError(`The guest does not answer any more: ${error.message}`);
      throw new OverdueError(timeoutMs / 1000, await this.describe(process));
    }
  }

  private async describe(process: string): Promise<string> {
    try {
      const reply = await this.machine.command('describe', process);
      const wanted = /^(Name|State|SigPnd|ShdPnd|\[<|[a-z_0-9]+$)/;
      const lines = reply.data
        .toString()
        .split('\n')
        .filter((line) => wanted.test(line));
      return lines.map((line) => `    ${line}`).join('\n');
    } catch (error) {
      throw new TargetGoneError(`The guest does not answer any more: ${(error as Error).message}`);
    }
  }
}

async function within(ending: Promise<Ending>, timeoutMs: number): Promise<Ending> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NoReplyError(`it did not end within ${timeoutMs / 1000} s`)), timeoutMs);
  });
  try {
    return await Promise.race([ending, late]);
  } finally {
    clearTimeout(timer);
  }
}

function failed(error: string): Outcome {
  return { value: -1, error, data: Buffer.alloc(0), milliseconds: 0 };
}

/** The agent's words for a request. */
function encodeRequest(request: Request): (string | number)[] {
  switch (request.verb) {
    case 'open':
      return [request.verb, hex(request.path), request.flags, request.mode];
    case 'read':
      return [request.verb, request.fd, request.length];
    case 'pread':
      return [request.verb, request.fd, request.length, request.offset];
    case 'write':
      return [request.verb, request.fd, hex(request.data)];
    case 'pwrite':
      return [request.verb, request.fd, hex(request.data), request.offset];
    case 'lseek':
      return [request.verb, request.fd, request.offset, request.whence];
    case 'poll':
      return [request.verb, request.fd, request.events, request.timeoutMs];
    case 'ioctl':
      return [request.verb, request.fd, request.request, hex(request.data)];
    case 'ioctl-value':
      return [request.verb, request.fd, request.request, request.value];
    case 'close':
    case 'dup':
    case 'fsync':
      return [request.verb, request.fd];
    case 'sleep':
      return [request.verb, request.milliseconds * 1000];
    case 'setuid':
      return [request.verb, request.uid];
    case 'shell':
      return [request.verb, hex(request.command)];
    case 'read-at':
    case 'write-at':
      return [request.verb, request.fd, request.length, request.where];
    case 'ioctl-at':
      return [request.verb, request.fd, request.request, request.where];
    case 'read-slow':
      return [request.verb, request.fd, request.length, request.milliseconds * 1000];
    case 'write-slow':
      return [request.verb, request.fd, hex(request.data), request.milliseconds * 1000];
    case 'write-file':
      return [request.verb, hex(request.path), hex(request.data)];
    case 'stress':
      return [request.verb, hex(request.path), request.flags, request.processes, request.milliseconds];
    case 'fail-nth':
      return [request.verb, request.nth, ...encodeRequest(request.request)];
  }
}
