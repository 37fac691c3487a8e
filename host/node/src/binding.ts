import { declare } from './compiler.js';

/** What a bound method takes and gives: int, boolean, String, an object of a bound class, null where it is declared. */
export type BoundValue = bigint | boolean | string | object | null;
type Body = (...args: never[]) => unknown;

/**
 * Functions behind the declared classes, by class name. A class is a JavaScript class (static methods are its static
 * functions, `new` constructs it, the others are its methods), or an object of functions if it has no objects of its own.
 */
export type Implementation = Readonly<Record<string, object>>;

export interface BindOptions {
  /** Called once for each object that no script holds any more, or whose isolate is disposed of. */
  readonly free?: (object: object, className: string) => void;
}

/** Thrown by a bound function: the script gets the exception of this errno, or `Errno!!` with it. Other errors are EIO. */
export class BindingError extends Error {
  constructor(
    /** Positive. */
    readonly errno: number,
    message: string,
  ) {
    super(message);
    this.name = 'BindingError';
  }
}

/** The declarations and the functions do not fit together; the message lists what is wrong. */
export class BindError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BindError';
  }
}

export interface BoundMethod {
  readonly className: string;
  /** As in docs/abi.md: `I(HS)`. */
  readonly signature: string;
  readonly isStatic: boolean;
  /** Takes all arguments, `this` first where there is one. */
  readonly call: (args: readonly BoundValue[]) => unknown;
}

/** Classes that scripts can be compiled and run with. */
export class Binding {
  private readonly freed = new WeakSet();

  /** Use `bind`. */
  constructor(
    readonly declarations: string,
    /** By `Class.method`. */
    readonly methods: ReadonlyMap<string, BoundMethod>,
    private readonly options: BindOptions,
  ) {}

  /** Frees an object now: a script that still holds it gets EBADF from its next use. */
  free(object: object, className = object.constructor.name): void {
    if (this.freed.has(object)) return;
    this.freed.add(object);
    this.options.free?.(object, className);
  }

  isFreed(object: object): boolean {
    return this.freed.has(object);
  }
}

/**
 * Binds JavaScript functions to classes declared in Konoha:
 *
 *   bind('@Native class Dice { @Static int roll(int sides); }', { Dice: { roll: (sides: bigint) => sides / 2n } })
 *
 * @throws BindError when the declarations have errors, or a declared method has no function
 */
export function bind(declarations: string, implementation: Implementation, options: BindOptions = {}): Binding {
  const { errors, rendered, methods: declared } = declare([declarations]);
  if (errors !== 0) throw new BindError(rendered);
  const problems: string[] = [];
  const methods = new Map<string, BoundMethod>();
  for (const { name, signature, isStatic } of declared) {
    const [className = '', method = ''] = name.split('.');
    const call = findFunction(implementation[className], method, signature, isStatic);
    if (call) methods.set(name, { className, signature, isStatic, call });
    else problems.push(`${name} is declared, but has no function`);
  }
  const classes = new Set(declared.map(({ name }) => name.split('.')[0]));
  for (const name of Object.keys(implementation))
    if (!classes.has(name)) problems.push(`${name} has functions, but is not declared`);
  if (problems.length > 0) throw new BindError(problems.join('\n'));
  return new Binding(declarations, methods, options);
}

function findFunction(
  holder: object | undefined,
  name: string,
  signature: string,
  isStatic: boolean,
): BoundMethod['call'] | undefined {
  if (!holder) return undefined;
  if (signature.startsWith('N')) {
    if (typeof holder !== 'function') return undefined;
    const Class = holder as new (...args: BoundValue[]) => object;
    return ([, ...args]) => new Class(...args);
  }
  if (isStatic) {
    const own = member(holder, name);
    return own && ((args) => Reflect.apply(own, holder, args) as unknown);
  }
  const method = typeof holder === 'function' ? member(holder.prototype as object, name) : undefined;
  return method && (([self, ...args]) => Reflect.apply(method, self, args) as unknown);
}

function member(holder: object, name: string): Body | undefined {
  const value: unknown = (holder as Record<string, unknown>)[name];
  return typeof value === 'function' ? (value as Body) : undefined;
}
