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
export const CLASS_STRING: i32 = 4;
export const CLASS_ARRAY: i32 = 5;
export const CLASS_EXCEPTION: i32 = 6;
export const CLASS_FATAL_EXCEPTION: i32 = 7;
export const CLASS_OUT_OF_MEMORY_EXCEPTION: i32 = 8;
export const CLASS_SECURITY_EXCEPTION: i32 = 9;
export const CLASS_NULL_EXCEPTION: i32 = 10;
export const CLASS_OUT_OF_INDEX_EXCEPTION: i32 = 11;
export const CLASS_ARITHMETIC_EXCEPTION: i32 = 12;
export const CLASS_CLASS_CAST_EXCEPTION: i32 = 13;
export const CLASS_NO_SUCH_METHOD_EXCEPTION: i32 = 14;
export const CLASS_IO_EXCEPTION: i32 = 15;
export const CLASS_KEY_NOT_FOUND_EXCEPTION: i32 = 16;
export const CLASS_TIMEOUT_EXCEPTION: i32 = 17;
export const CLASS_STACK_OVERFLOW_EXCEPTION: i32 = 18;
export const CLASS_INTERRUPTED_EXCEPTION: i32 = 19;
export const CLASS_SCRIPT_EXCEPTION: i32 = 20;
export const CLASS_SYNTAX_EXCEPTION: i32 = 21;
export const CLASS_TYPE_EXCEPTION: i32 = 22;
export const CLASS_ASSERTION_EXCEPTION: i32 = 23;
export const CLASS_ERRNO_EXCEPTION: i32 = 24;
export const CLASS_ERRNO: i32 = 25;
export const CLASS_OUTPUT_STREAM: i32 = 26;
export const CLASS_INPUT_STREAM: i32 = 27;
export const CLASS_FILE: i32 = 28;
export const CLASS_TASK: i32 = 29;
export const CLASS_KERNEL: i32 = 30;
export const CLASS_DEVICE: i32 = 31;
export const CLASS_SYSTEM: i32 = 32;
export const CLASS_MATH: i32 = 33;
export const CLASS_FUNC: i32 = 34;
export const BUILTIN_CLASSES: i32 = 35;

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
export const N_OBJECT_WAIT: i32 = 4;
export const N_OBJECT_NOTIFY: i32 = 5;
export const N_INT_TO_HEX: i32 = 6;
export const N_INT_ABS: i32 = 7;
export const N_INT_MIN: i32 = 8;
export const N_INT_MAX: i32 = 9;
export const N_INT_TO_CHAR: i32 = 10;
export const N_INT_TO_FLOAT: i32 = 11;
export const N_FLOAT_IS_NAN: i32 = 12;
export const N_FLOAT_IS_INFINITE: i32 = 13;
export const N_FLOAT_IS_FINITE: i32 = 14;
export const N_FLOAT_TO_INT: i32 = 15;
export const N_FLOAT_ABS: i32 = 16;
export const N_FLOAT_MIN: i32 = 17;
export const N_FLOAT_MAX: i32 = 18;
export const N_FLOAT_FLOOR: i32 = 19;
export const N_FLOAT_CEIL: i32 = 20;
export const N_FLOAT_ROUND: i32 = 21;
export const N_FLOAT_TO_FIXED: i32 = 22;
export const N_FLOAT_TO_BITS: i32 = 23;
export const N_FLOAT_FROM_BITS: i32 = 24;
export const N_STRING_SIZE: i32 = 25;
export const N_STRING_GET: i32 = 26;
export const N_STRING_CODE_AT: i32 = 27;
export const N_STRING_CODES: i32 = 28;
export const N_STRING_BYTE_SIZE: i32 = 29;
export const N_STRING_INDEX_OF: i32 = 30;
export const N_STRING_LAST_INDEX_OF: i32 = 31;
export const N_STRING_STARTS_WITH: i32 = 32;
export const N_STRING_ENDS_WITH: i32 = 33;
export const N_STRING_CONTAINS: i32 = 34;
export const N_STRING_IS_EMPTY: i32 = 35;
export const N_STRING_TRIM: i32 = 36;
export const N_STRING_SUBSTRING: i32 = 37;
export const N_STRING_SPLIT: i32 = 38;
export const N_STRING_REPLACE: i32 = 39;
export const N_STRING_UPPER: i32 = 40;
export const N_STRING_LOWER: i32 = 41;
export const N_STRING_REPEAT: i32 = 42;
export const N_STRING_REVERSE: i32 = 43;
export const N_STRING_TO_INT: i32 = 44;
export const N_STRING_TO_FLOAT: i32 = 45;
export const N_STRING_COMPARE_TO: i32 = 46;
export const N_ARRAY_SIZE: i32 = 47;
export const N_ARRAY_IS_EMPTY: i32 = 48;
export const N_ARRAY_ADD: i32 = 49;
export const N_ARRAY_INSERT: i32 = 50;
export const N_ARRAY_GET: i32 = 51;
export const N_ARRAY_SET: i32 = 52;
export const N_ARRAY_REMOVE: i32 = 53;
export const N_ARRAY_POP: i32 = 54;
export const N_ARRAY_CLEAR: i32 = 55;
export const N_ARRAY_INDEX_OF: i32 = 56;
export const N_ARRAY_CONTAINS: i32 = 57;
export const N_ARRAY_REVERSE: i32 = 58;
export const N_ARRAY_SORT: i32 = 59;
export const N_ARRAY_SLICE: i32 = 60;
export const N_ARRAY_JOIN: i32 = 61;
export const N_EXCEPTION_NEW: i32 = 62;
export const N_EXCEPTION_GET_STACK: i32 = 63;
export const N_ERRNO_EXCEPTION_NEW: i32 = 64;
export const N_OUTPUT_STREAM_PRINT: i32 = 65;
export const N_OUTPUT_STREAM_PRINTLN: i32 = 66;
export const N_OUTPUT_STREAM_WRITE: i32 = 67;
export const N_OUTPUT_STREAM_WRITE_BYTE: i32 = 68;
export const N_OUTPUT_STREAM_PRINT_INT: i32 = 69;
export const N_OUTPUT_STREAM_FLUSH: i32 = 70;
export const N_INPUT_STREAM_READ: i32 = 71;
export const N_INPUT_STREAM_READ_LINE: i32 = 72;
export const N_INPUT_STREAM_READ_ALL: i32 = 73;
export const N_INPUT_STREAM_AVAILABLE: i32 = 74;
export const N_INPUT_STREAM_CLOSE: i32 = 75;
export const N_FILE_IS_READABLE: i32 = 76;
export const N_FILE_IS_WRITABLE: i32 = 77;
export const N_TASK_CURRENT: i32 = 78;
export const N_KERNEL_LOG: i32 = 79;
export const N_KERNEL_TIME: i32 = 80;
export const N_KERNEL_VERSION: i32 = 81;
export const N_DEVICE_NEW: i32 = 82;
export const N_DEVICE_REGISTER: i32 = 83;
export const N_DEVICE_UNREGISTER: i32 = 84;
export const N_SYSTEM_TIME: i32 = 85;
export const N_SYSTEM_NANO_TIME: i32 = 86;
export const N_SYSTEM_PRINT: i32 = 87;
export const N_SYSTEM_EVAL: i32 = 88;
export const N_SYSTEM_GC: i32 = 89;
export const N_MATH_ABS: i32 = 90;
export const N_MATH_ABS_FLOAT: i32 = 91;
export const N_MATH_MIN: i32 = 92;
export const N_MATH_MIN_FLOAT: i32 = 93;
export const N_MATH_MAX: i32 = 94;
export const N_MATH_MAX_FLOAT: i32 = 95;
export const N_MATH_POW: i32 = 96;
export const N_MATH_POW_FLOAT: i32 = 97;
export const N_MATH_SQRT: i32 = 98;
export const N_MATH_SQRT_FLOAT: i32 = 99;
export const N_MATH_MULDIV: i32 = 100;
export const N_MATH_SIN: i32 = 101;
export const N_MATH_COS: i32 = 102;
export const N_MATH_TAN: i32 = 103;
export const N_MATH_ASIN: i32 = 104;
export const N_MATH_ACOS: i32 = 105;
export const N_MATH_ATAN: i32 = 106;
export const N_MATH_ATAN2: i32 = 107;
export const N_MATH_EXP: i32 = 108;
export const N_MATH_LOG: i32 = 109;
export const N_MATH_LOG10: i32 = 110;
export const N_MATH_CBRT: i32 = 111;
export const N_MATH_HYPOT: i32 = 112;
export const N_MATH_FLOOR: i32 = 113;
export const N_MATH_CEIL: i32 = 114;
export const N_MATH_ROUND: i32 = 115;
export const N_MATH_RANDOM: i32 = 116;
/** R[A] := `IN` */
export const N_STREAM_IN: i32 = 117;
/** R[A] := `OUT` */
export const N_STREAM_OUT: i32 = 118;
/** R[A] := `ERR` */
export const N_STREAM_ERR: i32 = 119;
/** R[A] := `String[]` of the script's arguments */
export const N_MAIN_ARGS: i32 = 120;
/** R[A] := `String[]` of the characters of R[A+2], for foreach over a string */
export const N_STRING_EACH: i32 = 121;
/** R[A] := text of the int R[A+2] as the directive R[A+3] says (`engine/bytecode/format-directives.ts`) */
export const N_FORMAT_INT: i32 = 122;
/** R[A] := text of the float R[A+2] as the directive R[A+3] says */
export const N_FORMAT_FLOAT: i32 = 123;
/** R[A] := the String R[A+2] as the directive R[A+3] says */
export const N_FORMAT_TEXT: i32 = 124;
/** R[A] := the format R[A+2] with the elements of the array R[A+3]: boxes, Strings, null. Throws `Script!!` */
export const N_FORMAT_VALUES: i32 = 125;
/** R[A] := the time, in ns since boot, that is R[A+2] ms from now */
export const N_WAIT_UNTIL: i32 = 126;
export const BUILTIN_CONSTANTS: i32 = 73;
export const BUILTIN_METHODS: i32 = 117;
export const NATIVES: i32 = 127;
/** Virtual-table slots that `Object` brings. */
export const OBJECT_VSLOTS: i32 = 3;

const classTable: usize = memory.data<i32>([6, -1, 0, 0, 6, 0, 0, 1, 1539, 0, 0, 6, 6, 0, 0, 0, 2311, 0, 0, 0, 0, 0, 0, 0, 4101, 0, 0, 12, 13, 0, 0, 4, 5382, 0, 0, 25, 22, 0, 0, 0, 6917, 0, 0, 47, 15, 0, 0, 0, 8201, 0, 3, 62, 2, 0, 3, 1, 10510, 6, 3, 0, 0, 0, 0, 1, 14100, 7, 3, 0, 0, 0, 0, 1, 19217, 6, 3, 0, 0, 0, 0, 1, 23565, 6, 3, 0, 0, 0, 0, 1, 26899, 6, 3, 0, 0, 0, 0, 1, 31763, 6, 3, 0, 0, 0, 0, 1, 36626, 6, 3, 0, 0, 0, 0, 1, 41237, 6, 3, 0, 0, 0, 0, 1, 46603, 6, 3, 0, 0, 0, 0, 1, 49428, 6, 3, 0, 0, 0, 0, 1, 54544, 6, 3, 0, 0, 0, 0, 1, 58646, 6, 3, 0, 0, 0, 0, 1, 64276, 6, 3, 0, 0, 0, 0, 1, 69391, 6, 3, 0, 0, 0, 0, 1, 73231, 20, 3, 0, 0, 0, 0, 1, 77069, 20, 3, 0, 0, 0, 0, 1, 80402, 20, 3, 0, 0, 0, 0, 1, 85006, 6, 4, 64, 1, 3, 1, 1, 88581, 0, 0, 0, 0, 0, 0, 0, 89868, 0, 3, 65, 6, 4, 3, 0, 92939, 0, 4, 71, 5, 7, 4, 0, 95748, 0, 6, 76, 2, 11, 6, 2, 96772, 0, 5, 78, 1, 17, 5, 0, 97798, 0, 0, 79, 3, 0, 0, 2, 99334, 0, 1, 82, 3, 22, 1, 3, 100870, 0, 0, 85, 5, 0, 0, 0, 102404, 0, 0, 90, 27, 0, 0, 0, 103428, 0, 0, 0, 0, 0, 0, 0]);
const methodTable: usize = memory.data<i32>([104456, 0, 4, 0, 0, 258, 107782, 0, 2, 0, 1, 258, 109320, 0, 1, 1, 0, 258, 111372, 0, 4, 1, 0, 256, 119812, 0, 65535, 1, 2, 260, 120838, 0, 65535, 3, 0, 256, 122373, 1, 4, 3, 0, 0, 123651, 1, 1, 3, 0, 0, 124419, 1, 1, 3, 1, 0, 125187, 1, 1, 4, 1, 0, 125958, 1, 4, 5, 0, 0, 127495, 1, 3, 5, 0, 8, 129285, 3, 2, 5, 0, 8, 130570, 3, 2, 5, 0, 8, 133128, 3, 2, 5, 0, 8, 135173, 3, 1, 5, 0, 8, 123651, 3, 3, 5, 0, 8, 124419, 3, 3, 5, 1, 8, 125187, 3, 3, 6, 1, 8, 136453, 3, 3, 7, 0, 8, 137732, 3, 3, 7, 0, 8, 138757, 3, 1, 7, 0, 8, 142087, 3, 4, 7, 1, 8, 143878, 3, 1, 8, 0, 8, 146440, 3, 3, 8, 1, 9, 148484, 4, 1, 9, 0, 256, 150787, 4, 4, 9, 1, 256, 151558, 4, 1, 10, 1, 256, 153093, 4, 65537, 11, 0, 256, 154376, 4, 1, 11, 0, 256, 158471, 4, 1, 11, 2, 768, 160267, 4, 1, 13, 1, 768, 163082, 4, 2, 14, 1, 768, 165640, 4, 2, 15, 1, 768, 167688, 4, 2, 16, 1, 768, 169735, 4, 2, 17, 0, 256, 171524, 4, 4, 17, 0, 256, 173065, 4, 4, 17, 2, 256, 177669, 4, 65540, 19, 1, 768, 180743, 4, 4, 20, 2, 1792, 182533, 4, 4, 22, 0, 256, 183813, 4, 4, 22, 0, 256, 186374, 4, 4, 22, 1, 256, 187911, 4, 4, 23, 0, 256, 135173, 4, 1, 23, 0, 256, 127495, 4, 3, 23, 0, 264, 189705, 4, 1, 23, 1, 768, 148484, 5, 1, 24, 0, 256, 169735, 5, 2, 24, 0, 256, 193283, 5, 65535, 24, 1, 256, 194054, 5, 65535, 25, 2, 256, 150787, 5, 65534, 27, 1, 256, 195587, 5, 65535, 28, 2, 256, 196358, 5, 65534, 30, 1, 256, 197891, 5, 65534, 31, 0, 256, 198661, 5, 65535, 31, 0, 256, 158471, 5, 1, 31, 1, 256, 167688, 5, 2, 32, 1, 256, 187911, 5, 65535, 33, 0, 256, 199940, 5, 65535, 33, 0, 256, 200965, 5, 131070, 33, 2, 256, 202244, 5, 4, 35, 1, 768, 206339, 6, 65535, 36, 2, 768, 207112, 6, 4, 38, 0, 256, 206339, 24, 65535, 38, 2, 1280, 210437, 26, 65535, 40, 1, 768, 211719, 26, 65535, 41, 1, 768, 213509, 26, 65535, 42, 1, 768, 214793, 26, 65535, 43, 1, 256, 217096, 26, 65535, 44, 1, 256, 219141, 26, 65535, 45, 0, 256, 220420, 27, 1, 45, 0, 256, 221448, 27, 1048580, 45, 0, 256, 223495, 27, 4, 45, 0, 256, 225289, 27, 1, 45, 0, 256, 227589, 27, 65535, 45, 0, 256, 228874, 28, 2, 45, 0, 256, 231434, 28, 2, 45, 0, 256, 233991, 29, 29, 45, 0, 1, 235779, 30, 65535, 45, 1, 257, 236548, 30, 1, 46, 0, 1, 237575, 30, 4, 46, 0, 1, 206339, 31, 65535, 46, 1, 768, 240392, 31, 65535, 47, 0, 260, 242442, 31, 65535, 47, 0, 260, 236548, 32, 1, 47, 0, 1, 245000, 32, 1, 47, 0, 1, 210437, 32, 65535, 47, 1, 257, 247044, 32, 65533, 48, 1, 261, 248066, 32, 65535, 49, 0, 1, 123651, 33, 1, 49, 1, 1, 123651, 33, 3, 50, 1, 25, 124419, 33, 1, 51, 2, 1, 124419, 33, 3, 53, 2, 25, 125187, 33, 1, 55, 2, 1, 125187, 33, 3, 57, 2, 25, 252163, 33, 1, 59, 2, 1, 252163, 33, 3, 61, 2, 25, 252932, 33, 1, 63, 1, 1, 252932, 33, 3, 64, 1, 25, 254726, 33, 1, 65, 3, 1, 256259, 33, 3, 68, 1, 9, 257027, 33, 3, 69, 1, 9, 257795, 33, 3, 70, 1, 9, 258564, 33, 3, 71, 1, 9, 259588, 33, 3, 72, 1, 9, 260612, 33, 3, 73, 1, 9, 261637, 33, 3, 74, 2, 9, 262915, 33, 3, 76, 1, 9, 235779, 33, 3, 77, 1, 9, 263685, 33, 3, 78, 1, 9, 264964, 33, 3, 79, 1, 9, 265989, 33, 3, 80, 2, 9, 136453, 33, 3, 82, 1, 9, 137732, 33, 3, 83, 1, 9, 138757, 33, 1, 84, 1, 9, 267270, 33, 3, 85, 0, 9, 268808, -1, 65535, 0, 0, 1, 270857, -1, 65535, 0, 0, 1, 273161, -1, 65535, 0, 0, 1, 275464, -1, 65535, 0, 0, 1, 277514, -1, 65535, 0, 1, 257, 280073, -1, 65535, 0, 2, 1, 282379, -1, 65535, 0, 2, 9, 285194, -1, 65535, 0, 2, 769, 287756, -1, 65535, 0, 2, 769, 290825, -1, 65535, 0, 1, 1]);
const paramTable: usize = memory.data<i32>([106501, 1048576, 0, 0, 114441, 2, 0, 0, 116748, 1, 1, -1, 106501, 1, 0, 0, 106501, 1, 0, 0, 106501, 3, 0, 0, 106501, 3, 0, 0, 140040, 1, 1, 2, 145412, 1, 0, 0, 149509, 1, 0, 0, 149509, 1, 0, 0, 156420, 4, 0, 0, 157444, 1, 1, 0, 156420, 4, 0, 0, 156420, 4, 0, 0, 156420, 4, 0, 0, 156420, 4, 0, 0, 157444, 1, 0, 0, 172546, 1, 1, -1, 175369, 4, 0, 0, 178947, 4, 0, 0, 179716, 4, 0, 0, 185093, 1, 0, 0, 106501, 4, 0, 0, 192005, 65534, 0, 0, 149509, 1, 0, 0, 192005, 65534, 0, 0, 149509, 1, 0, 0, 149509, 1, 0, 0, 192005, 65534, 0, 0, 149509, 1, 0, 0, 192005, 65534, 0, 0, 192005, 65534, 0, 0, 157444, 1, 0, 0, 172546, 1, 0, 0, 175369, 4, 0, 0, 203271, 4, 2, 0, 205061, 1048582, 3, 0, 209157, 1, 0, 0, 203271, 4, 2, 0, 156420, 4, 0, 0, 156420, 4, 2, 0, 156420, 4, 0, 0, 192005, 1, 0, 0, 192005, 1, 0, 0, 156420, 4, 0, 0, 239364, 4, 2, 0, 156420, 4, 0, 0, 156420, 4, 0, 0, 248577, 1, 0, 0, 248577, 3, 0, 0, 248577, 1, 0, 0, 248833, 1, 0, 0, 248577, 3, 0, 0, 248833, 3, 0, 0, 248577, 1, 0, 0, 248833, 1, 0, 0, 248577, 3, 0, 0, 248833, 3, 0, 0, 249092, 1, 0, 0, 250120, 1, 0, 0, 249092, 3, 0, 0, 250120, 3, 0, 0, 248577, 1, 0, 0, 248577, 3, 0, 0, 253953, 1, 0, 0, 254209, 1, 0, 0, 254465, 1, 0, 0, 248577, 3, 0, 0, 248577, 3, 0, 0, 248577, 3, 0, 0, 248577, 3, 0, 0, 248577, 3, 0, 0, 248577, 3, 0, 0, 248833, 3, 0, 0, 248577, 3, 0, 0, 248577, 3, 0, 0, 248577, 3, 0, 0, 248577, 3, 0, 0, 248577, 3, 0, 0, 248577, 3, 0, 0, 248833, 3, 0, 0, 248577, 3, 0, 0, 248577, 3, 0, 0, 248577, 3, 0, 0]);
const fieldTable: usize = memory.data<i32>([203271, 6, 4, 0, 0, 205061, 6, 1048582, 1, 0, 409861, 6, 1048576, 2, 1, 209157, 24, 1, 3, 0, 411138, 26, 1, 0, 1, 411654, 26, 1, 1, 1, 413190, 26, 1048576, 2, 1, 411138, 27, 1, 0, 1, 414728, 27, 1, 1, 1, 411654, 27, 1, 2, 1, 413190, 27, 1048576, 3, 1, 416770, 28, 1, 0, 0, 417284, 28, 1, 1, 0, 418309, 28, 1, 2, 0, 419590, 28, 1, 3, 0, 421128, 28, 2, 4, 0, 423173, 28, 1, 5, 0, 424451, 29, 1, 0, 0, 425220, 29, 1, 1, 0, 426243, 29, 1, 2, 0, 427011, 29, 1, 3, 0, 427780, 29, 4, 4, 0, 239364, 31, 4, 0, 0]);
const constantTable: usize = memory.data<i32>([293123, 1, 0, 293891, 1, 0, 293123, 3, 1, 293891, 3, 1, 294663, 3, 1, 296456, 3, 1, 298499, 3, 1, 299269, 25, 0, 300550, 25, 0, 302085, 25, 0, 303365, 25, 0, 304643, 25, 0, 305413, 25, 0, 306693, 25, 0, 307975, 25, 0, 309765, 25, 0, 311046, 25, 0, 312582, 25, 0, 314118, 25, 0, 315654, 25, 0, 317190, 25, 0, 318727, 25, 0, 320517, 25, 0, 321798, 25, 0, 323333, 25, 0, 324614, 25, 0, 326151, 25, 0, 327942, 25, 0, 329478, 25, 0, 331014, 25, 0, 332550, 25, 0, 334086, 25, 0, 335623, 25, 0, 337413, 25, 0, 338694, 25, 0, 340230, 25, 0, 341765, 25, 0, 343046, 25, 0, 344581, 25, 0, 345860, 25, 0, 346886, 25, 0, 348423, 25, 0, 350220, 25, 0, 353286, 25, 0, 354825, 25, 0, 357127, 25, 0, 358917, 25, 0, 360198, 25, 0, 361735, 25, 0, 363529, 25, 0, 365830, 25, 0, 367368, 25, 0, 369418, 25, 0, 371978, 25, 0, 374535, 25, 0, 376327, 25, 0, 378120, 25, 0, 380169, 25, 0, 382476, 25, 0, 385544, 25, 0, 387595, 25, 0, 390406, 25, 0, 391945, 25, 0, 394246, 28, 0, 395783, 28, 0, 397575, 28, 0, 399367, 28, 0, 401159, 28, 0, 402952, 28, 0, 405000, 28, 0, 407048, 28, 0, 409090, 33, 1, 409601, 33, 1]);
const constantValues: usize = memory.data<u64>([0x7fffffffffffffff, 0x8000000000000000, 0x7fefffffffffffff, 0x1, 0x3cb0000000000000, 0x7ff0000000000000, 0x7ff8000000000000, 0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0x8, 0x9, 0xa, 0xb, 0xc, 0xd, 0xe, 0xf, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x26, 0x27, 0x3d, 0x3e, 0x47, 0x4a, 0x4b, 0x54, 0x5a, 0x5f, 0x62, 0x69, 0x6a, 0x6b, 0x6e, 0x6f, 0x72, 0x73, 0x74, 0x7d, 0x1, 0x2, 0x4, 0x8, 0x10, 0x0, 0x1, 0x2, 0x400921fb54442d18, 0x4005bf0a8b145769]);
const nameTable: usize = memory.data<u8>([79, 98, 106, 101, 99, 116, 73, 110, 116, 66, 111, 111, 108, 101, 97, 110, 70, 108, 111, 97, 116, 83, 116, 114, 105, 110, 103, 65, 114, 114, 97, 121, 69, 120, 99, 101, 112, 116, 105, 111, 110, 70, 97, 116, 97, 108, 69, 120, 99, 101, 112, 116, 105, 111, 110, 79, 117, 116, 79, 102, 77, 101, 109, 111, 114, 121, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 101, 99, 117, 114, 105, 116, 121, 69, 120, 99, 101, 112, 116, 105, 111, 110, 78, 117, 108, 108, 69, 120, 99, 101, 112, 116, 105, 111, 110, 79, 117, 116, 79, 102, 73, 110, 100, 101, 120, 69, 120, 99, 101, 112, 116, 105, 111, 110, 65, 114, 105, 116, 104, 109, 101, 116, 105, 99, 69, 120, 99, 101, 112, 116, 105, 111, 110, 67, 108, 97, 115, 115, 67, 97, 115, 116, 69, 120, 99, 101, 112, 116, 105, 111, 110, 78, 111, 83, 117, 99, 104, 77, 101, 116, 104, 111, 100, 69, 120, 99, 101, 112, 116, 105, 111, 110, 73, 79, 69, 120, 99, 101, 112, 116, 105, 111, 110, 75, 101, 121, 78, 111, 116, 70, 111, 117, 110, 100, 69, 120, 99, 101, 112, 116, 105, 111, 110, 84, 105, 109, 101, 111, 117, 116, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 116, 97, 99, 107, 79, 118, 101, 114, 102, 108, 111, 119, 69, 120, 99, 101, 112, 116, 105, 111, 110, 73, 110, 116, 101, 114, 114, 117, 112, 116, 101, 100, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 99, 114, 105, 112, 116, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 121, 110, 116, 97, 120, 69, 120, 99, 101, 112, 116, 105, 111, 110, 84, 121, 112, 101, 69, 120, 99, 101, 112, 116, 105, 111, 110, 65, 115, 115, 101, 114, 116, 105, 111, 110, 69, 120, 99, 101, 112, 116, 105, 111, 110, 69, 114, 114, 110, 111, 69, 120, 99, 101, 112, 116, 105, 111, 110, 69, 114, 114, 110, 111, 79, 117, 116, 112, 117, 116, 83, 116, 114, 101, 97, 109, 73, 110, 112, 117, 116, 83, 116, 114, 101, 97, 109, 70, 105, 108, 101, 84, 97, 115, 107, 75, 101, 114, 110, 101, 108, 68, 101, 118, 105, 99, 101, 83, 121, 115, 116, 101, 109, 77, 97, 116, 104, 70, 117, 110, 99, 116, 111, 83, 116, 114, 105, 110, 103, 111, 116, 104, 101, 114, 101, 113, 117, 97, 108, 115, 104, 97, 115, 104, 67, 111, 100, 101, 103, 101, 116, 67, 108, 97, 115, 115, 78, 97, 109, 101, 99, 111, 110, 100, 105, 116, 105, 111, 110, 109, 105, 108, 108, 105, 115, 101, 99, 111, 110, 100, 115, 119, 97, 105, 116, 110, 111, 116, 105, 102, 121, 116, 111, 72, 101, 120, 97, 98, 115, 109, 105, 110, 109, 97, 120, 116, 111, 67, 104, 97, 114, 116, 111, 70, 108, 111, 97, 116, 105, 115, 78, 97, 78, 105, 115, 73, 110, 102, 105, 110, 105, 116, 101, 105, 115, 70, 105, 110, 105, 116, 101, 116, 111, 73, 110, 116, 102, 108, 111, 111, 114, 99, 101, 105, 108, 114, 111, 117, 110, 100, 100, 101, 99, 105, 109, 97, 108, 115, 116, 111, 70, 105, 120, 101, 100, 116, 111, 66, 105, 116, 115, 98, 105, 116, 115, 102, 114, 111, 109, 66, 105, 116, 115, 115, 105, 122, 101, 105, 110, 100, 101, 120, 103, 101, 116, 99, 111, 100, 101, 65, 116, 99, 111, 100, 101, 115, 98, 121, 116, 101, 83, 105, 122, 101, 116, 101, 120, 116, 102, 114, 111, 109, 105, 110, 100, 101, 120, 79, 102, 108, 97, 115, 116, 73, 110, 100, 101, 120, 79, 102, 115, 116, 97, 114, 116, 115, 87, 105, 116, 104, 101, 110, 100, 115, 87, 105, 116, 104, 99, 111, 110, 116, 97, 105, 110, 115, 105, 115, 69, 109, 112, 116, 121, 116, 114, 105, 109, 116, 111, 115, 117, 98, 115, 116, 114, 105, 110, 103, 115, 101, 112, 97, 114, 97, 116, 111, 114, 115, 112, 108, 105, 116, 111, 108, 100, 119, 105, 116, 104, 114, 101, 112, 108, 97, 99, 101, 117, 112, 112, 101, 114, 108, 111, 119, 101, 114, 116, 105, 109, 101, 115, 114, 101, 112, 101, 97, 116, 114, 101, 118, 101, 114, 115, 101, 99, 111, 109, 112, 97, 114, 101, 84, 111, 118, 97, 108, 117, 101, 97, 100, 100, 105, 110, 115, 101, 114, 116, 115, 101, 116, 114, 101, 109, 111, 118, 101, 112, 111, 112, 99, 108, 101, 97, 114, 115, 111, 114, 116, 115, 108, 105, 99, 101, 106, 111, 105, 110, 109, 101, 115, 115, 97, 103, 101, 99, 97, 117, 115, 101, 110, 101, 119, 103, 101, 116, 83, 116, 97, 99, 107, 101, 114, 114, 110, 111, 112, 114, 105, 110, 116, 112, 114, 105, 110, 116, 108, 110, 119, 114, 105, 116, 101, 119, 114, 105, 116, 101, 66, 121, 116, 101, 112, 114, 105, 110, 116, 73, 110, 116, 102, 108, 117, 115, 104, 114, 101, 97, 100, 114, 101, 97, 100, 76, 105, 110, 101, 114, 101, 97, 100, 65, 108, 108, 97, 118, 97, 105, 108, 97, 98, 108, 101, 99, 108, 111, 115, 101, 105, 115, 82, 101, 97, 100, 97, 98, 108, 101, 105, 115, 87, 114, 105, 116, 97, 98, 108, 101, 99, 117, 114, 114, 101, 110, 116, 108, 111, 103, 116, 105, 109, 101, 118, 101, 114, 115, 105, 111, 110, 110, 97, 109, 101, 114, 101, 103, 105, 115, 116, 101, 114, 117, 110, 114, 101, 103, 105, 115, 116, 101, 114, 110, 97, 110, 111, 84, 105, 109, 101, 101, 118, 97, 108, 103, 99, 120, 121, 98, 97, 115, 101, 101, 120, 112, 111, 110, 101, 110, 116, 112, 111, 119, 115, 113, 114, 116, 97, 98, 99, 109, 117, 108, 100, 105, 118, 115, 105, 110, 99, 111, 115, 116, 97, 110, 97, 115, 105, 110, 97, 99, 111, 115, 97, 116, 97, 110, 97, 116, 97, 110, 50, 101, 120, 112, 108, 111, 103, 49, 48, 99, 98, 114, 116, 104, 121, 112, 111, 116, 114, 97, 110, 100, 111, 109, 115, 116, 114, 101, 97, 109, 73, 110, 115, 116, 114, 101, 97, 109, 79, 117, 116, 115, 116, 114, 101, 97, 109, 69, 114, 114, 109, 97, 105, 110, 65, 114, 103, 115, 115, 116, 114, 105, 110, 103, 69, 97, 99, 104, 102, 111, 114, 109, 97, 116, 73, 110, 116, 102, 111, 114, 109, 97, 116, 70, 108, 111, 97, 116, 102, 111, 114, 109, 97, 116, 84, 101, 120, 116, 102, 111, 114, 109, 97, 116, 86, 97, 108, 117, 101, 115, 119, 97, 105, 116, 85, 110, 116, 105, 108, 77, 65, 88, 77, 73, 78, 69, 80, 83, 73, 76, 79, 78, 73, 78, 70, 73, 78, 73, 84, 89, 78, 65, 78, 69, 80, 69, 82, 77, 69, 78, 79, 69, 78, 84, 69, 83, 82, 67, 72, 69, 73, 78, 84, 82, 69, 73, 79, 69, 78, 88, 73, 79, 69, 50, 66, 73, 71, 69, 78, 79, 69, 88, 69, 67, 69, 66, 65, 68, 70, 69, 67, 72, 73, 76, 68, 69, 65, 71, 65, 73, 78, 69, 78, 79, 77, 69, 77, 69, 65, 67, 67, 69, 83, 69, 70, 65, 85, 76, 84, 69, 78, 79, 84, 66, 76, 75, 69, 66, 85, 83, 89, 69, 69, 88, 73, 83, 84, 69, 88, 68, 69, 86, 69, 78, 79, 68, 69, 86, 69, 78, 79, 84, 68, 73, 82, 69, 73, 83, 68, 73, 82, 69, 73, 78, 86, 65, 76, 69, 78, 70, 73, 76, 69, 69, 77, 70, 73, 76, 69, 69, 78, 79, 84, 84, 89, 69, 84, 88, 84, 66, 83, 89, 69, 70, 66, 73, 71, 69, 78, 79, 83, 80, 67, 69, 83, 80, 73, 80, 69, 69, 82, 79, 70, 83, 69, 77, 76, 73, 78, 75, 69, 80, 73, 80, 69, 69, 68, 79, 77, 69, 82, 65, 78, 71, 69, 69, 68, 69, 65, 68, 76, 75, 69, 78, 65, 77, 69, 84, 79, 79, 76, 79, 78, 71, 69, 78, 79, 83, 89, 83, 69, 78, 79, 84, 69, 77, 80, 84, 89, 69, 78, 79, 68, 65, 84, 65, 69, 84, 73, 77, 69, 69, 80, 82, 79, 84, 79, 69, 66, 65, 68, 77, 83, 71, 69, 79, 86, 69, 82, 70, 76, 79, 87, 69, 73, 76, 83, 69, 81, 69, 77, 83, 71, 83, 73, 90, 69, 69, 79, 80, 78, 79, 84, 83, 85, 80, 80, 69, 65, 68, 68, 82, 73, 78, 85, 83, 69, 69, 78, 79, 66, 85, 70, 83, 69, 73, 83, 67, 79, 78, 78, 69, 78, 79, 84, 67, 79, 78, 78, 69, 84, 73, 77, 69, 68, 79, 85, 84, 69, 67, 79, 78, 78, 82, 69, 70, 85, 83, 69, 68, 69, 65, 76, 82, 69, 65, 68, 89, 69, 73, 78, 80, 82, 79, 71, 82, 69, 83, 83, 69, 83, 84, 65, 76, 69, 69, 67, 65, 78, 67, 69, 76, 69, 68, 80, 79, 76, 76, 73, 78, 80, 79, 76, 76, 80, 82, 73, 80, 79, 76, 76, 79, 85, 84, 80, 79, 76, 76, 69, 82, 82, 80, 79, 76, 76, 72, 85, 80, 83, 69, 69, 75, 95, 83, 69, 84, 83, 69, 69, 75, 95, 67, 85, 82, 83, 69, 69, 75, 95, 69, 78, 68, 80, 73, 69, 116, 114, 97, 99, 101, 102, 100, 108, 101, 110, 103, 116, 104, 98, 117, 102, 102, 101, 114, 112, 111, 115, 105, 116, 105, 111, 110, 105, 100, 109, 111, 100, 101, 102, 108, 97, 103, 115, 111, 102, 102, 115, 101, 116, 110, 111, 110, 98, 108, 111, 99, 107, 99, 111, 117, 110, 116, 112, 105, 100, 116, 103, 105, 100, 117, 105, 100, 103, 105, 100, 99, 111, 109, 109]);

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
