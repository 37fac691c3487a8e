/**
 * What can be wrong with an image; `docs/image-format.md` explains each. The numbers lie outside of the range of
 * errnos, so that a host can tell a bad image from a lack of memory.
 */

// Header and sections
export const VE_TRUNCATED: i32 = -1001;
export const VE_ALIGNMENT: i32 = -1002;
export const VE_MAGIC: i32 = -1003;
export const VE_VERSION: i32 = -1004;
export const VE_SPEC_HASH: i32 = -1005;
export const VE_LENGTH: i32 = -1006;
export const VE_SECTION: i32 = -1007;
export const VE_SECTION_OVERLAP: i32 = -1008;
export const VE_RESERVED: i32 = -1009;
export const VE_BASE: i32 = -1010;
export const VE_NEEDS: i32 = -1011;

// Strings
export const VE_STRING_BOUNDS: i32 = -1020;
export const VE_STRING_UTF8: i32 = -1021;
export const VE_STRING_TOTAL: i32 = -1022;
export const VE_NAME: i32 = -1023;

// Classes
export const VE_CLASS_COUNT: i32 = -1030;
export const VE_CLASS_SUPER: i32 = -1031;
export const VE_CLASS_FIELDS: i32 = -1032;
export const VE_CLASS_SLOTS: i32 = -1033;
export const VE_CLASS_VTABLE: i32 = -1034;
export const VE_CLASS_FLAGS: i32 = -1035;
export const VE_FIELD_SLOT: i32 = -1036;
export const VE_FIELD_FLAGS: i32 = -1037;
export const VE_VTABLE_ENTRY: i32 = -1040;
export const VE_VTABLE_ARITY: i32 = -1041;
export const VE_PATCH: i32 = -1042;
export const VE_OPS_METHOD: i32 = -1050;
export const VE_OPS_FLAGS: i32 = -1051;

// Methods
export const VE_METHOD_OWNER: i32 = -1060;
export const VE_METHOD_FLAGS: i32 = -1061;
export const VE_METHOD_FRAME: i32 = -1062;
export const VE_METHOD_CODE: i32 = -1063;
export const VE_METHOD_HANDLERS: i32 = -1064;
export const VE_METHOD_LINES: i32 = -1065;
export const VE_METHOD_SHAPE: i32 = -1066;
export const VE_METHOD_STRUCTS: i32 = -1067;
export const VE_METHOD_KINDS: i32 = -1068;
export const VE_HANDLER_RANGE: i32 = -1070;
export const VE_HANDLER_CLASS: i32 = -1071;
export const VE_HANDLER_SLOT: i32 = -1072;
export const VE_LINE: i32 = -1073;
export const VE_GLOBAL_FLAGS: i32 = -1080;

// ioctl
export const VE_LAYOUT: i32 = -1081;
export const VE_LAYOUT_FIELD: i32 = -1082;
export const VE_IOCTL: i32 = -1083;

// Interfaces
export const VE_SITE: i32 = -1084;
export const VE_ITABLE: i32 = -1085;
export const VE_ITABLE_TARGET: i32 = -1086;
export const VE_TYPES: i32 = -1087;

// Entry points
export const VE_TOP_METHOD: i32 = -1090;
export const VE_MAIN: i32 = -1091;
export const VE_DEVICE_MODE: i32 = -1092;
export const VE_DEFAULT_DEVICE: i32 = -1093;
export const VE_HOSTCALL: i32 = -1094;

// Instructions
export const VE_OPCODE: i32 = -1100;
export const VE_SLOT: i32 = -1101;
export const VE_COUNT: i32 = -1102;
export const VE_INT: i32 = -1103;
export const VE_STRING: i32 = -1104;
export const VE_CLASS: i32 = -1105;
export const VE_METHOD: i32 = -1106;
export const VE_NATIVE: i32 = -1107;
export const VE_GLOBAL: i32 = -1108;
export const VE_FIELD: i32 = -1109;
export const VE_VSLOT: i32 = -1110;
export const VE_WINDOW: i32 = -1111;
export const VE_JUMP: i32 = -1112;
export const VE_FALL_THROUGH: i32 = -1113;
export const VE_NEW_CLASS: i32 = -1114;
export const VE_HOST: i32 = -1115;
export const VE_CALL_SITE: i32 = -1116;
export const VE_KINDS: i32 = -1117;
export const VE_TYPE: i32 = -1118;
