import type { Jit } from '../jit.js';

/** What the shell asks its worker, which holds the session, and what it answers. */
export type Request =
  | { readonly kind: 'enter'; readonly text: string; readonly name: string; readonly color: boolean }
  | { readonly kind: 'type'; readonly text: string; readonly color: boolean }
  | { readonly kind: 'listing'; readonly name: string }
  | { readonly kind: 'complete'; readonly receiver: string | undefined };

export interface Answer {
  /** Diagnostics, an exception, a type, a listing, names one a line. */
  readonly text: string;
  readonly failed: boolean;
  /** `System.exit` was given this status: the shell ends. */
  readonly exit?: number;
}

export interface WorkerData {
  /** One i32: not 0 asks the run to stop. */
  readonly stop: SharedArrayBuffer;
  readonly heap?: number;
  readonly jit?: Jit;
}
