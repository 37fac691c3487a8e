import type { Binding, BoundMethod, BoundValue } from './binding.js';
import { BindingError } from './binding.js';
import { ERRNO } from './errno.js';
import type { LinearMemory } from './linear-memory.js';

const RECORD_BYTES = 16;
const [NULL, INT, BOOLEAN, STRING, HANDLE] = [0, 1, 2, 3, 4];
/** Handles of one isolate at a time, as in the kernel. */
const MOST_HANDLES = 16_384;
const MAX_ID = 0x7fff_ffff;

interface Held {
  readonly binding: Binding;
  readonly className: string;
  readonly object: object;
}

/** Functions that one isolate has bound, and the objects that its script holds. */
export class HostCalls {
  private readonly bound: { readonly name: string; readonly method: BoundMethod; readonly binding: Binding }[] = [];
  private readonly held = new Map<number, Held>();
  private lastId = 0;

  constructor(
    private readonly bindings: readonly Binding[],
    private readonly memory: () => LinearMemory,
  ) {}

  /** The imports of `vm.wasm` that are about bindings (docs/abi.md). */
  imports(): Record<string, (...args: never[]) => unknown> {
    return {
      host_bind: (name: number, nameLength: number, signature: number, signatureLength: number) =>
        this.bind(this.memory().text(name, nameLength), this.memory().text(signature, signatureLength)),
      host_call: (_act: number, number: number, args: number, count: number) => this.call(number, args, count),
      handle_drop: (id: number) => {
        this.drop(id);
      },
    };
  }

  /** Objects that the script holds. */
  get handles(): number {
    return this.held.size;
  }

  /** Lets go of all objects. */
  dispose(): void {
    for (const id of [...this.held.keys()].reverse()) this.drop(id);
  }

  private bind(name: string, signature: string): number {
    for (const binding of this.bindings) {
      const method = binding.methods.get(name);
      if (method?.signature === signature) return this.bound.push({ name, method, binding }) - 1;
    }
    return -ERRNO.ENOENT;
  }

  private drop(id: number): void {
    const held = this.held.get(id);
    if (!held) return;
    this.held.delete(id);
    held.binding.free(held.object, held.className);
  }

  private call(number: number, at: number, count: number): number {
    const entry = this.bound[number];
    if (!entry) return -ERRNO.EINVAL;
    const { name, method, binding } = entry;
    try {
      const args = Array.from({ length: count }, (_, index) => {
        // A constructor's object has no handle yet.
        if (index === 0 && method.signature.startsWith('N')) return null;
        return this.argument(at + RECORD_BYTES * index, name, index, method);
      });
      this.give(at, count, name, method, binding, method.call(args));
      return 0;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.writeText(at, count, message);
      return -(error instanceof BindingError ? error.errno : ERRNO.EIO);
    }
  }

  private argument(at: number, name: string, index: number, method: BoundMethod): BoundValue {
    const memory = this.memory();
    const kind = memory.u32(at);
    if (kind === INT) return memory.i64(at + 8);
    if (kind === BOOLEAN) return memory.i64(at + 8) !== 0n;
    if (kind === STRING) return memory.text(Number(memory.i64(at + 8)), memory.u32(at + 4));
    if (kind !== HANDLE) return null;
    const held = this.held.get(memory.u32(at + 8));
    const isThis = index === 0 && !method.isStatic;
    const what = `${name}: argument ${method.isStatic ? index + 1 : index}`;
    if (!held) throw new BindingError(ERRNO.EBADF, `${what} is no object of the host, or was never made`);
    if (isThis && held.className !== method.className)
      throw new BindingError(ERRNO.EINVAL, `${what} is of another class: ${held.className}`);
    if (held.binding.isFreed(held.object)) throw new BindingError(ERRNO.EBADF, `${what} was freed`);
    return held.object;
  }

  /** Puts the result into the first record. */
  private give(at: number, count: number, name: string, method: BoundMethod, binding: Binding, value: unknown): void {
    const letter = method.signature[0] ?? 'V';
    const memory = this.memory();
    memory.setU32(at, NULL);
    if (letter === 'V') return;
    if (value === null && (letter === 's' || letter === 'h')) return;
    if (letter === 'I' && (typeof value === 'bigint' || Number.isSafeInteger(value))) {
      memory.setU32(at, INT);
      return memory.setI64(at + 8, BigInt.asIntN(64, BigInt(value as bigint | number)));
    }
    if (letter === 'B' && typeof value === 'boolean') {
      memory.setU32(at, BOOLEAN);
      return memory.setI64(at + 8, value ? 1n : 0n);
    }
    if (letter.toUpperCase() === 'S' && typeof value === 'string') {
      if (!this.writeText(at, count, value))
        throw new BindingError(ERRNO.EMSGSIZE, `${name} gave a text of more than 4096 bytes`);
      return;
    }
    if ('HhN'.includes(letter) && typeof value === 'object' && value !== null) {
      memory.setU32(at, HANDLE);
      return memory.setI64(at + 8, BigInt(this.hold(value, name, method, binding)));
    }
    throw new BindingError(ERRNO.EIO, `${name} did not give what its declaration says, but ${describe(value)}`);
  }

  private hold(object: object, name: string, method: BoundMethod, binding: Binding): number {
    if (this.held.size >= MOST_HANDLES)
      throw new BindingError(ERRNO.EMFILE, `${name}: the script holds ${MOST_HANDLES} objects of the host`);
    do this.lastId = this.lastId === MAX_ID ? 1 : this.lastId + 1;
    while (this.held.has(this.lastId));
    const own = object.constructor.name;
    const className = method.signature.startsWith('N') || !this.isBound(own) ? method.className : own;
    this.held.set(this.lastId, { binding, className, object });
    return this.lastId;
  }

  private isBound(className: string): boolean {
    return this.bindings.some(({ methods }) => [...methods.values()].some((method) => method.className === className));
  }

  /** Copies a text to the room behind the records; whether it fits. A message is cut. */
  private writeText(at: number, count: number, text: string): boolean {
    const memory = this.memory();
    const area = at + RECORD_BYTES * Math.max(count, 1);
    const [capacity, pointer] = [memory.u32(area + 4), memory.u32(area + 8)];
    const written = memory.writeText(pointer, text, capacity);
    memory.setU32(at, STRING);
    memory.setU32(at + 4, written);
    memory.setI64(at + 8, BigInt(pointer));
    return written === Buffer.byteLength(text);
  }
}

function describe(value: unknown): string {
  return value === null ? 'null' : `a value of type ${typeof value}`;
}
