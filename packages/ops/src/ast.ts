/** What an operation script says, as data. docs/operation-scripts.md is the language's description. */

export interface OperationScript {
  readonly file: string;
  readonly requirements: Requirements;
  readonly steps: readonly Step[];
}

export interface Requirements {
  /** The lowest and highest kernel series, such as "6.6"; the script is left out on others, visibly. */
  readonly kernelFrom?: string;
  readonly kernelTo?: string;
  /** False: the script is about the machine alone and needs no konoha.ko. */
  readonly module: boolean;
  /** What the machine must have besides a kernel. */
  readonly features: readonly Feature[];
  /** How long one operation may take. */
  readonly timeoutMs: number;
}

/**
 * debug: a kernel that looks for errors of its own (KASAN, lockdep, …). fault-injection: one that can make an
 * allocation or a copy fail on demand. test-module: a konoha.ko with what tests of its insides need. preemption: a call
 * of a script goes on while others come, as on all kernels. shell: /dev/konoha-shell.
 */
export const FEATURES = ['debug', 'fault-injection', 'test-module', 'preemption', 'shell'] as const;
export type Feature = (typeof FEATURES)[number];

export type Step = OperationStep | FileStep | RepeatStep | MarkStep;

/** One operation of one process, and what is expected of it. */
export interface OperationStep {
  readonly kind: 'operation';
  readonly line: number;
  /** As written, for messages and transcripts. */
  readonly text: string;
  readonly process: string;
  readonly operation: Operation;
  /** May block: the script goes on, `join` collects the result. */
  readonly asynchronous: boolean;
  /** Performed again until the expectations hold, for up to 5 s. */
  readonly eventually: boolean;
  readonly saveAs?: string;
  /** Of `fail-nth each`: takes back a round that has succeeded. */
  readonly undo?: Operation;
  readonly expectations: readonly Expectation[];
}

/** Puts a file into the machine. */
export interface FileStep {
  readonly kind: 'file';
  readonly line: number;
  readonly path: string;
  readonly contents: string;
}

export interface RepeatStep {
  readonly kind: 'repeat';
  readonly line: number;
  readonly times: number;
  readonly steps: readonly Step[];
}

/** `memory mark`: what `memory back` compares with. */
export interface MarkStep {
  readonly kind: 'mark';
  readonly line: number;
}

/** A descriptor: by the name that an `open` gave it, or by number. */
export type Descriptor = string | number;

export type Operation =
  | { verb: 'open'; path: string; flags: number; mode: number }
  | { verb: 'read'; fd: Descriptor; length: number | 'all' }
  | { verb: 'read-at'; fd: Descriptor; length: number; where: Place }
  | { verb: 'write-at'; fd: Descriptor; length: number; where: Place }
  | { verb: 'ioctl-at'; fd: Descriptor; request: number; where: Place }
  | { verb: 'read-slow'; fd: Descriptor; length: number; milliseconds: number }
  | { verb: 'write-slow'; fd: Descriptor; data: Buffer; milliseconds: number }
  | { verb: 'pread'; fd: Descriptor; length: number; offset: number }
  | { verb: 'write'; fd: Descriptor; data: Buffer }
  | { verb: 'pwrite'; fd: Descriptor; data: Buffer; offset: number }
  | { verb: 'lseek'; fd: Descriptor; offset: number; whence: number }
  | { verb: 'poll'; fd: Descriptor; events: number; timeoutMs: number }
  | { verb: 'ioctl'; fd: Descriptor; request: number; data: Buffer }
  | { verb: 'ioctl-value'; fd: Descriptor; request: number; value: number }
  | { verb: 'close' | 'dup' | 'fsync'; fd: Descriptor }
  | { verb: 'sleep'; milliseconds: number }
  | { verb: 'setuid'; uid: number }
  | { verb: 'shell'; command: string }
  | { verb: 'load'; path: string; device: string }
  | { verb: 'unload'; name: string }
  | { verb: 'join' }
  | { verb: 'kill'; signal: number }
  | { verb: 'exit'; status: number }
  | { verb: 'kernel-log' }
  | { verb: 'memory-back'; withinKiB: number }
  | { verb: 'stress'; path: string; flags: number; processes: number; milliseconds: number }
  | { verb: 'fail-nth'; nth: number | 'each'; operation: Operation };

/** Addresses that no program should give to the kernel; what they are is said in docs/operation-scripts.md. */
export const PLACES = ['null', 'bad', 'kernel', 'readonly', 'half'] as const;
export type Place = (typeof PLACES)[number];

export type Expectation =
  | { kind: 'any' }
  | { kind: 'ok' }
  | { kind: 'error'; name: string }
  | { kind: 'value'; relation: Relation; value: number }
  | { kind: 'status'; negated: boolean; status: number }
  | { kind: 'data'; data: Buffer }
  | { kind: 'contains'; negated: boolean; text: string }
  | { kind: 'matches'; negated: boolean; pattern: RegExp }
  | { kind: 'events'; events: number }
  | { kind: 'within'; milliseconds: number };

export type Relation = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** O_* of x86-64 Linux by the words of the language. */
export const OPEN_FLAGS: Readonly<Record<string, number>> = {
  r: 0,
  w: 0o1,
  rw: 0o2,
  create: 0o100,
  exclusive: 0o200,
  truncate: 0o1000,
  append: 0o2000,
  nonblock: 0o4000,
};

export const SEEK: Readonly<Record<string, number>> = { set: 0, current: 1, end: 2 };

/** POLL* by the words of the language. */
export const POLL_EVENTS: Readonly<Record<string, number>> = {
  none: 0,
  in: 0x001,
  pri: 0x002,
  out: 0x004,
  err: 0x008,
  hup: 0x010,
  nval: 0x020,
  rdnorm: 0x040,
  wrnorm: 0x100,
};
