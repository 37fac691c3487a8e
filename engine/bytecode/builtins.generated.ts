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
export const CLASS_OUTPUT_STREAM: i32 = 25;
export const CLASS_INPUT_STREAM: i32 = 26;
export const CLASS_FILE: i32 = 27;
export const CLASS_TASK: i32 = 28;
export const CLASS_KERNEL: i32 = 29;
export const CLASS_DEVICE: i32 = 30;
export const CLASS_SYSTEM: i32 = 31;
export const CLASS_MATH: i32 = 32;
export const CLASS_FUNC: i32 = 33;
export const BUILTIN_CLASSES: i32 = 34;

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
export const BUILTIN_CONSTANTS: i32 = 17;
export const BUILTIN_METHODS: i32 = 117;
export const NATIVES: i32 = 127;
/** Virtual-table slots that `Object` brings. */
export const OBJECT_VSLOTS: i32 = 3;

const classTable: usize = memory.data<i32>([6, -1, 0, 0, 6, 0, 0, 1, 1539, 0, 0, 6, 6, 0, 0, 0, 2311, 0, 0, 0, 0, 0, 0, 0, 4101, 0, 0, 12, 13, 0, 0, 4, 5382, 0, 0, 25, 22, 0, 0, 0, 6917, 0, 0, 47, 15, 0, 0, 0, 8201, 0, 3, 62, 2, 0, 3, 1, 10510, 6, 3, 0, 0, 0, 0, 1, 14100, 7, 3, 0, 0, 0, 0, 1, 19217, 6, 3, 0, 0, 0, 0, 1, 23565, 6, 3, 0, 0, 0, 0, 1, 26899, 6, 3, 0, 0, 0, 0, 1, 31763, 6, 3, 0, 0, 0, 0, 1, 36626, 6, 3, 0, 0, 0, 0, 1, 41237, 6, 3, 0, 0, 0, 0, 1, 46603, 6, 3, 0, 0, 0, 0, 1, 49428, 6, 3, 0, 0, 0, 0, 1, 54544, 6, 3, 0, 0, 0, 0, 1, 58646, 6, 3, 0, 0, 0, 0, 1, 64276, 6, 3, 0, 0, 0, 0, 1, 69391, 6, 3, 0, 0, 0, 0, 1, 73231, 20, 3, 0, 0, 0, 0, 1, 77069, 20, 3, 0, 0, 0, 0, 1, 80402, 20, 3, 0, 0, 0, 0, 1, 85006, 6, 4, 64, 1, 3, 1, 1, 88588, 0, 3, 65, 6, 4, 3, 0, 91659, 0, 4, 71, 5, 7, 4, 0, 94468, 0, 6, 76, 2, 11, 6, 2, 95492, 0, 5, 78, 1, 17, 5, 0, 96518, 0, 0, 79, 3, 0, 0, 2, 98054, 0, 1, 82, 3, 22, 1, 3, 99590, 0, 0, 85, 5, 0, 0, 0, 101124, 0, 0, 90, 27, 0, 0, 0, 102148, 0, 0, 0, 0, 0, 0, 0]);
const methodTable: usize = memory.data<i32>([103176, 0, 4, 0, 0, 258, 106502, 0, 2, 0, 1, 258, 108040, 0, 1, 1, 0, 258, 110092, 0, 4, 1, 0, 256, 118532, 0, 65535, 1, 2, 260, 119558, 0, 65535, 3, 0, 256, 121093, 1, 4, 3, 0, 0, 122371, 1, 1, 3, 0, 0, 123139, 1, 1, 3, 1, 0, 123907, 1, 1, 4, 1, 0, 124678, 1, 4, 5, 0, 0, 126215, 1, 3, 5, 0, 8, 128005, 3, 2, 5, 0, 8, 129290, 3, 2, 5, 0, 8, 131848, 3, 2, 5, 0, 8, 133893, 3, 1, 5, 0, 8, 122371, 3, 3, 5, 0, 8, 123139, 3, 3, 5, 1, 8, 123907, 3, 3, 6, 1, 8, 135173, 3, 3, 7, 0, 8, 136452, 3, 3, 7, 0, 8, 137477, 3, 1, 7, 0, 8, 140807, 3, 4, 7, 1, 8, 142598, 3, 1, 8, 0, 8, 145160, 3, 3, 8, 1, 9, 147204, 4, 1, 9, 0, 256, 149507, 4, 4, 9, 1, 256, 150278, 4, 1, 10, 1, 256, 151813, 4, 65537, 11, 0, 256, 153096, 4, 1, 11, 0, 256, 157191, 4, 1, 11, 2, 768, 158987, 4, 1, 13, 1, 768, 161802, 4, 2, 14, 1, 768, 164360, 4, 2, 15, 1, 768, 166408, 4, 2, 16, 1, 768, 168455, 4, 2, 17, 0, 256, 170244, 4, 4, 17, 0, 256, 171785, 4, 4, 17, 2, 256, 176389, 4, 65540, 19, 1, 768, 179463, 4, 4, 20, 2, 1792, 181253, 4, 4, 22, 0, 256, 182533, 4, 4, 22, 0, 256, 185094, 4, 4, 22, 1, 256, 186631, 4, 4, 23, 0, 256, 133893, 4, 1, 23, 0, 256, 126215, 4, 3, 23, 0, 264, 188425, 4, 1, 23, 1, 768, 147204, 5, 1, 24, 0, 256, 168455, 5, 2, 24, 0, 256, 192003, 5, 65535, 24, 1, 256, 192774, 5, 65535, 25, 2, 256, 149507, 5, 65534, 27, 1, 256, 194307, 5, 65535, 28, 2, 256, 195078, 5, 65534, 30, 1, 256, 196611, 5, 65534, 31, 0, 256, 197381, 5, 65535, 31, 0, 256, 157191, 5, 1, 31, 1, 256, 166408, 5, 2, 32, 1, 256, 186631, 5, 65535, 33, 0, 256, 198660, 5, 65535, 33, 0, 256, 199685, 5, 131070, 33, 2, 256, 200964, 5, 4, 35, 1, 768, 205059, 6, 65535, 36, 2, 768, 205832, 6, 4, 38, 0, 256, 205059, 24, 65535, 38, 2, 1280, 209157, 25, 65535, 40, 1, 768, 210439, 25, 65535, 41, 1, 768, 212229, 25, 65535, 42, 1, 768, 213513, 25, 65535, 43, 1, 256, 215816, 25, 65535, 44, 1, 256, 217861, 25, 65535, 45, 0, 256, 219140, 26, 1, 45, 0, 256, 220168, 26, 1048580, 45, 0, 256, 222215, 26, 4, 45, 0, 256, 224009, 26, 1, 45, 0, 256, 226309, 26, 65535, 45, 0, 256, 227594, 27, 2, 45, 0, 256, 230154, 27, 2, 45, 0, 256, 232711, 28, 28, 45, 0, 1, 234499, 29, 65535, 45, 1, 257, 235268, 29, 1, 46, 0, 1, 236295, 29, 4, 46, 0, 1, 205059, 30, 65535, 46, 1, 768, 239112, 30, 65535, 47, 0, 260, 241162, 30, 65535, 47, 0, 260, 235268, 31, 1, 47, 0, 1, 243720, 31, 1, 47, 0, 1, 209157, 31, 65535, 47, 1, 257, 245764, 31, 65533, 48, 1, 261, 246786, 31, 65535, 49, 0, 1, 122371, 32, 1, 49, 1, 1, 122371, 32, 3, 50, 1, 25, 123139, 32, 1, 51, 2, 1, 123139, 32, 3, 53, 2, 25, 123907, 32, 1, 55, 2, 1, 123907, 32, 3, 57, 2, 25, 250883, 32, 1, 59, 2, 1, 250883, 32, 3, 61, 2, 25, 251652, 32, 1, 63, 1, 1, 251652, 32, 3, 64, 1, 25, 253446, 32, 1, 65, 3, 1, 254979, 32, 3, 68, 1, 9, 255747, 32, 3, 69, 1, 9, 256515, 32, 3, 70, 1, 9, 257284, 32, 3, 71, 1, 9, 258308, 32, 3, 72, 1, 9, 259332, 32, 3, 73, 1, 9, 260357, 32, 3, 74, 2, 9, 261635, 32, 3, 76, 1, 9, 234499, 32, 3, 77, 1, 9, 262405, 32, 3, 78, 1, 9, 263684, 32, 3, 79, 1, 9, 264709, 32, 3, 80, 2, 9, 135173, 32, 3, 82, 1, 9, 136452, 32, 3, 83, 1, 9, 137477, 32, 1, 84, 1, 9, 265990, 32, 3, 85, 0, 9, 267528, -1, 65535, 0, 0, 1, 269577, -1, 65535, 0, 0, 1, 271881, -1, 65535, 0, 0, 1, 274184, -1, 65535, 0, 0, 1, 276234, -1, 65535, 0, 1, 257, 278793, -1, 65535, 0, 2, 1, 281099, -1, 65535, 0, 2, 9, 283914, -1, 65535, 0, 2, 769, 286476, -1, 65535, 0, 2, 769, 289545, -1, 65535, 0, 1, 1]);
const paramTable: usize = memory.data<i32>([105221, 1048576, 0, 0, 113161, 2, 0, 0, 115468, 1, 1, -1, 105221, 1, 0, 0, 105221, 1, 0, 0, 105221, 3, 0, 0, 105221, 3, 0, 0, 138760, 1, 1, 2, 144132, 1, 0, 0, 148229, 1, 0, 0, 148229, 1, 0, 0, 155140, 4, 0, 0, 156164, 1, 1, 0, 155140, 4, 0, 0, 155140, 4, 0, 0, 155140, 4, 0, 0, 155140, 4, 0, 0, 156164, 1, 0, 0, 171266, 1, 1, -1, 174089, 4, 0, 0, 177667, 4, 0, 0, 178436, 4, 0, 0, 183813, 1, 0, 0, 105221, 4, 0, 0, 190725, 65534, 0, 0, 148229, 1, 0, 0, 190725, 65534, 0, 0, 148229, 1, 0, 0, 148229, 1, 0, 0, 190725, 65534, 0, 0, 148229, 1, 0, 0, 190725, 65534, 0, 0, 190725, 65534, 0, 0, 156164, 1, 0, 0, 171266, 1, 0, 0, 174089, 4, 0, 0, 201991, 4, 2, 0, 203781, 1048582, 3, 0, 207877, 1, 0, 0, 201991, 4, 2, 0, 155140, 4, 0, 0, 155140, 4, 2, 0, 155140, 4, 0, 0, 190725, 1, 0, 0, 190725, 1, 0, 0, 155140, 4, 0, 0, 238084, 4, 2, 0, 155140, 4, 0, 0, 155140, 4, 0, 0, 247297, 1, 0, 0, 247297, 3, 0, 0, 247297, 1, 0, 0, 247553, 1, 0, 0, 247297, 3, 0, 0, 247553, 3, 0, 0, 247297, 1, 0, 0, 247553, 1, 0, 0, 247297, 3, 0, 0, 247553, 3, 0, 0, 247812, 1, 0, 0, 248840, 1, 0, 0, 247812, 3, 0, 0, 248840, 3, 0, 0, 247297, 1, 0, 0, 247297, 3, 0, 0, 252673, 1, 0, 0, 252929, 1, 0, 0, 253185, 1, 0, 0, 247297, 3, 0, 0, 247297, 3, 0, 0, 247297, 3, 0, 0, 247297, 3, 0, 0, 247297, 3, 0, 0, 247297, 3, 0, 0, 247553, 3, 0, 0, 247297, 3, 0, 0, 247297, 3, 0, 0, 247297, 3, 0, 0, 247297, 3, 0, 0, 247297, 3, 0, 0, 247297, 3, 0, 0, 247553, 3, 0, 0, 247297, 3, 0, 0, 247297, 3, 0, 0, 247297, 3, 0, 0]);
const fieldTable: usize = memory.data<i32>([201991, 6, 4, 0, 0, 203781, 6, 1048582, 1, 0, 313605, 6, 1048576, 2, 1, 207877, 24, 1, 3, 0, 314882, 25, 1, 0, 1, 315398, 25, 1, 1, 1, 316934, 25, 1048576, 2, 1, 314882, 26, 1, 0, 1, 318472, 26, 1, 1, 1, 315398, 26, 1, 2, 1, 316934, 26, 1048576, 3, 1, 320514, 27, 1, 0, 0, 321028, 27, 1, 1, 0, 322053, 27, 1, 2, 0, 323334, 27, 1, 3, 0, 324872, 27, 2, 4, 0, 326917, 27, 1, 5, 0, 328195, 28, 1, 0, 0, 328964, 28, 1, 1, 0, 329987, 28, 1, 2, 0, 330755, 28, 1, 3, 0, 331524, 28, 4, 4, 0, 238084, 30, 4, 0, 0]);
const constantTable: usize = memory.data<i32>([291843, 1, 0, 292611, 1, 0, 291843, 3, 1, 292611, 3, 1, 293383, 3, 1, 295176, 3, 1, 297219, 3, 1, 297990, 27, 0, 299527, 27, 0, 301319, 27, 0, 303111, 27, 0, 304903, 27, 0, 306696, 27, 0, 308744, 27, 0, 310792, 27, 0, 312834, 32, 1, 313345, 32, 1]);
const constantValues: usize = memory.data<u64>([0x7fffffffffffffff, 0x8000000000000000, 0x7fefffffffffffff, 0x1, 0x3cb0000000000000, 0x7ff0000000000000, 0x7ff8000000000000, 0x1, 0x2, 0x4, 0x8, 0x10, 0x0, 0x1, 0x2, 0x400921fb54442d18, 0x4005bf0a8b145769]);
const nameTable: usize = memory.data<u8>([79, 98, 106, 101, 99, 116, 73, 110, 116, 66, 111, 111, 108, 101, 97, 110, 70, 108, 111, 97, 116, 83, 116, 114, 105, 110, 103, 65, 114, 114, 97, 121, 69, 120, 99, 101, 112, 116, 105, 111, 110, 70, 97, 116, 97, 108, 69, 120, 99, 101, 112, 116, 105, 111, 110, 79, 117, 116, 79, 102, 77, 101, 109, 111, 114, 121, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 101, 99, 117, 114, 105, 116, 121, 69, 120, 99, 101, 112, 116, 105, 111, 110, 78, 117, 108, 108, 69, 120, 99, 101, 112, 116, 105, 111, 110, 79, 117, 116, 79, 102, 73, 110, 100, 101, 120, 69, 120, 99, 101, 112, 116, 105, 111, 110, 65, 114, 105, 116, 104, 109, 101, 116, 105, 99, 69, 120, 99, 101, 112, 116, 105, 111, 110, 67, 108, 97, 115, 115, 67, 97, 115, 116, 69, 120, 99, 101, 112, 116, 105, 111, 110, 78, 111, 83, 117, 99, 104, 77, 101, 116, 104, 111, 100, 69, 120, 99, 101, 112, 116, 105, 111, 110, 73, 79, 69, 120, 99, 101, 112, 116, 105, 111, 110, 75, 101, 121, 78, 111, 116, 70, 111, 117, 110, 100, 69, 120, 99, 101, 112, 116, 105, 111, 110, 84, 105, 109, 101, 111, 117, 116, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 116, 97, 99, 107, 79, 118, 101, 114, 102, 108, 111, 119, 69, 120, 99, 101, 112, 116, 105, 111, 110, 73, 110, 116, 101, 114, 114, 117, 112, 116, 101, 100, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 99, 114, 105, 112, 116, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 121, 110, 116, 97, 120, 69, 120, 99, 101, 112, 116, 105, 111, 110, 84, 121, 112, 101, 69, 120, 99, 101, 112, 116, 105, 111, 110, 65, 115, 115, 101, 114, 116, 105, 111, 110, 69, 120, 99, 101, 112, 116, 105, 111, 110, 69, 114, 114, 110, 111, 69, 120, 99, 101, 112, 116, 105, 111, 110, 79, 117, 116, 112, 117, 116, 83, 116, 114, 101, 97, 109, 73, 110, 112, 117, 116, 83, 116, 114, 101, 97, 109, 70, 105, 108, 101, 84, 97, 115, 107, 75, 101, 114, 110, 101, 108, 68, 101, 118, 105, 99, 101, 83, 121, 115, 116, 101, 109, 77, 97, 116, 104, 70, 117, 110, 99, 116, 111, 83, 116, 114, 105, 110, 103, 111, 116, 104, 101, 114, 101, 113, 117, 97, 108, 115, 104, 97, 115, 104, 67, 111, 100, 101, 103, 101, 116, 67, 108, 97, 115, 115, 78, 97, 109, 101, 99, 111, 110, 100, 105, 116, 105, 111, 110, 109, 105, 108, 108, 105, 115, 101, 99, 111, 110, 100, 115, 119, 97, 105, 116, 110, 111, 116, 105, 102, 121, 116, 111, 72, 101, 120, 97, 98, 115, 109, 105, 110, 109, 97, 120, 116, 111, 67, 104, 97, 114, 116, 111, 70, 108, 111, 97, 116, 105, 115, 78, 97, 78, 105, 115, 73, 110, 102, 105, 110, 105, 116, 101, 105, 115, 70, 105, 110, 105, 116, 101, 116, 111, 73, 110, 116, 102, 108, 111, 111, 114, 99, 101, 105, 108, 114, 111, 117, 110, 100, 100, 101, 99, 105, 109, 97, 108, 115, 116, 111, 70, 105, 120, 101, 100, 116, 111, 66, 105, 116, 115, 98, 105, 116, 115, 102, 114, 111, 109, 66, 105, 116, 115, 115, 105, 122, 101, 105, 110, 100, 101, 120, 103, 101, 116, 99, 111, 100, 101, 65, 116, 99, 111, 100, 101, 115, 98, 121, 116, 101, 83, 105, 122, 101, 116, 101, 120, 116, 102, 114, 111, 109, 105, 110, 100, 101, 120, 79, 102, 108, 97, 115, 116, 73, 110, 100, 101, 120, 79, 102, 115, 116, 97, 114, 116, 115, 87, 105, 116, 104, 101, 110, 100, 115, 87, 105, 116, 104, 99, 111, 110, 116, 97, 105, 110, 115, 105, 115, 69, 109, 112, 116, 121, 116, 114, 105, 109, 116, 111, 115, 117, 98, 115, 116, 114, 105, 110, 103, 115, 101, 112, 97, 114, 97, 116, 111, 114, 115, 112, 108, 105, 116, 111, 108, 100, 119, 105, 116, 104, 114, 101, 112, 108, 97, 99, 101, 117, 112, 112, 101, 114, 108, 111, 119, 101, 114, 116, 105, 109, 101, 115, 114, 101, 112, 101, 97, 116, 114, 101, 118, 101, 114, 115, 101, 99, 111, 109, 112, 97, 114, 101, 84, 111, 118, 97, 108, 117, 101, 97, 100, 100, 105, 110, 115, 101, 114, 116, 115, 101, 116, 114, 101, 109, 111, 118, 101, 112, 111, 112, 99, 108, 101, 97, 114, 115, 111, 114, 116, 115, 108, 105, 99, 101, 106, 111, 105, 110, 109, 101, 115, 115, 97, 103, 101, 99, 97, 117, 115, 101, 110, 101, 119, 103, 101, 116, 83, 116, 97, 99, 107, 101, 114, 114, 110, 111, 112, 114, 105, 110, 116, 112, 114, 105, 110, 116, 108, 110, 119, 114, 105, 116, 101, 119, 114, 105, 116, 101, 66, 121, 116, 101, 112, 114, 105, 110, 116, 73, 110, 116, 102, 108, 117, 115, 104, 114, 101, 97, 100, 114, 101, 97, 100, 76, 105, 110, 101, 114, 101, 97, 100, 65, 108, 108, 97, 118, 97, 105, 108, 97, 98, 108, 101, 99, 108, 111, 115, 101, 105, 115, 82, 101, 97, 100, 97, 98, 108, 101, 105, 115, 87, 114, 105, 116, 97, 98, 108, 101, 99, 117, 114, 114, 101, 110, 116, 108, 111, 103, 116, 105, 109, 101, 118, 101, 114, 115, 105, 111, 110, 110, 97, 109, 101, 114, 101, 103, 105, 115, 116, 101, 114, 117, 110, 114, 101, 103, 105, 115, 116, 101, 114, 110, 97, 110, 111, 84, 105, 109, 101, 101, 118, 97, 108, 103, 99, 120, 121, 98, 97, 115, 101, 101, 120, 112, 111, 110, 101, 110, 116, 112, 111, 119, 115, 113, 114, 116, 97, 98, 99, 109, 117, 108, 100, 105, 118, 115, 105, 110, 99, 111, 115, 116, 97, 110, 97, 115, 105, 110, 97, 99, 111, 115, 97, 116, 97, 110, 97, 116, 97, 110, 50, 101, 120, 112, 108, 111, 103, 49, 48, 99, 98, 114, 116, 104, 121, 112, 111, 116, 114, 97, 110, 100, 111, 109, 115, 116, 114, 101, 97, 109, 73, 110, 115, 116, 114, 101, 97, 109, 79, 117, 116, 115, 116, 114, 101, 97, 109, 69, 114, 114, 109, 97, 105, 110, 65, 114, 103, 115, 115, 116, 114, 105, 110, 103, 69, 97, 99, 104, 102, 111, 114, 109, 97, 116, 73, 110, 116, 102, 111, 114, 109, 97, 116, 70, 108, 111, 97, 116, 102, 111, 114, 109, 97, 116, 84, 101, 120, 116, 102, 111, 114, 109, 97, 116, 86, 97, 108, 117, 101, 115, 119, 97, 105, 116, 85, 110, 116, 105, 108, 77, 65, 88, 77, 73, 78, 69, 80, 83, 73, 76, 79, 78, 73, 78, 70, 73, 78, 73, 84, 89, 78, 65, 78, 80, 79, 76, 76, 73, 78, 80, 79, 76, 76, 80, 82, 73, 80, 79, 76, 76, 79, 85, 84, 80, 79, 76, 76, 69, 82, 82, 80, 79, 76, 76, 72, 85, 80, 83, 69, 69, 75, 95, 83, 69, 84, 83, 69, 69, 75, 95, 67, 85, 82, 83, 69, 69, 75, 95, 69, 78, 68, 80, 73, 69, 116, 114, 97, 99, 101, 102, 100, 108, 101, 110, 103, 116, 104, 98, 117, 102, 102, 101, 114, 112, 111, 115, 105, 116, 105, 111, 110, 105, 100, 109, 111, 100, 101, 102, 108, 97, 103, 115, 111, 102, 102, 115, 101, 116, 110, 111, 110, 98, 108, 111, 99, 107, 99, 111, 117, 110, 116, 112, 105, 100, 116, 103, 105, 100, 117, 105, 100, 103, 105, 100, 99, 111, 109, 109]);

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
