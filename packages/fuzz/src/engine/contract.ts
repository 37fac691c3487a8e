/** How a run of the engine can break its contract. */

/** The engine did what docs/abi.md says it never does. */
export class ContractError extends Error {}

/** A wasm trap, or a native stack that ran over; whether that is allowed is the caller's to say. */
export class TrapError extends Error {}

/** Fails with `message` unless `condition` holds. */
export function demand(condition: boolean, message: () => string): asserts condition {
  if (!condition) throw new ContractError(message());
}
