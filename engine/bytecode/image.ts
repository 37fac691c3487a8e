/**
 * Offsets of `docs/image-format.md` as constants; nothing else spells them out. Section words are
 * byte offsets into the header, record fields are byte offsets into a record.
 */

export const IMG_MAGIC: u32 = 0x49484e4b;
export const IMG_VERSION: u32 = 4;
/** Bytes of the header: 64 words. */
export const IMG_HEADER_BYTES: i32 = 256;

// Header words, as byte offsets. A section is {offset, count}: the count is 4 bytes behind its offset.
export const IMG_W_MAGIC: i32 = 0;
export const IMG_W_VERSION: i32 = 4;
export const IMG_W_SPEC_HASH: i32 = 8;
export const IMG_W_LENGTH: i32 = 12;
export const IMG_SEC_STRINGS: i32 = 16;
export const IMG_SEC_INTS: i32 = 24;
export const IMG_SEC_CLASSES: i32 = 32;
export const IMG_SEC_FIELDS: i32 = 40;
export const IMG_SEC_METHODS: i32 = 48;
export const IMG_SEC_VTABLE: i32 = 56;
export const IMG_SEC_HANDLERS: i32 = 64;
export const IMG_SEC_LINES: i32 = 72;
export const IMG_SEC_GLOBALS: i32 = 80;
export const IMG_SEC_CODE: i32 = 88;
/** From a section's offset word to its count word. */
export const IMG_SEC_COUNT: i32 = 4;
export const IMG_W_TOP_METHOD: i32 = 96;
export const IMG_W_MAIN: i32 = 100;
export const IMG_W_FILE_NAME: i32 = 104;
export const IMG_W_SCRIPT_NAME: i32 = 108;
export const IMG_W_DEVICE_MODE: i32 = 112;
export const IMG_W_DEFAULT_DEVICE: i32 = 116;
export const IMG_W_RESERVED0: i32 = 120;
/** What the image needs of the virtual machine: bits IMG_NEEDS_*. */
export const IMG_W_NEEDS: i32 = 124;
/** Floats: instructions and natives that only user space has. */
export const IMG_NEEDS_FLOATS: i32 = 1;
export const IMG_SEC_IOCTLS: i32 = 128;
export const IMG_SEC_LAYOUTS: i32 = 136;
export const IMG_SEC_LAYOUT_FIELDS: i32 = 144;
export const IMG_SEC_HOSTCALLS: i32 = 152;
export const IMG_SEC_PATCHES: i32 = 160;
export const IMG_SEC_SITES: i32 = 168;
export const IMG_SEC_ITABLE: i32 = 176;
export const IMG_SEC_TYPES: i32 = 184;
/** From here to the counts: reserved. */
export const IMG_W_RESERVED2: i32 = 192;
export const IMG_BASE_SITES: i32 = 220;
/** String + 1: what later images may name, as declarations; 0: nothing. */
export const IMG_W_DECLARATIONS: i32 = 224;
// Records in all earlier images of the isolate: indices go on from there.
export const IMG_BASE_CLASSES: i32 = 228;
export const IMG_BASE_METHODS: i32 = 232;
export const IMG_BASE_GLOBALS: i32 = 236;
export const IMG_BASE_STRINGS: i32 = 240;
export const IMG_BASE_INTS: i32 = 244;
export const IMG_BASE_HOSTCALLS: i32 = 248;
export const IMG_BASE_LAYOUTS: i32 = 252;

/** Number of sections. */
export const IMG_SECTIONS: i32 = 18;
/** Header offset of section `index`. */
export function sectionWord(index: i32): i32 {
  return index < 10 ? IMG_SEC_STRINGS + index * 8 : IMG_SEC_IOCTLS + (index - 10) * 8;
}

// STRING
export const IMG_STRING_BYTES: i32 = 8;
export const IMG_STRING_OFFSET: i32 = 0;
export const IMG_STRING_LENGTH: i32 = 4;

// INT
export const IMG_INT_BYTES: i32 = 8;

// CLASS
export const IMG_CLASS_BYTES: i32 = 64;
export const IMG_CLASS_NAME: i32 = 0;
export const IMG_CLASS_SUPER: i32 = 4;
export const IMG_CLASS_FIRST_FIELD: i32 = 8;
export const IMG_CLASS_FIELD_COUNT: i32 = 12;
/** Instance slots, inherited ones included. */
export const IMG_CLASS_SLOTS: i32 = 16;
export const IMG_CLASS_FIRST_VTABLE: i32 = 20;
export const IMG_CLASS_VTABLE_COUNT: i32 = 24;
export const IMG_CLASS_FLAGS: i32 = 28;
/** The class' device operations record: eight words, see IMG_OPS_*. */
export const IMG_CLASS_OPS: i32 = 32;
export const IMG_CLASS_FLAG_EXCEPTION: i32 = 1;
export const IMG_CLASS_FLAG_ABSTRACT: i32 = 2;
/** Its only field is a handle of the host. */
export const IMG_CLASS_FLAG_HANDLE: i32 = 4;
/** It is an interface: no object is of it, its methods are found through ITABLE. */
export const IMG_CLASS_FLAG_INTERFACE: i32 = 8;
/** `==` compares its objects by their `equals`. */
export const IMG_CLASS_FLAG_VALUE: i32 = 16;

// Device operations record (in CLASS, and behind header word 29)
export const IMG_OPS_BYTES: i32 = 32;
export const IMG_OPS_OPEN: i32 = 0;
export const IMG_OPS_READ: i32 = 4;
export const IMG_OPS_WRITE: i32 = 8;
export const IMG_OPS_CLOSE: i32 = 12;
export const IMG_OPS_POLL: i32 = 16;
export const IMG_OPS_SEEK: i32 = 20;
/** 1: the class, or one above it, answers ioctl. */
export const IMG_OPS_IOCTL: i32 = 24;
export const IMG_OPS_FLAGS: i32 = 28;
/** Number of handler words at the front of the record. */
export const IMG_OPS_HANDLERS: i32 = 6;
export const IMG_OPS_FLAG_STREAM: i32 = 1;

// FIELD
export const IMG_FIELD_BYTES: i32 = 16;
export const IMG_FIELD_NAME: i32 = 0;
export const IMG_FIELD_TYPE: i32 = 4;
export const IMG_FIELD_SLOT: i32 = 8;
/** A type code (IMG_TYPE_*), and the bits below. */
export const IMG_FIELD_FLAGS: i32 = 12;
/** Only constructors set it. */
export const IMG_FIELD_FLAG_FINAL: i32 = 0x1000;
/** It is not found by name. */
export const IMG_FIELD_FLAG_HIDDEN: i32 = 0x2000;

// METHOD
export const IMG_METHOD_BYTES: i32 = 72;
export const IMG_METHOD_NAME: i32 = 0;
export const IMG_METHOD_OWNER: i32 = 4;
export const IMG_METHOD_SIGNATURE: i32 = 8;
export const IMG_METHOD_FLAGS: i32 = 12;
/** Parameters, `this` included. */
export const IMG_METHOD_PARAMS: i32 = 16;
export const IMG_METHOD_FRAME: i32 = 20;
export const IMG_METHOD_FIRST_CODE: i32 = 24;
export const IMG_METHOD_CODE_COUNT: i32 = 28;
export const IMG_METHOD_FIRST_HANDLER: i32 = 32;
export const IMG_METHOD_HANDLER_COUNT: i32 = 36;
export const IMG_METHOD_FIRST_LINE: i32 = 40;
export const IMG_METHOD_LINE_COUNT: i32 = 44;
export const IMG_METHOD_SHAPE: i32 = 48;
/** Index + 1 of the LAYOUT that an ioctl takes, and gives; 0: none. */
export const IMG_METHOD_INPUT: i32 = 52;
export const IMG_METHOD_OUTPUT: i32 = 56;
/** What parameters and result are, IMG_KINDS_*. */
export const IMG_METHOD_KINDS: i32 = 60;
/** String: the file that it is from. */
export const IMG_METHOD_FILE: i32 = 64;
export const IMG_METHOD_RESERVED: i32 = 68;
export const IMG_METHOD_FLAG_STATIC: i32 = 1;
export const IMG_METHOD_FLAG_RESULT_REF: i32 = 2;
export const IMG_METHOD_FLAG_RESULT_INT: i32 = 4;

// Kinds of a method: two bits a parameter from bit 0, `this` left out; then the result.
export const IMG_KIND_OF_INT: u32 = 0;
export const IMG_KIND_OF_REFERENCE: u32 = 1;
export const IMG_KIND_OF_BOOLEAN: u32 = 2;
export const IMG_KIND_OF_FLOAT: u32 = 3;
/** Parameters that the word has room for. */
export const IMG_KINDS_PARAMETERS: u32 = 14;
/** First bit of the result's kind. */
export const IMG_KINDS_RESULT: u32 = 28;
/** It has a result. */
export const IMG_KINDS_HAS_RESULT: u32 = 1 << 30;
/** It has more parameters than there is room for: nobody calls it by its kinds. The bits of parameters are 0. */
export const IMG_KINDS_TOO_MANY: u32 = 1 << 31;

// Kinds as CALLF and the methods of functions have them: the same, with the number of parameters in bits 24 to 27.
/** Parameters that a function called by CALLF has at most. */
export const IMG_CALL_PARAMETERS: u32 = 12;
export const IMG_CALL_COUNT: u32 = 24;
export const IMG_CALL_COUNT_MASK: u32 = 15 << 24;
/** Slot of the virtual table that has a function's code, in the classes below Func. */
export const IMG_CALL_SLOT: u32 = 3;

export const IMG_SHAPE_OUT: i32 = 1;
export const IMG_SHAPE_IN: i32 = 2;
export const IMG_SHAPE_FILE: i32 = 4;
export const IMG_SHAPE_HANDLER: i32 = 8;
export const IMG_SHAPE_SESSION: i32 = 16;
export const IMG_SHAPE_SEEK: i32 = 32;
/** The method answers an ioctl. */
export const IMG_SHAPE_IOCTL: i32 = 64;
export const IMG_SHAPE_STRUCT: i32 = 128;
/** All that make parameters; SEEK makes two. */
export const IMG_SHAPE_PARAMETERS: i32 = 183;

// VTABLE
export const IMG_VTABLE_BYTES: i32 = 4;
/** Set in an entry that names a native, clear in one that names a method. */
export const IMG_VTABLE_NATIVE: u32 = 0x80000000;

// HANDLER
export const IMG_HANDLER_BYTES: i32 = 20;
export const IMG_HANDLER_START: i32 = 0;
export const IMG_HANDLER_END: i32 = 4;
export const IMG_HANDLER_TARGET: i32 = 8;
export const IMG_HANDLER_CLASS: i32 = 12;
export const IMG_HANDLER_SLOT: i32 = 16;

// LINE
export const IMG_LINE_BYTES: i32 = 8;
export const IMG_LINE_PC: i32 = 0;
export const IMG_LINE_LINE: i32 = 4;

// GLOBAL
export const IMG_GLOBAL_BYTES: i32 = 12;
export const IMG_GLOBAL_NAME: i32 = 0;
export const IMG_GLOBAL_TYPE: i32 = 4;
export const IMG_GLOBAL_FLAGS: i32 = 8;
export const IMG_GLOBAL_FLAG_REF: i32 = 1;

// IOCTL
export const IMG_IOCTL_BYTES: i32 = 12;
export const IMG_IOCTL_CLASS: i32 = 0;
export const IMG_IOCTL_COMMAND: i32 = 4;
export const IMG_IOCTL_METHOD: i32 = 8;

// LAYOUT
export const IMG_LAYOUT_BYTES: i32 = 16;
export const IMG_LAYOUT_CLASS: i32 = 0;
export const IMG_LAYOUT_SIZE: i32 = 4;
export const IMG_LAYOUT_FIRST_FIELD: i32 = 8;
export const IMG_LAYOUT_FIELD_COUNT: i32 = 12;
/** Bytes of the largest struct: what a command's number can say. */
export const IMG_MAX_STRUCT_BYTES: i32 = 16383;

// LAYOUT_FIELD
export const IMG_LAYOUT_FIELD_BYTES: i32 = 16;
export const IMG_LAYOUT_FIELD_SLOT: i32 = 0;
export const IMG_LAYOUT_FIELD_OFFSET: i32 = 4;
export const IMG_LAYOUT_FIELD_KIND: i32 = 8;
export const IMG_LAYOUT_FIELD_SIZE: i32 = 12;
export const IMG_KIND_I64: i32 = 0;
export const IMG_KIND_U8: i32 = 1;
export const IMG_KIND_I8: i32 = 2;
export const IMG_KIND_U16: i32 = 3;
export const IMG_KIND_I16: i32 = 4;
export const IMG_KIND_U32: i32 = 5;
export const IMG_KIND_I32: i32 = 6;
export const IMG_KIND_BOOLEAN: i32 = 7;
export const IMG_KIND_TEXT: i32 = 8;

// HOSTCALL
export const IMG_HOSTCALL_BYTES: i32 = 20;
export const IMG_HOSTCALL_NAME: i32 = 0;
export const IMG_HOSTCALL_SIGNATURE: i32 = 4;
/** The class of the objects it gives, or 0. */
export const IMG_HOSTCALL_CLASS: i32 = 8;
/** Arguments, `this` included. */
export const IMG_HOSTCALL_ARGUMENTS: i32 = 12;
export const IMG_HOSTCALL_FLAGS: i32 = 16;
export const IMG_HOSTCALL_FLAG_STATIC: i32 = 1;
export const IMG_MAX_HOST_ARGUMENTS: i32 = 15;

// PATCH: an entry of the virtual table of a class of an earlier image gets a method of this one
export const IMG_PATCH_BYTES: i32 = 12;
export const IMG_PATCH_CLASS: i32 = 0;
export const IMG_PATCH_SLOT: i32 = 4;
export const IMG_PATCH_METHOD: i32 = 8;

// SITE
export const IMG_SITE_BYTES: i32 = 16;
/** A method that an interface declares; the string that names a member of an Any. */
export const IMG_SITE_WHAT: i32 = 0;
/** Arguments, the object included; IMG_SITE_DYNAMIC is set for a member of an Any. */
export const IMG_SITE_ARGUMENTS: i32 = 4;
export const IMG_SITE_DYNAMIC: u32 = 0x80000000;
/** Arguments of a call of a member of an Any, the object included. */
export const IMG_MAX_DYNAMIC_ARGUMENTS: i32 = 15;
/** What the virtual machine found last: class id + 1 of the object, and the method; 0 in an image that is verified. */
export const IMG_SITE_CLASS: i32 = 8;
export const IMG_SITE_TARGET: i32 = 12;

// ITABLE
export const IMG_ITABLE_BYTES: i32 = 12;
export const IMG_ITABLE_CLASS: i32 = 0;
/** A method that an interface declares, or IMG_ITABLE_IS and the class id of an interface. */
export const IMG_ITABLE_WHAT: i32 = 4;
/** The method that answers, as in VTABLE; 0 behind IMG_ITABLE_IS. */
export const IMG_ITABLE_TARGET: i32 = 8;
export const IMG_ITABLE_IS: u32 = 0x40000000;

/**
 * Type codes: how a value of a type is held, and what it must be.
 * A reference has bit 0 set and the class id in bits 16 up: 0, which is Object, for all that may be any object.
 */
export const IMG_TYPE_INT: i32 = 0;
export const IMG_TYPE_REF: i32 = 1;
export const IMG_TYPE_BOOLEAN: i32 = 2;
export const IMG_TYPE_FLOAT: i32 = 3;
export const IMG_TYPE_VOID: i32 = 4;
/** Mask of the five above. */
export const IMG_TYPE_KIND: i32 = 7;
export const IMG_TYPE_NULLABLE: i32 = 8;
/** It cannot be seen whether a value is of the type. */
export const IMG_TYPE_UNSEEN: i32 = 16;
/** An array: the type code of its elements lies in the bits 8 to 11 (kind and nullable) and 16 up. */
export const IMG_TYPE_ARRAY: i32 = 32;
export const IMG_TYPE_ELEMENT_SHIFT: i32 = 8;
/** An element of the array whose method is called. */
export const IMG_TYPE_ELEMENT: i32 = 64;
export const IMG_TYPE_CLASS_SHIFT: i32 = 16;
/** Of CONV: what is no such value becomes null, in place of `ClassCast!!`. */
export const IMG_TYPE_ELSE_NULL: i32 = 128;
/** All bits that a type code may have. */
export const IMG_TYPE_BITS: u32 = 0xffff0fff;

// TYPES: a word for each method of the image, the index in TYPES of its description, or 0: it cannot be called by name.
// A description: the type code of the result, then for each parameter behind `this` a type code and a default.
export const IMG_TYPE_WORD_BYTES: i32 = 4;
/** Low bits of a default, its value above: none, null, an int, a boolean, an index in INTS, in STRINGS, in INTS with the bits of a float. */
export const IMG_DEFAULT_KIND: i32 = 7;
export const IMG_DEFAULT_NONE: i32 = 0;
export const IMG_DEFAULT_NULL: i32 = 1;
export const IMG_DEFAULT_SMALL: i32 = 2;
export const IMG_DEFAULT_BOOLEAN: i32 = 3;
export const IMG_DEFAULT_INT: i32 = 4;
export const IMG_DEFAULT_STRING: i32 = 5;
export const IMG_DEFAULT_FLOAT: i32 = 6;
export const IMG_DEFAULT_SHIFT: i32 = 3;

/** Operators of DOP. */
export const IMG_DYNAMIC_OPERATORS: i32 = 25;
/** Those from here on to IMG_DYNAMIC_ASKS have one operand. */
export const IMG_DYNAMIC_UNARY: i32 = 18;
/** Is the text of an object wanted first? */
export const IMG_DYNAMIC_ASKS: i32 = 22;
/** Are both of one class whose objects `==` compares by their `equals`? */
export const IMG_DYNAMIC_EQUALS: i32 = 23;
/** Is what foreach goes through asked for its iterator first? One operand. */
export const IMG_DYNAMIC_EACH: i32 = 24;

// CODE
export const IMG_INSTRUCTION_BYTES: i32 = 8;
export const IMG_MAX_FRAME_SLOTS: i32 = 4096;
