/** Where things lie in an isolate's memory, for all who touch them without asking the VM: it, and native code. */

/** The class id of an object, u16. */
export const OBJ_CLASS: usize = 0;

/** References to it from the heap, u32, and its link, u32, in which IN_ZERO says that it is in the zero-count table. */
export const OBJ_COUNT: usize = 4;
export const OBJ_LINK: usize = 8;
export const IN_ZERO: u32 = 1;
/** Usable bytes of its block, header included, u32. */
export const OBJ_SIZE: usize = 12;

/**
 * What objects are made from, in a block of its own: where the next entry of the zero-count table goes (there is room for each object on a chain); what a
 * new object's first word has besides its class; heads of the chains of free blocks, by size class (`chainOf` in vm/heap.ts), 0: empty, ask the heap.
 *
 * A block on a chain has the next one's address at OBJ_COUNT, and what a new object has at OBJ_LINK and behind it. To make an object: take the
 * block off its chain, store the u64 of class and flags (which makes its count 0), enter it into the table, fill its fields with zeros.
 */
export const ALLOC_ZERO_NEXT: usize = 0;
export const ALLOC_FLAGS: usize = 4;
export const ALLOC_CHAINS: usize = 8;

/** First field of an object; 8 bytes each. */
export const OBJ_FIELDS: usize = 16;

/** u32 words of an array, the flags a u16, as offsets from the object; its elements have 8 bytes each and lie in a block of their own. */
export const ARR_SIZE: usize = 16;
export const ARR_CAPACITY: usize = 20;
export const ARR_DATA: usize = 24;
export const ARR_FLAGS: usize = 28;
/** What an array's flags say of its elements: 0 integers. */
export const ARR_FLAG_REFS: u32 = 1;
export const ARR_FLAG_BOOLEANS: u32 = 2;
export const ARR_FLAG_FLOATS: u32 = 3;

/** The 64 bits of an Int, a Boolean or a Float. */
export const BOX_VALUE: usize = 16;

/** Room of a bytes object, u32, and its first byte. */
export const BYT_CAPACITY: usize = 16;
export const BYT_DATA: usize = 24;

/** Bytes of a device's output that nobody has read yet, at most. */
export const MAX_OUTPUT: u32 = 65536;

/** From a call window to the callee's frame. */
export const WINDOW_BYTES: usize = 16;
/** The same in slots. */
export const WINDOW_SLOTS: u32 = 2;
