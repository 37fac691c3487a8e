/** Numbers that modules of one isolate share. */

/** Where the engine keeps, of an activation, where native code left it (docs/abi.md): frame, instruction, fuel. */
export const ACT_NATIVE = 176;

/**
 * The state of a run of native code, an i32: levels that calls may still be nested, in units of LEVEL, and what is used of the fuel, counted up
 * to SPENT. A call takes a level and a unit with one addition, and finds out with one test of TIRED that there is none of either.
 */
export const LEVEL = 1 << 18;
export const MOST_LEVELS = 4095;
export const SPENT = 1 << 17;
export const TIRED = SPENT | (1 << 31);
export const FUEL_MASK = LEVEL - 1;
/** Most fuel of a slice, and how much of it is not there for LOOP and CALL, so that FUEL may take some without looking. */
export const MOST_FUEL = 65_536;
export const KEPT_FUEL = 4096;
/** Fuel left is FUEL_BASE less the counter. */
export const FUEL_BASE = SPENT + KEPT_FUEL;
/** The state of one that has come to an exit. */
export const LEFT_OFF = -1;

/** The window slot of an UNWOUND behind RUN. */
export const NO_WINDOW = 0xffff;

/** What `native_enter` answers. */
export const RETURNED = 0;
export const LEFT = 1;
export const RAISED = 2;
export const REFUSED = 3;
