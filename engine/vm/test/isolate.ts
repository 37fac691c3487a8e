/** Builds `vm.wasm`, or `vm-user.wasm`, for tests and drives it as a host does. */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('../../..', import.meta.url));
export type Build = 'vm' | 'vm-user';

function newest(dir: string): number {
  let time = 0;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.name === 'test' || entry.name === 'node_modules') continue;
    const path = join(dir, entry.name);
    const own = entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    if (own > time) time = own;
  }
  return time;
}

const compiled = new Map<Build, WebAssembly.Module>();

/** The module, compiled anew when a source is younger. */
export async function vmModule(target: Build = 'vm'): Promise<WebAssembly.Module> {
  const known = compiled.get(target);
  if (known) return known;
  mkdirSync(join(root, 'build/engine'), { recursive: true });
  // Its own file: test runs must not disturb a build.
  const out = join(root, `build/engine/${target}.test.wasm`);
  const sources = ['vm', 'lib', 'abi', 'bytecode', 'jit', 'numbers'].map((room) => newest(join(root, 'engine', room)));
  if (!existsSync(out) || statSync(out).mtimeMs < Math.max(...sources)) {
    // Written aside and renamed: several test files may get here at once.
    const own = `build/engine/${target}.test.${process.pid}.${Date.now()}`;
    const { error, stderr } = await asc.main([
      'engine/abi/vm.ts',
      '--config',
      'engine/asconfig.json',
      '--target',
      target,
      '--outFile',
      `${own}.wasm`,
      '--textFile',
      `${own}.wat`,
      '--baseDir',
      root,
    ]);
    if (error) throw new Error(stderr.toString());
    rmSync(join(root, `${own}.wat`), { force: true });
    renameSync(join(root, `${own}.wasm`), out);
  }
  const module = new WebAssembly.Module(readFileSync(out));
  compiled.set(target, module);
  return module;
}

export interface Registered {
  readonly device: number;
  readonly ops: readonly number[];
  readonly name: string;
  readonly mode: number;
}

type Exports = Record<string, (...args: (number | bigint)[]) => number> & { memory: WebAssembly.Memory };

/** One instance with the imports of docs/abi.md. */
export class Isolate {
  readonly exports: Exports;
  readonly output: string[] = [];
  readonly logged: string[] = [];
  readonly devices: Registered[] = [];
  /** Objects given to `notify`. */
  readonly notified: number[] = [];
  /** Names of functions of the host, by number. */
  readonly bound: string[] = [];
  /** Handles given to `handle_drop`. */
  readonly dropped: number[] = [];
  /** What a function of the host does: its status. */
  hostCall: (name: string, args: number, count: number) => number = () => -5;
  /** Clock 0. */
  now = 123456789n;
  args: string[] = [];
  input = new Uint8Array();
  /** Called at every safepoint; non-zero stops the activation. */
  safepoint: (act: number) => number = () => 0;
  /** Status of the next `device_register`. */
  registerStatus = 0;

  private constructor(instance: WebAssembly.Instance) {
    this.exports = instance.exports as unknown as Exports;
  }

  /** A new instance with `kib` KiB of memory, `vm_init` done. */
  static async create(kib = 1024, build: Build = 'vm'): Promise<Isolate> {
    const module = await vmModule(build);
    let self: Isolate | undefined;
    const here = (): Isolate => {
      if (!self) throw new Error('import called too early');
      return self;
    };
    const env = {
      native_enter: (): number => 3,
      abort: (): void => undefined,
      safepoint: (act: number): number => here().safepoint(act),
      device_register: (
        _act: number,
        device: number,
        ops: number,
        name: number,
        length: number,
        mode: number,
      ): number => {
        const iso = here();
        if (iso.registerStatus !== 0) return iso.registerStatus;
        const view = new DataView(iso.exports.memory.buffer);
        iso.devices.push({
          device,
          ops: Array.from({ length: 8 }, (_, i) => view.getUint32(ops + 4 * i, true)),
          name: iso.text(name, length),
          mode,
        });
        return 0;
      },
      device_unregister: (): number => 0,
      host_bind: (name: number, length: number): number => here().bound.push(here().text(name, length)) - 1,
      host_call: (_act: number, handle: number, args: number, count: number): number =>
        here().hostCall(here().bound[handle] ?? '?', args, count),
      handle_drop: (handle: number): void => void here().dropped.push(handle),
      notify: (_act: number, object: number): void => void here().notified.push(object),
      write: (_act: number, fd: number, at: number, length: number): number => {
        here().output.push(`${fd}:${here().text(at, length)}`);
        return length;
      },
      read: (_act: number, _fd: number, at: number, cap: number): number => {
        const part = here().input.subarray(0, cap);
        new Uint8Array(here().exports.memory.buffer).set(part, at);
        here().input = here().input.subarray(part.length);
        return part.length;
      },
      log: (_act: number, level: number, at: number, length: number): void => {
        here().logged.push(`${level}:${here().text(at, length)}`);
      },
      time: (_act: number, clock: number): bigint => (clock === 0 ? here().now : 1700000000000n),
      task: (_act: number, field: number): bigint => BigInt(100 + field),
      task_comm: (_act: number, at: number, cap: number): number => here().put('vitest', at, cap),
      version: (_act: number, at: number, cap: number): number => here().put('test 1.0', at, cap),
      arg: (_act: number, index: number, at: number, cap: number): number => {
        const arg = here().args[index];
        return arg === undefined ? -1 : here().put(arg, at, cap);
      },
      environment: (): number => -1,
      exit: (): void => undefined,
    };
    self = new Isolate(await WebAssembly.instantiate(module, { env }));
    const memory = self.exports.memory;
    const pages = kib / 64 - memory.buffer.byteLength / 65536;
    if (pages > 0) memory.grow(pages);
    const status = self.call('vm_init');
    if (status !== 0) throw new Error(`vm_init: ${status}`);
    return self;
  }

  private put(text: string, at: number, cap: number): number {
    const bytes = new TextEncoder().encode(text);
    new Uint8Array(this.exports.memory.buffer).set(bytes.subarray(0, cap), at);
    return bytes.length;
  }

  /** Calls an export. */
  call(name: string, ...args: (number | bigint)[]): number {
    const fn = this.exports[name];
    if (!fn) throw new Error(`vm.wasm has no ${name}`);
    return fn(...args);
  }

  /** UTF-8 text in memory. */
  text(at: number, length: number): string {
    return new TextDecoder().decode(new Uint8Array(this.exports.memory.buffer, at, length).slice());
  }

  /** `vm_load`; its code. */
  load(image: Uint8Array): number {
    const at = this.call('image_alloc', image.length);
    if (at === 0) return -12;
    new Uint8Array(this.exports.memory.buffer).set(image, at);
    return this.call('vm_load', at, image.length);
  }

  /** `vm_load_more`; its code. */
  loadMore(image: Uint8Array): number {
    const at = this.call('image_alloc', image.length);
    if (at === 0) return -12;
    new Uint8Array(this.exports.memory.buffer).set(image, at);
    return this.call('vm_load_more', at, image.length);
  }

  private hasStack = false;

  /** A new activation; the first one makes the VM stack. */
  activation(slots = 4096, fuel = 10_000_000n): number {
    if (!this.hasStack && this.call('vm_stack', slots) !== 0) throw new Error('vm_stack: no memory');
    this.hasStack = true;
    const act = this.call('act_new');
    if (act === 0) throw new Error('act_new: no memory');
    this.call('act_set_fuel', act, fuel);
    return act;
  }

  /** Text of the pending exception. */
  exception(act: number): string {
    const at = this.call('exc_render', act);
    return this.text(at, this.call('exc_render_len', act));
  }

  /** `vm_stat`. */
  stat(which: 0 | 1 | 2 | 3 | 4 | 5 | 6): number {
    return Number(this.call('vm_stat', which));
  }
}
