// Generated from spec/ by spec/generate.ts; do not edit.

// Type codes: class id in the low 16 bits
export const TC_VOID: i32 = 65535;
export const TC_TYPE_VAR: i32 = 65534;
export const TC_ANY: i32 = 65533;
export const TC_ARRAY: i32 = 65536;
export const TC_NULLABLE: i32 = 1048576;

// Class ids
export const CLASS_OBJECT: i32 = 0;
export const CLASS_INT: i32 = 1;
export const CLASS_BOOLEAN: i32 = 2;
export const CLASS_FLOAT: i32 = 3;
export const CLASS_CLASS: i32 = 4;
export const CLASS_STRING: i32 = 5;
export const CLASS_ARRAY: i32 = 6;
export const CLASS_EXCEPTION: i32 = 7;
export const CLASS_FATAL_EXCEPTION: i32 = 8;
export const CLASS_OUT_OF_MEMORY_EXCEPTION: i32 = 9;
export const CLASS_SECURITY_EXCEPTION: i32 = 10;
export const CLASS_NULL_EXCEPTION: i32 = 11;
export const CLASS_OUT_OF_INDEX_EXCEPTION: i32 = 12;
export const CLASS_ARITHMETIC_EXCEPTION: i32 = 13;
export const CLASS_CLASS_CAST_EXCEPTION: i32 = 14;
export const CLASS_NO_SUCH_METHOD_EXCEPTION: i32 = 15;
export const CLASS_IO_EXCEPTION: i32 = 16;
export const CLASS_KEY_NOT_FOUND_EXCEPTION: i32 = 17;
export const CLASS_TIMEOUT_EXCEPTION: i32 = 18;
export const CLASS_STACK_OVERFLOW_EXCEPTION: i32 = 19;
export const CLASS_INTERRUPTED_EXCEPTION: i32 = 20;
export const CLASS_SCRIPT_EXCEPTION: i32 = 21;
export const CLASS_SYNTAX_EXCEPTION: i32 = 22;
export const CLASS_TYPE_EXCEPTION: i32 = 23;
export const CLASS_ASSERTION_EXCEPTION: i32 = 24;
export const CLASS_ERRNO_EXCEPTION: i32 = 25;
export const CLASS_ERRNO: i32 = 26;
export const CLASS_OUTPUT_STREAM: i32 = 27;
export const CLASS_INPUT_STREAM: i32 = 28;
export const CLASS_FILE: i32 = 29;
export const CLASS_TASK: i32 = 30;
export const CLASS_KERNEL: i32 = 31;
export const CLASS_DEVICE: i32 = 32;
export const CLASS_SYSTEM: i32 = 33;
export const CLASS_MATH: i32 = 34;
export const CLASS_FUNC: i32 = 35;
export const BUILTIN_CLASSES: i32 = 36;

// Field slots of built-in classes
export const SLOT_EXCEPTION_MESSAGE: i32 = 0;
export const SLOT_EXCEPTION_CAUSE: i32 = 1;
export const SLOT_EXCEPTION_TRACE: i32 = 2;
export const SLOT_ERRNO_EXCEPTION_ERRNO: i32 = 3;
export const SLOT_OUTPUT_STREAM_FD: i32 = 0;
export const SLOT_OUTPUT_STREAM_LENGTH: i32 = 1;
export const SLOT_OUTPUT_STREAM_BUFFER: i32 = 2;
export const SLOT_INPUT_STREAM_FD: i32 = 0;
export const SLOT_INPUT_STREAM_POSITION: i32 = 1;
export const SLOT_INPUT_STREAM_LENGTH: i32 = 2;
export const SLOT_INPUT_STREAM_BUFFER: i32 = 3;
export const SLOT_FILE_ID: i32 = 0;
export const SLOT_FILE_MODE: i32 = 1;
export const SLOT_FILE_FLAGS: i32 = 2;
export const SLOT_FILE_OFFSET: i32 = 3;
export const SLOT_FILE_NONBLOCK: i32 = 4;
export const SLOT_FILE_COUNT: i32 = 5;
export const SLOT_TASK_PID: i32 = 0;
export const SLOT_TASK_TGID: i32 = 1;
export const SLOT_TASK_UID: i32 = 2;
export const SLOT_TASK_GID: i32 = 3;
export const SLOT_TASK_COMM: i32 = 4;
export const SLOT_DEVICE_NAME: i32 = 0;

// Native ids
export const N_OBJECT_TO_STRING: i32 = 0;
export const N_OBJECT_EQUALS: i32 = 1;
export const N_OBJECT_HASH_CODE: i32 = 2;
export const N_OBJECT_GET_CLASS_NAME: i32 = 3;
export const N_OBJECT_GET_CLASS: i32 = 4;
export const N_OBJECT_WAIT: i32 = 5;
export const N_OBJECT_NOTIFY: i32 = 6;
export const N_INT_TO_HEX: i32 = 7;
export const N_INT_ABS: i32 = 8;
export const N_INT_MIN: i32 = 9;
export const N_INT_MAX: i32 = 10;
export const N_INT_TO_CHAR: i32 = 11;
export const N_INT_TO_FLOAT: i32 = 12;
export const N_FLOAT_IS_NAN: i32 = 13;
export const N_FLOAT_IS_INFINITE: i32 = 14;
export const N_FLOAT_IS_FINITE: i32 = 15;
export const N_FLOAT_TO_INT: i32 = 16;
export const N_FLOAT_ABS: i32 = 17;
export const N_FLOAT_MIN: i32 = 18;
export const N_FLOAT_MAX: i32 = 19;
export const N_FLOAT_FLOOR: i32 = 20;
export const N_FLOAT_CEIL: i32 = 21;
export const N_FLOAT_ROUND: i32 = 22;
export const N_FLOAT_TO_FIXED: i32 = 23;
export const N_FLOAT_TO_BITS: i32 = 24;
export const N_FLOAT_FROM_BITS: i32 = 25;
export const N_CLASS_GET_NAME: i32 = 26;
export const N_CLASS_GET_SUPERCLASS: i32 = 27;
export const N_CLASS_IS_INSTANCE: i32 = 28;
export const N_STRING_SIZE: i32 = 29;
export const N_STRING_GET: i32 = 30;
export const N_STRING_CODE_AT: i32 = 31;
export const N_STRING_CODES: i32 = 32;
export const N_STRING_BYTE_SIZE: i32 = 33;
export const N_STRING_INDEX_OF: i32 = 34;
export const N_STRING_LAST_INDEX_OF: i32 = 35;
export const N_STRING_STARTS_WITH: i32 = 36;
export const N_STRING_ENDS_WITH: i32 = 37;
export const N_STRING_CONTAINS: i32 = 38;
export const N_STRING_IS_EMPTY: i32 = 39;
export const N_STRING_TRIM: i32 = 40;
export const N_STRING_SUBSTRING: i32 = 41;
export const N_STRING_SPLIT: i32 = 42;
export const N_STRING_REPLACE: i32 = 43;
export const N_STRING_UPPER: i32 = 44;
export const N_STRING_LOWER: i32 = 45;
export const N_STRING_REPEAT: i32 = 46;
export const N_STRING_REVERSE: i32 = 47;
export const N_STRING_TO_INT: i32 = 48;
export const N_STRING_TO_FLOAT: i32 = 49;
export const N_STRING_COMPARE_TO: i32 = 50;
export const N_ARRAY_SIZE: i32 = 51;
export const N_ARRAY_IS_EMPTY: i32 = 52;
export const N_ARRAY_ADD: i32 = 53;
export const N_ARRAY_INSERT: i32 = 54;
export const N_ARRAY_GET: i32 = 55;
export const N_ARRAY_SET: i32 = 56;
export const N_ARRAY_REMOVE: i32 = 57;
export const N_ARRAY_POP: i32 = 58;
export const N_ARRAY_CLEAR: i32 = 59;
export const N_ARRAY_INDEX_OF: i32 = 60;
export const N_ARRAY_CONTAINS: i32 = 61;
export const N_ARRAY_REVERSE: i32 = 62;
export const N_ARRAY_SORT: i32 = 63;
export const N_ARRAY_SLICE: i32 = 64;
export const N_ARRAY_JOIN: i32 = 65;
export const N_EXCEPTION_NEW: i32 = 66;
export const N_EXCEPTION_GET_STACK: i32 = 67;
export const N_ERRNO_EXCEPTION_NEW: i32 = 68;
export const N_OUTPUT_STREAM_PRINT: i32 = 69;
export const N_OUTPUT_STREAM_PRINTLN: i32 = 70;
export const N_OUTPUT_STREAM_WRITE: i32 = 71;
export const N_OUTPUT_STREAM_WRITE_BYTE: i32 = 72;
export const N_OUTPUT_STREAM_PRINT_INT: i32 = 73;
export const N_OUTPUT_STREAM_FLUSH: i32 = 74;
export const N_INPUT_STREAM_READ: i32 = 75;
export const N_INPUT_STREAM_READ_LINE: i32 = 76;
export const N_INPUT_STREAM_READ_ALL: i32 = 77;
export const N_INPUT_STREAM_AVAILABLE: i32 = 78;
export const N_INPUT_STREAM_CLOSE: i32 = 79;
export const N_FILE_IS_READABLE: i32 = 80;
export const N_FILE_IS_WRITABLE: i32 = 81;
export const N_TASK_CURRENT: i32 = 82;
export const N_KERNEL_LOG: i32 = 83;
export const N_KERNEL_TIME: i32 = 84;
export const N_KERNEL_VERSION: i32 = 85;
export const N_DEVICE_NEW: i32 = 86;
export const N_DEVICE_REGISTER: i32 = 87;
export const N_DEVICE_UNREGISTER: i32 = 88;
export const N_SYSTEM_TIME: i32 = 89;
export const N_SYSTEM_NANO_TIME: i32 = 90;
export const N_SYSTEM_PRINT: i32 = 91;
export const N_SYSTEM_EVAL: i32 = 92;
export const N_SYSTEM_GC: i32 = 93;
export const N_SYSTEM_ARGS: i32 = 94;
export const N_SYSTEM_ENV: i32 = 95;
export const N_SYSTEM_EXIT: i32 = 96;
export const N_MATH_ABS: i32 = 97;
export const N_MATH_ABS_FLOAT: i32 = 98;
export const N_MATH_MIN: i32 = 99;
export const N_MATH_MIN_FLOAT: i32 = 100;
export const N_MATH_MAX: i32 = 101;
export const N_MATH_MAX_FLOAT: i32 = 102;
export const N_MATH_POW: i32 = 103;
export const N_MATH_POW_FLOAT: i32 = 104;
export const N_MATH_SQRT: i32 = 105;
export const N_MATH_SQRT_FLOAT: i32 = 106;
export const N_MATH_MULDIV: i32 = 107;
export const N_MATH_SIN: i32 = 108;
export const N_MATH_COS: i32 = 109;
export const N_MATH_TAN: i32 = 110;
export const N_MATH_ASIN: i32 = 111;
export const N_MATH_ACOS: i32 = 112;
export const N_MATH_ATAN: i32 = 113;
export const N_MATH_ATAN2: i32 = 114;
export const N_MATH_EXP: i32 = 115;
export const N_MATH_LOG: i32 = 116;
export const N_MATH_LOG10: i32 = 117;
export const N_MATH_CBRT: i32 = 118;
export const N_MATH_HYPOT: i32 = 119;
export const N_MATH_FLOOR: i32 = 120;
export const N_MATH_CEIL: i32 = 121;
export const N_MATH_ROUND: i32 = 122;
export const N_MATH_RANDOM: i32 = 123;
/** R[A] := `IN` */
export const N_STREAM_IN: i32 = 124;
/** R[A] := `OUT` */
export const N_STREAM_OUT: i32 = 125;
/** R[A] := `ERR` */
export const N_STREAM_ERR: i32 = 126;
/** R[A] := `String[]` of the script's arguments */
export const N_MAIN_ARGS: i32 = 127;
/** R[A] := the Class whose id is the int R[A+2] */
export const N_CLASS_OF: i32 = 128;
/** R[A] := `String[]` of the characters of R[A+2], for foreach over a string */
export const N_STRING_EACH: i32 = 129;
/** R[A] := text of the int R[A+2] as the directive R[A+3] says (`engine/bytecode/format-directives.ts`) */
export const N_FORMAT_INT: i32 = 130;
/** R[A] := text of the float R[A+2] as the directive R[A+3] says */
export const N_FORMAT_FLOAT: i32 = 131;
/** R[A] := the String R[A+2] as the directive R[A+3] says */
export const N_FORMAT_TEXT: i32 = 132;
/** R[A] := the format R[A+2] with the elements of the array R[A+3]: boxes, Strings, null. Throws `Script!!` */
export const N_FORMAT_VALUES: i32 = 133;
/** R[A] := the time, in ns since boot, that is R[A+2] ms from now */
export const N_WAIT_UNTIL: i32 = 134;
export const BUILTIN_CONSTANTS: i32 = 73;
export const BUILTIN_METHODS: i32 = 124;
export const NATIVES: i32 = 135;
/** Virtual-table slots that `Object` brings. */
export const OBJECT_VSLOTS: i32 = 3;

const classTable: usize = memory.data<i32>([6, -1, 0, 0, 7, 0, 0, 1, 1539, 0, 0, 7, 6, 0, 0, 0, 2311, 0, 0, 0, 0, 0, 0, 0, 4101, 0, 0, 13, 13, 0, 0, 4, 5381, 0, 0, 26, 3, 0, 0, 0, 6662, 0, 0, 29, 22, 0, 0, 0, 8197, 0, 0, 51, 15, 0, 0, 0, 9481, 0, 3, 66, 2, 0, 3, 1, 11790, 7, 3, 0, 0, 0, 0, 1, 15380, 8, 3, 0, 0, 0, 0, 1, 20497, 7, 3, 0, 0, 0, 0, 1, 24845, 7, 3, 0, 0, 0, 0, 1, 28179, 7, 3, 0, 0, 0, 0, 1, 33043, 7, 3, 0, 0, 0, 0, 1, 37906, 7, 3, 0, 0, 0, 0, 1, 42517, 7, 3, 0, 0, 0, 0, 1, 47883, 7, 3, 0, 0, 0, 0, 1, 50708, 7, 3, 0, 0, 0, 0, 1, 55824, 7, 3, 0, 0, 0, 0, 1, 59926, 7, 3, 0, 0, 0, 0, 1, 65556, 7, 3, 0, 0, 0, 0, 1, 70671, 7, 3, 0, 0, 0, 0, 1, 74511, 21, 3, 0, 0, 0, 0, 1, 78349, 21, 3, 0, 0, 0, 0, 1, 81682, 21, 3, 0, 0, 0, 0, 1, 86286, 7, 4, 68, 1, 3, 1, 1, 89861, 0, 0, 0, 0, 0, 0, 0, 91148, 0, 3, 69, 6, 4, 3, 0, 94219, 0, 4, 75, 5, 7, 4, 0, 97028, 0, 6, 80, 2, 11, 6, 2, 98052, 0, 5, 82, 1, 17, 5, 0, 99078, 0, 0, 83, 3, 0, 0, 2, 100614, 0, 1, 86, 3, 22, 1, 3, 102150, 0, 0, 89, 8, 0, 0, 0, 103684, 0, 0, 97, 27, 0, 0, 0, 104708, 0, 0, 0, 0, 0, 0, 0]);
const methodTable: usize = memory.data<i32>([105736, 0, 5, 0, 0, 258, 109062, 0, 2, 0, 1, 258, 110600, 0, 1, 1, 0, 258, 112652, 0, 5, 1, 0, 256, 115720, 0, 4, 1, 0, 256, 123140, 0, 65535, 1, 2, 260, 124166, 0, 65535, 3, 0, 256, 125701, 1, 5, 3, 0, 0, 126979, 1, 1, 3, 0, 0, 127747, 1, 1, 3, 1, 0, 128515, 1, 1, 4, 1, 0, 129286, 1, 5, 5, 0, 0, 130823, 1, 3, 5, 0, 8, 132613, 3, 2, 5, 0, 8, 133898, 3, 2, 5, 0, 8, 136456, 3, 2, 5, 0, 8, 138501, 3, 1, 5, 0, 8, 126979, 3, 3, 5, 0, 8, 127747, 3, 3, 5, 1, 8, 128515, 3, 3, 6, 1, 8, 139781, 3, 3, 7, 0, 8, 141060, 3, 3, 7, 0, 8, 142085, 3, 1, 7, 0, 8, 145415, 3, 5, 7, 1, 8, 147206, 3, 1, 8, 0, 8, 149768, 3, 3, 8, 1, 9, 151815, 4, 5, 9, 0, 256, 153613, 4, 1048580, 9, 0, 256, 158218, 4, 2, 9, 1, 256, 160772, 5, 1, 10, 0, 256, 163075, 5, 5, 10, 1, 256, 163846, 5, 1, 11, 1, 256, 165381, 5, 65537, 12, 0, 256, 166664, 5, 1, 12, 0, 256, 170759, 5, 1, 12, 2, 768, 172555, 5, 1, 14, 1, 768, 175370, 5, 2, 15, 1, 768, 177928, 5, 2, 16, 1, 768, 179976, 5, 2, 17, 1, 768, 182023, 5, 2, 18, 0, 256, 183812, 5, 5, 18, 0, 256, 185353, 5, 5, 18, 2, 256, 189957, 5, 65541, 20, 1, 768, 193031, 5, 5, 21, 2, 1792, 194821, 5, 5, 23, 0, 256, 196101, 5, 5, 23, 0, 256, 198662, 5, 5, 23, 1, 256, 200199, 5, 5, 24, 0, 256, 138501, 5, 1, 24, 0, 256, 130823, 5, 3, 24, 0, 264, 201993, 5, 1, 24, 1, 768, 160772, 6, 1, 25, 0, 256, 182023, 6, 2, 25, 0, 256, 204291, 6, 65535, 25, 1, 256, 205062, 6, 65535, 26, 2, 256, 163075, 6, 65534, 28, 1, 256, 206595, 6, 65535, 29, 2, 256, 207366, 6, 65534, 31, 1, 256, 208899, 6, 65534, 32, 0, 256, 209669, 6, 65535, 32, 0, 256, 170759, 6, 1, 32, 1, 256, 179976, 6, 2, 33, 1, 256, 200199, 6, 65535, 34, 0, 256, 210948, 6, 65535, 34, 0, 256, 211973, 6, 131070, 34, 2, 256, 213252, 6, 5, 36, 1, 768, 217347, 7, 65535, 37, 2, 768, 218120, 7, 5, 39, 0, 256, 217347, 25, 65535, 39, 2, 1280, 221445, 27, 65535, 41, 1, 768, 222727, 27, 65535, 42, 1, 768, 224517, 27, 65535, 43, 1, 768, 225801, 27, 65535, 44, 1, 256, 228104, 27, 65535, 45, 1, 256, 230149, 27, 65535, 46, 0, 256, 231428, 28, 1, 46, 0, 256, 232456, 28, 1048581, 46, 0, 256, 234503, 28, 5, 46, 0, 256, 236297, 28, 1, 46, 0, 256, 238597, 28, 65535, 46, 0, 256, 239882, 29, 2, 46, 0, 256, 242442, 29, 2, 46, 0, 256, 244999, 30, 30, 46, 0, 1, 246787, 31, 65535, 46, 1, 257, 247556, 31, 1, 47, 0, 1, 248583, 31, 5, 47, 0, 1, 217347, 32, 65535, 47, 1, 768, 251400, 32, 65535, 48, 0, 260, 253450, 32, 65535, 48, 0, 260, 247556, 33, 1, 48, 0, 1, 256008, 33, 1, 48, 0, 1, 221445, 33, 65535, 48, 1, 257, 258052, 33, 65533, 49, 1, 261, 259074, 33, 65535, 50, 0, 1, 259588, 33, 65541, 50, 0, 9, 260611, 33, 1048581, 50, 1, 265, 262916, 33, 65535, 51, 1, 9, 126979, 34, 1, 52, 1, 1, 126979, 34, 3, 53, 1, 25, 127747, 34, 1, 54, 2, 1, 127747, 34, 3, 56, 2, 25, 128515, 34, 1, 58, 2, 1, 128515, 34, 3, 60, 2, 25, 267523, 34, 1, 62, 2, 1, 267523, 34, 3, 64, 2, 25, 268292, 34, 1, 66, 1, 1, 268292, 34, 3, 67, 1, 25, 270086, 34, 1, 68, 3, 1, 271619, 34, 3, 71, 1, 9, 272387, 34, 3, 72, 1, 9, 273155, 34, 3, 73, 1, 9, 273924, 34, 3, 74, 1, 9, 274948, 34, 3, 75, 1, 9, 275972, 34, 3, 76, 1, 9, 276997, 34, 3, 77, 2, 9, 278275, 34, 3, 79, 1, 9, 246787, 34, 3, 80, 1, 9, 279045, 34, 3, 81, 1, 9, 280324, 34, 3, 82, 1, 9, 281349, 34, 3, 83, 2, 9, 139781, 34, 3, 85, 1, 9, 141060, 34, 3, 86, 1, 9, 142085, 34, 1, 87, 1, 9, 282630, 34, 3, 88, 0, 9, 284168, -1, 65535, 0, 0, 1, 286217, -1, 65535, 0, 0, 1, 288521, -1, 65535, 0, 0, 1, 290824, -1, 65535, 0, 0, 1, 292871, -1, 65535, 0, 1, 1, 294666, -1, 65535, 0, 1, 257, 297225, -1, 65535, 0, 2, 1, 299531, -1, 65535, 0, 2, 9, 302346, -1, 65535, 0, 2, 769, 304908, -1, 65535, 0, 2, 769, 307977, -1, 65535, 0, 1, 1]);
const paramTable: usize = memory.data<i32>([107781, 1048576, 0, 0, 117769, 2, 0, 0, 120076, 1, 1, -1, 107781, 1, 0, 0, 107781, 1, 0, 0, 107781, 3, 0, 0, 107781, 3, 0, 0, 143368, 1, 1, 2, 148740, 1, 0, 0, 156933, 1048576, 0, 0, 161797, 1, 0, 0, 161797, 1, 0, 0, 168708, 5, 0, 0, 169732, 1, 1, 0, 168708, 5, 0, 0, 168708, 5, 0, 0, 168708, 5, 0, 0, 168708, 5, 0, 0, 169732, 1, 0, 0, 184834, 1, 1, -1, 187657, 5, 0, 0, 191235, 5, 0, 0, 192004, 5, 0, 0, 197381, 1, 0, 0, 107781, 5, 0, 0, 156933, 65534, 0, 0, 161797, 1, 0, 0, 156933, 65534, 0, 0, 161797, 1, 0, 0, 161797, 1, 0, 0, 156933, 65534, 0, 0, 161797, 1, 0, 0, 156933, 65534, 0, 0, 156933, 65534, 0, 0, 169732, 1, 0, 0, 184834, 1, 0, 0, 187657, 5, 0, 0, 214279, 5, 2, 0, 216069, 1048583, 3, 0, 220165, 1, 0, 0, 214279, 5, 2, 0, 168708, 5, 0, 0, 168708, 5, 2, 0, 168708, 5, 0, 0, 156933, 1, 0, 0, 156933, 1, 0, 0, 168708, 5, 0, 0, 250372, 5, 2, 0, 168708, 5, 0, 0, 168708, 5, 0, 0, 250372, 5, 0, 0, 261382, 1, 1, 0, 263937, 1, 0, 0, 263937, 3, 0, 0, 263937, 1, 0, 0, 264193, 1, 0, 0, 263937, 3, 0, 0, 264193, 3, 0, 0, 263937, 1, 0, 0, 264193, 1, 0, 0, 263937, 3, 0, 0, 264193, 3, 0, 0, 264452, 1, 0, 0, 265480, 1, 0, 0, 264452, 3, 0, 0, 265480, 3, 0, 0, 263937, 1, 0, 0, 263937, 3, 0, 0, 269313, 1, 0, 0, 269569, 1, 0, 0, 269825, 1, 0, 0, 263937, 3, 0, 0, 263937, 3, 0, 0, 263937, 3, 0, 0, 263937, 3, 0, 0, 263937, 3, 0, 0, 263937, 3, 0, 0, 264193, 3, 0, 0, 263937, 3, 0, 0, 263937, 3, 0, 0, 263937, 3, 0, 0, 263937, 3, 0, 0, 263937, 3, 0, 0, 263937, 3, 0, 0, 264193, 3, 0, 0, 263937, 3, 0, 0, 263937, 3, 0, 0, 263937, 3, 0, 0]);
const fieldTable: usize = memory.data<i32>([214279, 7, 5, 0, 0, 216069, 7, 1048583, 1, 0, 427013, 7, 1048576, 2, 1, 220165, 25, 1, 3, 0, 428290, 27, 1, 0, 1, 428806, 27, 1, 1, 1, 430342, 27, 1048576, 2, 1, 428290, 28, 1, 0, 1, 431880, 28, 1, 1, 1, 428806, 28, 1, 2, 1, 430342, 28, 1048576, 3, 1, 433922, 29, 1, 0, 0, 434436, 29, 1, 1, 0, 435461, 29, 1, 2, 0, 436742, 29, 1, 3, 0, 438280, 29, 2, 4, 0, 440325, 29, 1, 5, 0, 441603, 30, 1, 0, 0, 442372, 30, 1, 1, 0, 443395, 30, 1, 2, 0, 444163, 30, 1, 3, 0, 444932, 30, 5, 4, 0, 250372, 32, 5, 0, 0]);
const constantTable: usize = memory.data<i32>([310275, 1, 0, 311043, 1, 0, 310275, 3, 1, 311043, 3, 1, 311815, 3, 1, 313608, 3, 1, 315651, 3, 1, 316421, 26, 0, 317702, 26, 0, 319237, 26, 0, 320517, 26, 0, 321795, 26, 0, 322565, 26, 0, 323845, 26, 0, 325127, 26, 0, 326917, 26, 0, 328198, 26, 0, 329734, 26, 0, 331270, 26, 0, 332806, 26, 0, 334342, 26, 0, 335879, 26, 0, 337669, 26, 0, 338950, 26, 0, 340485, 26, 0, 341766, 26, 0, 343303, 26, 0, 345094, 26, 0, 346630, 26, 0, 348166, 26, 0, 349702, 26, 0, 351238, 26, 0, 352775, 26, 0, 354565, 26, 0, 355846, 26, 0, 357382, 26, 0, 358917, 26, 0, 360198, 26, 0, 361733, 26, 0, 363012, 26, 0, 364038, 26, 0, 365575, 26, 0, 367372, 26, 0, 370438, 26, 0, 371977, 26, 0, 374279, 26, 0, 376069, 26, 0, 377350, 26, 0, 378887, 26, 0, 380681, 26, 0, 382982, 26, 0, 384520, 26, 0, 386570, 26, 0, 389130, 26, 0, 391687, 26, 0, 393479, 26, 0, 395272, 26, 0, 397321, 26, 0, 399628, 26, 0, 402696, 26, 0, 404747, 26, 0, 407558, 26, 0, 409097, 26, 0, 411398, 29, 0, 412935, 29, 0, 414727, 29, 0, 416519, 29, 0, 418311, 29, 0, 420104, 29, 0, 422152, 29, 0, 424200, 29, 0, 426242, 34, 1, 426753, 34, 1]);
const constantValues: usize = memory.data<u64>([0x7fffffffffffffff, 0x8000000000000000, 0x7fefffffffffffff, 0x1, 0x3cb0000000000000, 0x7ff0000000000000, 0x7ff8000000000000, 0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0x8, 0x9, 0xa, 0xb, 0xc, 0xd, 0xe, 0xf, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x26, 0x27, 0x3d, 0x3e, 0x47, 0x4a, 0x4b, 0x54, 0x5a, 0x5f, 0x62, 0x69, 0x6a, 0x6b, 0x6e, 0x6f, 0x72, 0x73, 0x74, 0x7d, 0x1, 0x2, 0x4, 0x8, 0x10, 0x0, 0x1, 0x2, 0x400921fb54442d18, 0x4005bf0a8b145769]);
const nameTable: usize = memory.data<u8>([79, 98, 106, 101, 99, 116, 73, 110, 116, 66, 111, 111, 108, 101, 97, 110, 70, 108, 111, 97, 116, 67, 108, 97, 115, 115, 83, 116, 114, 105, 110, 103, 65, 114, 114, 97, 121, 69, 120, 99, 101, 112, 116, 105, 111, 110, 70, 97, 116, 97, 108, 69, 120, 99, 101, 112, 116, 105, 111, 110, 79, 117, 116, 79, 102, 77, 101, 109, 111, 114, 121, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 101, 99, 117, 114, 105, 116, 121, 69, 120, 99, 101, 112, 116, 105, 111, 110, 78, 117, 108, 108, 69, 120, 99, 101, 112, 116, 105, 111, 110, 79, 117, 116, 79, 102, 73, 110, 100, 101, 120, 69, 120, 99, 101, 112, 116, 105, 111, 110, 65, 114, 105, 116, 104, 109, 101, 116, 105, 99, 69, 120, 99, 101, 112, 116, 105, 111, 110, 67, 108, 97, 115, 115, 67, 97, 115, 116, 69, 120, 99, 101, 112, 116, 105, 111, 110, 78, 111, 83, 117, 99, 104, 77, 101, 116, 104, 111, 100, 69, 120, 99, 101, 112, 116, 105, 111, 110, 73, 79, 69, 120, 99, 101, 112, 116, 105, 111, 110, 75, 101, 121, 78, 111, 116, 70, 111, 117, 110, 100, 69, 120, 99, 101, 112, 116, 105, 111, 110, 84, 105, 109, 101, 111, 117, 116, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 116, 97, 99, 107, 79, 118, 101, 114, 102, 108, 111, 119, 69, 120, 99, 101, 112, 116, 105, 111, 110, 73, 110, 116, 101, 114, 114, 117, 112, 116, 101, 100, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 99, 114, 105, 112, 116, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 121, 110, 116, 97, 120, 69, 120, 99, 101, 112, 116, 105, 111, 110, 84, 121, 112, 101, 69, 120, 99, 101, 112, 116, 105, 111, 110, 65, 115, 115, 101, 114, 116, 105, 111, 110, 69, 120, 99, 101, 112, 116, 105, 111, 110, 69, 114, 114, 110, 111, 69, 120, 99, 101, 112, 116, 105, 111, 110, 69, 114, 114, 110, 111, 79, 117, 116, 112, 117, 116, 83, 116, 114, 101, 97, 109, 73, 110, 112, 117, 116, 83, 116, 114, 101, 97, 109, 70, 105, 108, 101, 84, 97, 115, 107, 75, 101, 114, 110, 101, 108, 68, 101, 118, 105, 99, 101, 83, 121, 115, 116, 101, 109, 77, 97, 116, 104, 70, 117, 110, 99, 116, 111, 83, 116, 114, 105, 110, 103, 111, 116, 104, 101, 114, 101, 113, 117, 97, 108, 115, 104, 97, 115, 104, 67, 111, 100, 101, 103, 101, 116, 67, 108, 97, 115, 115, 78, 97, 109, 101, 103, 101, 116, 67, 108, 97, 115, 115, 99, 111, 110, 100, 105, 116, 105, 111, 110, 109, 105, 108, 108, 105, 115, 101, 99, 111, 110, 100, 115, 119, 97, 105, 116, 110, 111, 116, 105, 102, 121, 116, 111, 72, 101, 120, 97, 98, 115, 109, 105, 110, 109, 97, 120, 116, 111, 67, 104, 97, 114, 116, 111, 70, 108, 111, 97, 116, 105, 115, 78, 97, 78, 105, 115, 73, 110, 102, 105, 110, 105, 116, 101, 105, 115, 70, 105, 110, 105, 116, 101, 116, 111, 73, 110, 116, 102, 108, 111, 111, 114, 99, 101, 105, 108, 114, 111, 117, 110, 100, 100, 101, 99, 105, 109, 97, 108, 115, 116, 111, 70, 105, 120, 101, 100, 116, 111, 66, 105, 116, 115, 98, 105, 116, 115, 102, 114, 111, 109, 66, 105, 116, 115, 103, 101, 116, 78, 97, 109, 101, 103, 101, 116, 83, 117, 112, 101, 114, 99, 108, 97, 115, 115, 118, 97, 108, 117, 101, 105, 115, 73, 110, 115, 116, 97, 110, 99, 101, 115, 105, 122, 101, 105, 110, 100, 101, 120, 103, 101, 116, 99, 111, 100, 101, 65, 116, 99, 111, 100, 101, 115, 98, 121, 116, 101, 83, 105, 122, 101, 116, 101, 120, 116, 102, 114, 111, 109, 105, 110, 100, 101, 120, 79, 102, 108, 97, 115, 116, 73, 110, 100, 101, 120, 79, 102, 115, 116, 97, 114, 116, 115, 87, 105, 116, 104, 101, 110, 100, 115, 87, 105, 116, 104, 99, 111, 110, 116, 97, 105, 110, 115, 105, 115, 69, 109, 112, 116, 121, 116, 114, 105, 109, 116, 111, 115, 117, 98, 115, 116, 114, 105, 110, 103, 115, 101, 112, 97, 114, 97, 116, 111, 114, 115, 112, 108, 105, 116, 111, 108, 100, 119, 105, 116, 104, 114, 101, 112, 108, 97, 99, 101, 117, 112, 112, 101, 114, 108, 111, 119, 101, 114, 116, 105, 109, 101, 115, 114, 101, 112, 101, 97, 116, 114, 101, 118, 101, 114, 115, 101, 99, 111, 109, 112, 97, 114, 101, 84, 111, 97, 100, 100, 105, 110, 115, 101, 114, 116, 115, 101, 116, 114, 101, 109, 111, 118, 101, 112, 111, 112, 99, 108, 101, 97, 114, 115, 111, 114, 116, 115, 108, 105, 99, 101, 106, 111, 105, 110, 109, 101, 115, 115, 97, 103, 101, 99, 97, 117, 115, 101, 110, 101, 119, 103, 101, 116, 83, 116, 97, 99, 107, 101, 114, 114, 110, 111, 112, 114, 105, 110, 116, 112, 114, 105, 110, 116, 108, 110, 119, 114, 105, 116, 101, 119, 114, 105, 116, 101, 66, 121, 116, 101, 112, 114, 105, 110, 116, 73, 110, 116, 102, 108, 117, 115, 104, 114, 101, 97, 100, 114, 101, 97, 100, 76, 105, 110, 101, 114, 101, 97, 100, 65, 108, 108, 97, 118, 97, 105, 108, 97, 98, 108, 101, 99, 108, 111, 115, 101, 105, 115, 82, 101, 97, 100, 97, 98, 108, 101, 105, 115, 87, 114, 105, 116, 97, 98, 108, 101, 99, 117, 114, 114, 101, 110, 116, 108, 111, 103, 116, 105, 109, 101, 118, 101, 114, 115, 105, 111, 110, 110, 97, 109, 101, 114, 101, 103, 105, 115, 116, 101, 114, 117, 110, 114, 101, 103, 105, 115, 116, 101, 114, 110, 97, 110, 111, 84, 105, 109, 101, 101, 118, 97, 108, 103, 99, 97, 114, 103, 115, 101, 110, 118, 115, 116, 97, 116, 117, 115, 101, 120, 105, 116, 120, 121, 98, 97, 115, 101, 101, 120, 112, 111, 110, 101, 110, 116, 112, 111, 119, 115, 113, 114, 116, 97, 98, 99, 109, 117, 108, 100, 105, 118, 115, 105, 110, 99, 111, 115, 116, 97, 110, 97, 115, 105, 110, 97, 99, 111, 115, 97, 116, 97, 110, 97, 116, 97, 110, 50, 101, 120, 112, 108, 111, 103, 49, 48, 99, 98, 114, 116, 104, 121, 112, 111, 116, 114, 97, 110, 100, 111, 109, 115, 116, 114, 101, 97, 109, 73, 110, 115, 116, 114, 101, 97, 109, 79, 117, 116, 115, 116, 114, 101, 97, 109, 69, 114, 114, 109, 97, 105, 110, 65, 114, 103, 115, 99, 108, 97, 115, 115, 79, 102, 115, 116, 114, 105, 110, 103, 69, 97, 99, 104, 102, 111, 114, 109, 97, 116, 73, 110, 116, 102, 111, 114, 109, 97, 116, 70, 108, 111, 97, 116, 102, 111, 114, 109, 97, 116, 84, 101, 120, 116, 102, 111, 114, 109, 97, 116, 86, 97, 108, 117, 101, 115, 119, 97, 105, 116, 85, 110, 116, 105, 108, 77, 65, 88, 77, 73, 78, 69, 80, 83, 73, 76, 79, 78, 73, 78, 70, 73, 78, 73, 84, 89, 78, 65, 78, 69, 80, 69, 82, 77, 69, 78, 79, 69, 78, 84, 69, 83, 82, 67, 72, 69, 73, 78, 84, 82, 69, 73, 79, 69, 78, 88, 73, 79, 69, 50, 66, 73, 71, 69, 78, 79, 69, 88, 69, 67, 69, 66, 65, 68, 70, 69, 67, 72, 73, 76, 68, 69, 65, 71, 65, 73, 78, 69, 78, 79, 77, 69, 77, 69, 65, 67, 67, 69, 83, 69, 70, 65, 85, 76, 84, 69, 78, 79, 84, 66, 76, 75, 69, 66, 85, 83, 89, 69, 69, 88, 73, 83, 84, 69, 88, 68, 69, 86, 69, 78, 79, 68, 69, 86, 69, 78, 79, 84, 68, 73, 82, 69, 73, 83, 68, 73, 82, 69, 73, 78, 86, 65, 76, 69, 78, 70, 73, 76, 69, 69, 77, 70, 73, 76, 69, 69, 78, 79, 84, 84, 89, 69, 84, 88, 84, 66, 83, 89, 69, 70, 66, 73, 71, 69, 78, 79, 83, 80, 67, 69, 83, 80, 73, 80, 69, 69, 82, 79, 70, 83, 69, 77, 76, 73, 78, 75, 69, 80, 73, 80, 69, 69, 68, 79, 77, 69, 82, 65, 78, 71, 69, 69, 68, 69, 65, 68, 76, 75, 69, 78, 65, 77, 69, 84, 79, 79, 76, 79, 78, 71, 69, 78, 79, 83, 89, 83, 69, 78, 79, 84, 69, 77, 80, 84, 89, 69, 78, 79, 68, 65, 84, 65, 69, 84, 73, 77, 69, 69, 80, 82, 79, 84, 79, 69, 66, 65, 68, 77, 83, 71, 69, 79, 86, 69, 82, 70, 76, 79, 87, 69, 73, 76, 83, 69, 81, 69, 77, 83, 71, 83, 73, 90, 69, 69, 79, 80, 78, 79, 84, 83, 85, 80, 80, 69, 65, 68, 68, 82, 73, 78, 85, 83, 69, 69, 78, 79, 66, 85, 70, 83, 69, 73, 83, 67, 79, 78, 78, 69, 78, 79, 84, 67, 79, 78, 78, 69, 84, 73, 77, 69, 68, 79, 85, 84, 69, 67, 79, 78, 78, 82, 69, 70, 85, 83, 69, 68, 69, 65, 76, 82, 69, 65, 68, 89, 69, 73, 78, 80, 82, 79, 71, 82, 69, 83, 83, 69, 83, 84, 65, 76, 69, 69, 67, 65, 78, 67, 69, 76, 69, 68, 80, 79, 76, 76, 73, 78, 80, 79, 76, 76, 80, 82, 73, 80, 79, 76, 76, 79, 85, 84, 80, 79, 76, 76, 69, 82, 82, 80, 79, 76, 76, 72, 85, 80, 83, 69, 69, 75, 95, 83, 69, 84, 83, 69, 69, 75, 95, 67, 85, 82, 83, 69, 69, 75, 95, 69, 78, 68, 80, 73, 69, 116, 114, 97, 99, 101, 102, 100, 108, 101, 110, 103, 116, 104, 98, 117, 102, 102, 101, 114, 112, 111, 115, 105, 116, 105, 111, 110, 105, 100, 109, 111, 100, 101, 102, 108, 97, 103, 115, 111, 102, 102, 115, 101, 116, 110, 111, 110, 98, 108, 111, 99, 107, 99, 111, 117, 110, 116, 112, 105, 100, 116, 103, 105, 100, 117, 105, 100, 103, 105, 100, 99, 111, 109, 109]);

// A name is `offset << 8 | length` into the name pool.
/** Address of a name's UTF-8 bytes. */
export function builtinNameAddress(name: i32): usize {
  return nameTable + <usize>(name >>> 8);
}
/** Length of a name in bytes. */
export function builtinNameLength(name: i32): i32 {
  return name & 0xff;
}
/** Name of a class. */
export function builtinClassName(cls: i32): i32 {
  return load<i32>(classTable + <usize>((cls * 8 + 0) << 2));
}
/** Class id of the class above, or -1. */
export function builtinClassSuper(cls: i32): i32 {
  return load<i32>(classTable + <usize>((cls * 8 + 1) << 2));
}
/** Instance slots, inherited ones included. */
export function builtinClassSlots(cls: i32): i32 {
  return load<i32>(classTable + <usize>((cls * 8 + 2) << 2));
}
/** First row of its methods; a method's row is its native id. */
export function builtinClassFirstMethod(cls: i32): i32 {
  return load<i32>(classTable + <usize>((cls * 8 + 3) << 2));
}
/** Number of its own methods. */
export function builtinClassMethodCount(cls: i32): i32 {
  return load<i32>(classTable + <usize>((cls * 8 + 4) << 2));
}
/** First row of its own fields. */
export function builtinClassFirstField(cls: i32): i32 {
  return load<i32>(classTable + <usize>((cls * 8 + 5) << 2));
}
/** Number of its own fields. */
export function builtinClassFieldCount(cls: i32): i32 {
  return load<i32>(classTable + <usize>((cls * 8 + 6) << 2));
}
/** Bit 0: scripts may extend it. Bits 1-2: home, 0 both, 1 kernel, 2 user space. */
export function builtinClassFlags(cls: i32): i32 {
  return load<i32>(classTable + <usize>((cls * 8 + 7) << 2));
}
/** Name of a method; constructors are called `new`. Natives behind `BUILTIN_METHODS` have one too. */
export function builtinMethodName(method: i32): i32 {
  return load<i32>(methodTable + <usize>((method * 6 + 0) << 2));
}
/** Class id of its class; -1: a native that only generated code calls. */
export function builtinMethodOwner(method: i32): i32 {
  return load<i32>(methodTable + <usize>((method * 6 + 1) << 2));
}
/** Type code of its result. */
export function builtinMethodResult(method: i32): i32 {
  return load<i32>(methodTable + <usize>((method * 6 + 2) << 2));
}
/** First row of its parameters. */
export function builtinMethodFirstParam(method: i32): i32 {
  return load<i32>(methodTable + <usize>((method * 6 + 3) << 2));
}
/** Number of its parameters, without `this`. */
export function builtinMethodParamCount(method: i32): i32 {
  return load<i32>(methodTable + <usize>((method * 6 + 4) << 2));
}
/** Bit 0 static, bit 1 virtual, bit 2 may sleep, bit 3 user space only, bit 4 the form for floats of the method of its name; bits 8 up: arguments, `this` first, that are references and not null. */
export function builtinMethodFlags(method: i32): i32 {
  return load<i32>(methodTable + <usize>((method * 6 + 5) << 2));
}
/** Name of a parameter. */
export function builtinParamName(param: i32): i32 {
  return load<i32>(paramTable + <usize>((param * 4 + 0) << 2));
}
/** Type code of a parameter. */
export function builtinParamType(param: i32): i32 {
  return load<i32>(paramTable + <usize>((param * 4 + 1) << 2));
}
/** Its default: 0 none, 1 the integer of the next column, 2 the empty string, 3 null. */
export function builtinParamDefaultKind(param: i32): i32 {
  return load<i32>(paramTable + <usize>((param * 4 + 2) << 2));
}
/** The default integer; -1 stands for the largest int. */
export function builtinParamDefault(param: i32): i32 {
  return load<i32>(paramTable + <usize>((param * 4 + 3) << 2));
}
/** Name of a field. */
export function builtinFieldName(field: i32): i32 {
  return load<i32>(fieldTable + <usize>((field * 5 + 0) << 2));
}
/** Class id of its class. */
export function builtinFieldOwner(field: i32): i32 {
  return load<i32>(fieldTable + <usize>((field * 5 + 1) << 2));
}
/** Type code of a field. */
export function builtinFieldType(field: i32): i32 {
  return load<i32>(fieldTable + <usize>((field * 5 + 2) << 2));
}
/** Slot in the object. */
export function builtinFieldSlot(field: i32): i32 {
  return load<i32>(fieldTable + <usize>((field * 5 + 3) << 2));
}
/** Bit 0: hidden from scripts. */
export function builtinFieldFlags(field: i32): i32 {
  return load<i32>(fieldTable + <usize>((field * 5 + 4) << 2));
}
/** Name of a constant. */
export function builtinConstantName(constant: i32): i32 {
  return load<i32>(constantTable + <usize>((constant * 3 + 0) << 2));
}
/** Class id of its class. */
export function builtinConstantOwner(constant: i32): i32 {
  return load<i32>(constantTable + <usize>((constant * 3 + 1) << 2));
}
/** 1: a float; 0: an int. */
export function builtinConstantIsFloat(constant: i32): i32 {
  return load<i32>(constantTable + <usize>((constant * 3 + 2) << 2));
}
/** Its value; the bits of a float. */
export function builtinConstantValue(constant: i32): i64 {
  return load<i64>(constantValues + ((<usize>constant) << 3));
}
