/** konoha.ko in the simulated machine: loading, replacing, unloading. Mirrors host/linux's load.c, compile.c and device.c. */
import type { Binding } from '../../binding.js';
import { ERRNO } from '../../errno.js';
import { createHash } from 'node:crypto';
import { compile, CompileMemoryError, type Compilation } from '../../compiler.js';
import { EngineTrap } from '../../errors.js';
import type { NativeCode, NativeHost } from '../../native.js';
import type { Clock } from '../clock.js';
import type { Directory } from '../file-tree.js';
import type { Process } from '../process.js';
import { DeviceNode, KonohaDevice } from './device.js';
import { openDevice } from './device-file.js';
import { evaluate, STATUS_EVALUATES } from '../../evaluate.js';
import { BootError, Engine, STATUS_EXCEPTION, STATUS_NORMAL, STATUS_WAITING, IO, trapName } from './engine.js';
import { Isolate } from './isolate.js';
import { Log } from './log.js';
import { DEVICES_MAXIMUM, MINIMUM_MEMORY, isValidName, type Parameters } from './parameters.js';
import { Registry } from './registry.js';

/** What came of a load: 0 or an errno, and what /proc/konoha/status says of it. */
export interface LoadResult {
  readonly errno: number;
  readonly text: string;
}

interface Program {
  readonly image: Uint8Array;
  readonly name: string;
  readonly heap: number;
  readonly fuel: bigint;
}

const DIAGNOSTICS_MAXIMUM = 64 << 10;
const ERRNO_MAXIMUM = 133;

/** A load on its way: what it has to say so far. */
interface Report {
  text: string;
}

export class KonohaModule {
  readonly log: Log;
  readonly registry: Registry;
  /** What /proc/konoha/status shows. */
  status = '';
  private lastFile = 0;

  constructor(
    private readonly clock: Clock,
    /** /dev. */
    private readonly devices: Directory,
    readonly parameters: Parameters,
    private readonly release: string,
    private readonly bindings: readonly Binding[] = [],
    private readonly native?: (host: NativeHost) => NativeCode,
  ) {
    this.log = new Log(clock, Math.min(Math.max(parameters.logSize, 4096), 16 << 20));
    this.registry = new Registry(parameters);
  }

  /**
   * Makes a script live.
   * @param source UTF-8 without NUL, at most 1 MiB
   * @param replace a script of the same @Name is loaded, and goes once this one is ready
   */
  async load(source: Uint8Array, replace: boolean, process: Process): Promise<LoadResult> {
    const report: Report = { text: '' };
    const errno = await this.compileAndLoad(source, replace, process, report);
    this.status = report.text;
    const end = report.text.indexOf('\n');
    if (end >= 0) this.log.line('load', report.text.slice(0, end));
    return { errno, text: report.text };
  }

  /** Unloads a script by name. 0, or ENOENT, EBUSY, EINTR. */
  async unload(name: string, process: Process): Promise<number> {
    const isolate = this.registry.find(name);
    if (!isolate) return ERRNO.ENOENT;
    if (!isolate.live) return ERRNO.EBUSY;
    isolate.state = 'dying';
    if (!(await isolate.stop(process))) {
      isolate.state = 'live';
      return ERRNO.EINTR;
    }
    this.destroy(isolate);
    this.log.line(isolate.name, 'unloaded');
    return 0;
  }

  private async compileAndLoad(
    source: Uint8Array,
    replace: boolean,
    process: Process,
    report: Report,
  ): Promise<number> {
    const program = this.compile(source, process, report);
    if (typeof program === 'number') {
      this.describeFailure(report, program, '');
      return program;
    }
    let replaced: Isolate | undefined;
    let errno = 0;
    if (replace && program.name === '') {
      report.text += 'error: a script without @Name replaces none\n';
      errno = ERRNO.EINVAL;
    } else if (replace) {
      replaced = this.registry.findLive(program.name);
      if (!replaced) errno = ERRNO.ENOENT;
    }
    if (errno === 0) errno = await this.loadProgram(program, source, replaced ?? null, process, report);
    if (errno !== 0) this.describeFailure(report, errno, program.name);
    return errno;
  }

  private compile(source: Uint8Array, process: Process, report: Report): Program | number {
    let compilation: Compilation;
    try {
      compilation = compile(source, '', {
        kernel: true,
        bindings: this.bindings,
        stop: () => process.killedBy !== null,
      });
      if (compilation.stopped) return ERRNO.EINTR;
      report.text += compilation.render('plain').slice(0, DIAGNOSTICS_MAXIMUM);
      if (compilation.errors !== 0) return ERRNO.EINVAL;
    } catch (error) {
      if (error instanceof CompileMemoryError) {
        report.text += 'error: the script needs more than 16 MiB to compile\n';
        return ERRNO.ENOMEM;
      }
      if (!(error instanceof EngineTrap)) throw error;
      report.text += `error: the compiler stopped (${trapName(error)}): a bug in Konoha\n`;
      return ERRNO.EIO;
    }
    const { name, heap, fuel } = compilation.settings;
    if (name !== '' && !isValidName(name)) {
      report.text += `error: @Name("${name.slice(0, 64)}") cannot be a device's name: use 1 to 31 of A-Z a-z 0-9 _ - .\n`;
      return ERRNO.EINVAL;
    }
    return { image: compilation.image, name, heap, fuel };
  }

  private describeFailure(report: Report, errno: number, name: string): void {
    if (report.text !== '') return;
    const texts: Record<number, string> = {
      [ERRNO.EEXIST]:
        `a script named ${name} is loaded; unload it (echo ${name} > /proc/konoha/unload) ` +
        'or write to /dev/konoha-replace',
      [ERRNO.ENOSPC]: `${this.parameters.maximumScripts} scripts are loaded; unload one or raise the module parameter max_scripts`,
      [ERRNO.ENOENT]: `no script named ${name} is loaded to be replaced; write to /dev/konoha`,
      [ERRNO.ENOMEM]: 'out of memory while loading',
      [ERRNO.EINTR]: 'the load was interrupted by a signal',
    };
    report.text = `error: ${texts[errno] ?? `load failed (errno ${errno})`}\n`;
  }

  /** The image may take half of a memory whose size the script did not choose. */
  private memorySize(program: Program): number {
    const { heap, maximumHeap } = this.parameters;
    const most = powerOfTwo(Math.max(maximumHeap, MINIMUM_MEMORY));
    const wanted = program.heap !== 0 ? program.heap : Math.max(heap, 2 * program.image.length);
    return Math.min(powerOfTwo(Math.min(Math.max(wanted, MINIMUM_MEMORY), most)), most);
  }

  private async loadProgram(
    program: Program,
    source: Uint8Array,
    replaced: Isolate | null,
    process: Process,
    report: Report,
  ): Promise<number> {
    const origin = {
      uid: process.uid,
      pid: process.pid,
      comm: process.comm,
      loaded: this.clock.wall(),
      sha256: createHash('sha256').update(source).digest('hex'),
    };
    const fuel = program.fuel !== 0n ? program.fuel : this.parameters.operationFuel;
    const isolate = new Isolate(this.clock, this.log, this.memorySize(program), fuel, origin);
    isolate.replaces = replaced;
    let errno = this.registry.add(isolate, program.name);
    if (errno !== 0) return errno;
    errno = await this.boot(isolate, program.image, process, report);
    this.sweep(isolate);
    if (errno === 0) errno = await this.publish(isolate, process, report);
    isolate.replaces = null;
    if (errno === 0) report.text += `ok ${[isolate.name, ...isolate.devices.map(({ name }) => name)].join(' ')}\n`;
    // A script without resources has run, that was all.
    if (errno !== 0 || isolate.devices.length === 0) {
      isolate.state = 'dying';
      this.destroy(isolate);
    }
    return errno;
  }

  /** Verifies an image and runs its top level; what it registers is staged. */
  private async boot(isolate: Isolate, image: Uint8Array, process: Process, report: Report): Promise<number> {
    const fuel = this.parameters.loadFuel;
    let refused = 0;
    const engine = new Engine(
      {
        release: this.release,
        registerDevice: (handle, words, name, mode) => {
          const errno = this.stage(isolate, handle, words, name, mode);
          if (errno !== 0) refused = errno;
          return -errno;
        },
        unregisterDevice: (handle) => {
          const device = isolate.devices.find((other) => other.handle === handle && !other.gone);
          if (device) device.gone = true;
          return device ? 0 : -ERRNO.ENOENT;
        },
        notify: (object) => isolate.notify(object),
        print: (line) => this.log.script(isolate.name, isolate.logLimit, line),
        log: (_level, text) => this.log.script(isolate.name, isolate.logLimit, text),
        nanoseconds: () => this.clock.nanoseconds(),
        wall: () => this.clock.wall(),
      },
      isolate.memorySize,
      process,
      this.bindings,
      this.native,
    );
    isolate.engine = engine;
    try {
      engine.link(image);
      const { instance, main } = engine;
      instance.call('act_set_fuel', main.number, fuel);
      let status = engine.whileWantsNative(instance.call('vm_run', main.number), main);
      while (status === STATUS_WAITING || status === STATUS_EVALUATES) {
        if (status === STATUS_EVALUATES) {
          const stop = (): boolean => process.killedBy !== null;
          engine.forgetNative();
          const given = evaluate(instance, main.io, { kernel: true, stop });
          status = engine.whileWantsNative(instance.call('op_resume', main.number, given), main);
          continue;
        }
        // Nobody else can be inside, so nothing can notify: only time ends the wait.
        const until = instance.memory.i64(main.io + IO.waitUntil);
        const reason = until < 0n ? ERRNO.EDEADLK : await isolate.sleep(0, until, process);
        if (reason < 0) return -reason;
        engine.current = process;
        status = engine.whileWantsNative(instance.call('op_resume', main.number, reason), main);
      }
      let errno = status === STATUS_NORMAL ? 0 : ERRNO.EINTR;
      if (status === STATUS_EXCEPTION) {
        const exception = engine.exception(main);
        this.log.exception(isolate.name, isolate.errorLimit, 'load', exception.text);
        report.text += exception.text.replace(/\n?$/, '\n');
        errno = exception.errno >= 1 && exception.errno <= ERRNO_MAXIMUM ? exception.errno : ERRNO.EIO;
      }
      // The engine throws IO!! for a name that is taken; the load says which it was.
      if (errno === ERRNO.EIO && refused !== 0) errno = refused;
      isolate.stats.fuel += fuel - instance.callLong('act_fuel', main.number);
      instance.call('op_end', main.number);
      return errno;
    } catch (error) {
      if (error instanceof BootError) {
        report.text += error.message;
        return error.errno;
      }
      if (!(error instanceof EngineTrap)) throw error;
      isolate.fault('load', error);
      report.text += `error: engine fault while loading: ${trapName(error)}\n`;
      return ERRNO.EIO;
    } finally {
      engine.flushLine();
    }
  }

  private stage(isolate: Isolate, handle: number, words: readonly number[], wanted: string, mode: number): number {
    if (isolate.state !== 'loading') return ERRNO.EBUSY;
    if (mode !== -1 && (mode & ~0o777) !== 0) return ERRNO.EINVAL;
    if (isolate.devices.some((device) => device.handle === handle && !device.gone)) return ERRNO.EEXIST;
    const name = this.registry.nameDevice(isolate, wanted);
    if (typeof name === 'number') return name;
    const device = new KonohaDevice(isolate, handle, name, words, mode);
    this.registry.keep(device);
    isolate.devices.push(device);
    return 0;
  }

  /** Removes the nodes of devices that the script took away; nobody is inside its engine. */
  sweep(isolate: Isolate): void {
    for (const device of isolate.devices.filter(({ gone }) => gone)) {
      isolate.devices = isolate.devices.filter((other) => other !== device);
      if (isolate.engine && !isolate.faulted) {
        try {
          isolate.engine.instance.call('device_drop', isolate.engine.main.number, device.handle);
        } catch (error) {
          if (!(error instanceof EngineTrap)) throw error;
          isolate.fault('unregister', error);
        }
      }
      this.releaseDevice(device);
    }
  }

  /** Makes a booted isolate live, with nodes for its devices; the one that it replaces goes. */
  private async publish(isolate: Isolate, process: Process, report: Report): Promise<number> {
    const { replaces: replaced } = isolate;
    if (replaced) {
      if (!replaced.live) {
        report.text += `error: ${replaced.name} was unloaded meanwhile\n`;
        return ERRNO.ENOENT;
      }
      replaced.state = 'dying';
      if (!(await replaced.stop(process))) {
        replaced.state = 'live';
        return ERRNO.EINTR;
      }
    }
    isolate.state = 'live';
    for (const device of isolate.devices) {
      const errno = this.publishDevice(device, report);
      if (errno === 0) continue;
      if (replaced) replaced.state = 'live';
      return errno;
    }
    if (replaced) {
      this.takeOver(isolate, replaced);
      this.destroy(replaced);
    }
    return 0;
  }

  private publishDevice(device: KonohaDevice, report: Report): number {
    const { name, mode, isolate } = device;
    const kept = isolate.replaces?.devices.find((other) => other.name === name)?.node;
    if (kept) {
      if (kept.mode === mode) return 0;
      report.text += `error: /dev/${name} keeps its mode in a replacement; unload the script first\n`;
      return ERRNO.EINVAL;
    }
    if (this.devices.get(name)) {
      report.text += `error: /dev/${name} exists and is not a script's; remove it or choose another @Name\n`;
      return ERRNO.EEXIST;
    }
    if (this.registry.nodeCount >= DEVICES_MAXIMUM) return ERRNO.ENOSPC;
    device.node = new DeviceNode(
      device,
      mode,
      async (answering, process, flags) => await openDevice(answering, process, flags, ++this.lastFile, this),
    );
    this.devices.add(name, device.node);
    return 0;
  }

  /** Gives a script the nodes of the one that it replaces. */
  private takeOver(isolate: Isolate, from: Isolate): void {
    for (const device of isolate.devices) {
      const before = from.devices.find(({ name, node }) => node !== null && name === device.name);
      if (device.node || !before?.node) continue;
      device.node = before.node;
      device.node.device = device;
      before.node = null;
    }
  }

  /** Takes all that a script has out of the machine: in the reverse order of its registrations. */
  private destroy(isolate: Isolate): void {
    isolate.state = 'dead';
    isolate.engine?.dispose();
    isolate.engine = null;
    for (const device of [...isolate.devices].reverse()) this.releaseDevice(device);
    isolate.devices = [];
    this.registry.remove(isolate);
  }

  private releaseDevice(device: KonohaDevice): void {
    if (device.node) {
      device.node.device = null;
      this.devices.entries.delete(device.name);
      device.node = null;
    }
    this.registry.forget(device);
  }
}

function powerOfTwo(size: number): number {
  return 2 ** Math.ceil(Math.log2(size));
}
