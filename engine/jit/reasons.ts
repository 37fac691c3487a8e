/** Why a method has no native code. */

/** Its instructions, or what the lowering needs for them, are too many; its frame too large. */
export const REASON_SIZE: i32 = 1;
/** It has an instruction that the lowering does not know. */
export const REASON_OPCODE: i32 = 2;
/** There is no memory for the lowering. */
export const REASON_MEMORY: i32 = 3;
/** Nothing in it would run as native code. */
export const REASON_NOTHING: i32 = 4;
/** The host did not take it. */
export const REASON_HOST: i32 = 5;
export const REASONS: i32 = 6;
