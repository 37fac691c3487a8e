// Generated from spec/ by spec/generate.ts; do not edit.

// Type codes: class id in the low 16 bits
export const TC_VOID: i32 = 65535;
export const TC_TYPE_VAR: i32 = 65534;
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
export const N_STRING_SIZE: i32 = 11;
export const N_STRING_GET: i32 = 12;
export const N_STRING_CODE_AT: i32 = 13;
export const N_STRING_CODES: i32 = 14;
export const N_STRING_BYTE_SIZE: i32 = 15;
export const N_STRING_INDEX_OF: i32 = 16;
export const N_STRING_LAST_INDEX_OF: i32 = 17;
export const N_STRING_STARTS_WITH: i32 = 18;
export const N_STRING_ENDS_WITH: i32 = 19;
export const N_STRING_CONTAINS: i32 = 20;
export const N_STRING_IS_EMPTY: i32 = 21;
export const N_STRING_TRIM: i32 = 22;
export const N_STRING_SUBSTRING: i32 = 23;
export const N_STRING_SPLIT: i32 = 24;
export const N_STRING_REPLACE: i32 = 25;
export const N_STRING_UPPER: i32 = 26;
export const N_STRING_LOWER: i32 = 27;
export const N_STRING_REPEAT: i32 = 28;
export const N_STRING_REVERSE: i32 = 29;
export const N_STRING_TO_INT: i32 = 30;
export const N_STRING_COMPARE_TO: i32 = 31;
export const N_ARRAY_SIZE: i32 = 32;
export const N_ARRAY_IS_EMPTY: i32 = 33;
export const N_ARRAY_ADD: i32 = 34;
export const N_ARRAY_INSERT: i32 = 35;
export const N_ARRAY_GET: i32 = 36;
export const N_ARRAY_SET: i32 = 37;
export const N_ARRAY_REMOVE: i32 = 38;
export const N_ARRAY_POP: i32 = 39;
export const N_ARRAY_CLEAR: i32 = 40;
export const N_ARRAY_INDEX_OF: i32 = 41;
export const N_ARRAY_CONTAINS: i32 = 42;
export const N_ARRAY_REVERSE: i32 = 43;
export const N_ARRAY_SORT: i32 = 44;
export const N_ARRAY_SLICE: i32 = 45;
export const N_ARRAY_JOIN: i32 = 46;
export const N_EXCEPTION_NEW: i32 = 47;
export const N_EXCEPTION_GET_STACK: i32 = 48;
export const N_ERRNO_EXCEPTION_NEW: i32 = 49;
export const N_OUTPUT_STREAM_PRINT: i32 = 50;
export const N_OUTPUT_STREAM_PRINTLN: i32 = 51;
export const N_OUTPUT_STREAM_WRITE: i32 = 52;
export const N_OUTPUT_STREAM_WRITE_BYTE: i32 = 53;
export const N_OUTPUT_STREAM_PRINT_INT: i32 = 54;
export const N_OUTPUT_STREAM_FLUSH: i32 = 55;
export const N_INPUT_STREAM_READ: i32 = 56;
export const N_INPUT_STREAM_READ_LINE: i32 = 57;
export const N_INPUT_STREAM_READ_ALL: i32 = 58;
export const N_INPUT_STREAM_AVAILABLE: i32 = 59;
export const N_INPUT_STREAM_CLOSE: i32 = 60;
export const N_FILE_IS_READABLE: i32 = 61;
export const N_FILE_IS_WRITABLE: i32 = 62;
export const N_TASK_CURRENT: i32 = 63;
export const N_KERNEL_LOG: i32 = 64;
export const N_KERNEL_TIME: i32 = 65;
export const N_KERNEL_VERSION: i32 = 66;
export const N_DEVICE_NEW: i32 = 67;
export const N_DEVICE_REGISTER: i32 = 68;
export const N_DEVICE_UNREGISTER: i32 = 69;
export const N_SYSTEM_TIME: i32 = 70;
export const N_SYSTEM_NANO_TIME: i32 = 71;
export const N_SYSTEM_PRINT: i32 = 72;
export const N_SYSTEM_EVAL: i32 = 73;
export const N_SYSTEM_GC: i32 = 74;
export const N_MATH_ABS: i32 = 75;
export const N_MATH_MIN: i32 = 76;
export const N_MATH_MAX: i32 = 77;
export const N_MATH_POW: i32 = 78;
export const N_MATH_SQRT: i32 = 79;
/** R[A] := `IN` */
export const N_STREAM_IN: i32 = 80;
/** R[A] := `OUT` */
export const N_STREAM_OUT: i32 = 81;
/** R[A] := `ERR` */
export const N_STREAM_ERR: i32 = 82;
/** R[A] := `String[]` of the script's arguments */
export const N_MAIN_ARGS: i32 = 83;
/** R[A] := `String[]` of the characters of R[A+2], for foreach over a string */
export const N_STRING_EACH: i32 = 84;
/** R[A] := text of the int R[A+2] as the directive R[A+3] says (`engine/bytecode/format-directives.ts`) */
export const N_FORMAT_INT: i32 = 85;
/** R[A] := the String R[A+2] as the directive R[A+3] says */
export const N_FORMAT_TEXT: i32 = 86;
/** R[A] := the format R[A+2] with the elements of the array R[A+3]: boxes, Strings, null. Throws `Script!!` */
export const N_FORMAT_VALUES: i32 = 87;
/** R[A] := the time, in ns since boot, that is R[A+2] ms from now */
export const N_WAIT_UNTIL: i32 = 88;
export const BUILTIN_CONSTANTS: i32 = 8;
export const BUILTIN_METHODS: i32 = 80;
export const NATIVES: i32 = 89;
/** Virtual-table slots that `Object` brings. */
export const OBJECT_VSLOTS: i32 = 3;

const classTable: usize = memory.data<i32>([6, -1, 0, 0, 6, 0, 0, 1, 1539, 0, 0, 6, 5, 0, 0, 0, 2311, 0, 0, 0, 0, 0, 0, 0, 4101, 0, 0, 0, 0, 0, 0, 4, 5382, 0, 0, 11, 21, 0, 0, 0, 6917, 0, 0, 32, 15, 0, 0, 0, 8201, 0, 3, 47, 2, 0, 3, 1, 10510, 6, 3, 0, 0, 0, 0, 1, 14100, 7, 3, 0, 0, 0, 0, 1, 19217, 6, 3, 0, 0, 0, 0, 1, 23565, 6, 3, 0, 0, 0, 0, 1, 26899, 6, 3, 0, 0, 0, 0, 1, 31763, 6, 3, 0, 0, 0, 0, 1, 36626, 6, 3, 0, 0, 0, 0, 1, 41237, 6, 3, 0, 0, 0, 0, 1, 46603, 6, 3, 0, 0, 0, 0, 1, 49428, 6, 3, 0, 0, 0, 0, 1, 54544, 6, 3, 0, 0, 0, 0, 1, 58646, 6, 3, 0, 0, 0, 0, 1, 64276, 6, 3, 0, 0, 0, 0, 1, 69391, 6, 3, 0, 0, 0, 0, 1, 73231, 20, 3, 0, 0, 0, 0, 1, 77069, 20, 3, 0, 0, 0, 0, 1, 80402, 20, 3, 0, 0, 0, 0, 1, 85006, 6, 4, 49, 1, 3, 1, 1, 88588, 0, 3, 50, 6, 4, 3, 0, 91659, 0, 4, 56, 5, 7, 4, 0, 94468, 0, 6, 61, 2, 11, 6, 2, 95492, 0, 5, 63, 1, 17, 5, 0, 96518, 0, 0, 64, 3, 0, 0, 2, 98054, 0, 1, 67, 3, 22, 1, 3, 99590, 0, 0, 70, 5, 0, 0, 0, 101124, 0, 0, 75, 5, 0, 0, 0, 102148, 0, 0, 0, 0, 0, 0, 0]);
const methodTable: usize = memory.data<i32>([103176, 0, 4, 0, 0, 258, 106502, 0, 2, 0, 1, 258, 108040, 0, 1, 1, 0, 258, 110092, 0, 4, 1, 0, 256, 118532, 0, 65535, 1, 2, 260, 119558, 0, 65535, 3, 0, 256, 121093, 1, 4, 3, 0, 0, 122371, 1, 1, 3, 0, 0, 123139, 1, 1, 3, 1, 0, 123907, 1, 1, 4, 1, 0, 124678, 1, 4, 5, 0, 0, 126212, 4, 1, 5, 0, 256, 128515, 4, 4, 5, 1, 256, 129286, 4, 1, 6, 1, 256, 130821, 4, 65537, 7, 0, 256, 132104, 4, 1, 7, 0, 256, 136199, 4, 1, 7, 2, 768, 137995, 4, 1, 9, 1, 768, 140810, 4, 2, 10, 1, 768, 143368, 4, 2, 11, 1, 768, 145416, 4, 2, 12, 1, 768, 147463, 4, 2, 13, 0, 256, 149252, 4, 4, 13, 0, 256, 150793, 4, 4, 13, 2, 256, 155397, 4, 65540, 15, 1, 768, 158471, 4, 4, 16, 2, 1792, 160261, 4, 4, 18, 0, 256, 161541, 4, 4, 18, 0, 256, 164102, 4, 4, 18, 1, 256, 165639, 4, 4, 19, 0, 256, 167429, 4, 1, 19, 0, 256, 168713, 4, 1, 19, 1, 768, 126212, 5, 1, 20, 0, 256, 147463, 5, 2, 20, 0, 256, 172291, 5, 65535, 20, 1, 256, 173062, 5, 65535, 21, 2, 256, 128515, 5, 65534, 23, 1, 256, 174595, 5, 65535, 24, 2, 256, 175366, 5, 65534, 26, 1, 256, 176899, 5, 65534, 27, 0, 256, 177669, 5, 65535, 27, 0, 256, 136199, 5, 1, 27, 1, 256, 145416, 5, 2, 28, 1, 256, 165639, 5, 65535, 29, 0, 256, 178948, 5, 65535, 29, 0, 256, 179973, 5, 131070, 29, 2, 256, 181252, 5, 4, 31, 1, 768, 185347, 6, 65535, 32, 2, 768, 186120, 6, 4, 34, 0, 256, 185347, 24, 65535, 34, 2, 1280, 189445, 25, 65535, 36, 1, 768, 190727, 25, 65535, 37, 1, 768, 192517, 25, 65535, 38, 1, 768, 193801, 25, 65535, 39, 1, 256, 196104, 25, 65535, 40, 1, 256, 198149, 25, 65535, 41, 0, 256, 199428, 26, 1, 41, 0, 256, 200456, 26, 1048580, 41, 0, 256, 202503, 26, 4, 41, 0, 256, 204297, 26, 1, 41, 0, 256, 206597, 26, 65535, 41, 0, 256, 207882, 27, 2, 41, 0, 256, 210442, 27, 2, 41, 0, 256, 212999, 28, 28, 41, 0, 1, 214787, 29, 65535, 41, 1, 257, 215556, 29, 1, 42, 0, 1, 216583, 29, 4, 42, 0, 1, 185347, 30, 65535, 42, 1, 768, 219400, 30, 65535, 43, 0, 260, 221450, 30, 65535, 43, 0, 260, 215556, 31, 1, 43, 0, 1, 224008, 31, 1, 43, 0, 1, 189445, 31, 65535, 43, 1, 257, 226052, 31, 1048576, 44, 1, 261, 227074, 31, 65535, 45, 0, 1, 122371, 32, 1, 45, 1, 1, 123139, 32, 1, 46, 2, 1, 123907, 32, 1, 48, 2, 1, 231171, 32, 1, 50, 2, 1, 231940, 32, 1, 52, 1, 1, 232968, -1, 65535, 0, 0, 1, 235017, -1, 65535, 0, 0, 1, 237321, -1, 65535, 0, 0, 1, 239624, -1, 65535, 0, 0, 1, 241674, -1, 65535, 0, 1, 257, 244233, -1, 65535, 0, 2, 1, 246538, -1, 65535, 0, 2, 769, 249100, -1, 65535, 0, 2, 769, 252169, -1, 65535, 0, 1, 1]);
const paramTable: usize = memory.data<i32>([105221, 1048576, 0, 0, 113161, 2, 0, 0, 115468, 1, 1, -1, 105221, 1, 0, 0, 105221, 1, 0, 0, 127237, 1, 0, 0, 127237, 1, 0, 0, 134148, 4, 0, 0, 135172, 1, 1, 0, 134148, 4, 0, 0, 134148, 4, 0, 0, 134148, 4, 0, 0, 134148, 4, 0, 0, 135172, 1, 0, 0, 150274, 1, 1, -1, 153097, 4, 0, 0, 156675, 4, 0, 0, 157444, 4, 0, 0, 162821, 1, 0, 0, 105221, 4, 0, 0, 171013, 65534, 0, 0, 127237, 1, 0, 0, 171013, 65534, 0, 0, 127237, 1, 0, 0, 127237, 1, 0, 0, 171013, 65534, 0, 0, 127237, 1, 0, 0, 171013, 65534, 0, 0, 171013, 65534, 0, 0, 135172, 1, 0, 0, 150274, 1, 0, 0, 153097, 4, 0, 0, 182279, 4, 2, 0, 184069, 1048582, 3, 0, 188165, 1, 0, 0, 182279, 4, 2, 0, 134148, 4, 0, 0, 134148, 4, 2, 0, 134148, 4, 0, 0, 171013, 1, 0, 0, 171013, 1, 0, 0, 134148, 4, 0, 0, 218372, 4, 2, 0, 134148, 4, 0, 0, 134148, 4, 0, 0, 227585, 1, 0, 0, 227585, 1, 0, 0, 227841, 1, 0, 0, 227585, 1, 0, 0, 227841, 1, 0, 0, 228100, 1, 0, 0, 229128, 1, 0, 0, 227585, 1, 0, 0]);
const fieldTable: usize = memory.data<i32>([182279, 6, 4, 0, 0, 184069, 6, 1048582, 1, 0, 269317, 6, 1048576, 2, 1, 188165, 24, 1, 3, 0, 270594, 25, 1, 0, 1, 271110, 25, 1, 1, 1, 272646, 25, 1048576, 2, 1, 270594, 26, 1, 0, 1, 274184, 26, 1, 1, 1, 271110, 26, 1, 2, 1, 272646, 26, 1048576, 3, 1, 276226, 27, 1, 0, 0, 276740, 27, 1, 1, 0, 277765, 27, 1, 2, 0, 279046, 27, 1, 3, 0, 280584, 27, 2, 4, 0, 282629, 27, 1, 5, 0, 283907, 28, 1, 0, 0, 284676, 28, 1, 1, 0, 285699, 28, 1, 2, 0, 286467, 28, 1, 3, 0, 287236, 28, 4, 4, 0, 218372, 30, 4, 0, 0]);
const constantTable: usize = memory.data<i32>([254470, 27, 1, 256007, 27, 2, 257799, 27, 4, 259591, 27, 8, 261383, 27, 16, 263176, 27, 0, 265224, 27, 1, 267272, 27, 2]);
const nameTable: usize = memory.data<u8>([79, 98, 106, 101, 99, 116, 73, 110, 116, 66, 111, 111, 108, 101, 97, 110, 70, 108, 111, 97, 116, 83, 116, 114, 105, 110, 103, 65, 114, 114, 97, 121, 69, 120, 99, 101, 112, 116, 105, 111, 110, 70, 97, 116, 97, 108, 69, 120, 99, 101, 112, 116, 105, 111, 110, 79, 117, 116, 79, 102, 77, 101, 109, 111, 114, 121, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 101, 99, 117, 114, 105, 116, 121, 69, 120, 99, 101, 112, 116, 105, 111, 110, 78, 117, 108, 108, 69, 120, 99, 101, 112, 116, 105, 111, 110, 79, 117, 116, 79, 102, 73, 110, 100, 101, 120, 69, 120, 99, 101, 112, 116, 105, 111, 110, 65, 114, 105, 116, 104, 109, 101, 116, 105, 99, 69, 120, 99, 101, 112, 116, 105, 111, 110, 67, 108, 97, 115, 115, 67, 97, 115, 116, 69, 120, 99, 101, 112, 116, 105, 111, 110, 78, 111, 83, 117, 99, 104, 77, 101, 116, 104, 111, 100, 69, 120, 99, 101, 112, 116, 105, 111, 110, 73, 79, 69, 120, 99, 101, 112, 116, 105, 111, 110, 75, 101, 121, 78, 111, 116, 70, 111, 117, 110, 100, 69, 120, 99, 101, 112, 116, 105, 111, 110, 84, 105, 109, 101, 111, 117, 116, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 116, 97, 99, 107, 79, 118, 101, 114, 102, 108, 111, 119, 69, 120, 99, 101, 112, 116, 105, 111, 110, 73, 110, 116, 101, 114, 114, 117, 112, 116, 101, 100, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 99, 114, 105, 112, 116, 69, 120, 99, 101, 112, 116, 105, 111, 110, 83, 121, 110, 116, 97, 120, 69, 120, 99, 101, 112, 116, 105, 111, 110, 84, 121, 112, 101, 69, 120, 99, 101, 112, 116, 105, 111, 110, 65, 115, 115, 101, 114, 116, 105, 111, 110, 69, 120, 99, 101, 112, 116, 105, 111, 110, 69, 114, 114, 110, 111, 69, 120, 99, 101, 112, 116, 105, 111, 110, 79, 117, 116, 112, 117, 116, 83, 116, 114, 101, 97, 109, 73, 110, 112, 117, 116, 83, 116, 114, 101, 97, 109, 70, 105, 108, 101, 84, 97, 115, 107, 75, 101, 114, 110, 101, 108, 68, 101, 118, 105, 99, 101, 83, 121, 115, 116, 101, 109, 77, 97, 116, 104, 70, 117, 110, 99, 116, 111, 83, 116, 114, 105, 110, 103, 111, 116, 104, 101, 114, 101, 113, 117, 97, 108, 115, 104, 97, 115, 104, 67, 111, 100, 101, 103, 101, 116, 67, 108, 97, 115, 115, 78, 97, 109, 101, 99, 111, 110, 100, 105, 116, 105, 111, 110, 109, 105, 108, 108, 105, 115, 101, 99, 111, 110, 100, 115, 119, 97, 105, 116, 110, 111, 116, 105, 102, 121, 116, 111, 72, 101, 120, 97, 98, 115, 109, 105, 110, 109, 97, 120, 116, 111, 67, 104, 97, 114, 115, 105, 122, 101, 105, 110, 100, 101, 120, 103, 101, 116, 99, 111, 100, 101, 65, 116, 99, 111, 100, 101, 115, 98, 121, 116, 101, 83, 105, 122, 101, 116, 101, 120, 116, 102, 114, 111, 109, 105, 110, 100, 101, 120, 79, 102, 108, 97, 115, 116, 73, 110, 100, 101, 120, 79, 102, 115, 116, 97, 114, 116, 115, 87, 105, 116, 104, 101, 110, 100, 115, 87, 105, 116, 104, 99, 111, 110, 116, 97, 105, 110, 115, 105, 115, 69, 109, 112, 116, 121, 116, 114, 105, 109, 116, 111, 115, 117, 98, 115, 116, 114, 105, 110, 103, 115, 101, 112, 97, 114, 97, 116, 111, 114, 115, 112, 108, 105, 116, 111, 108, 100, 119, 105, 116, 104, 114, 101, 112, 108, 97, 99, 101, 117, 112, 112, 101, 114, 108, 111, 119, 101, 114, 116, 105, 109, 101, 115, 114, 101, 112, 101, 97, 116, 114, 101, 118, 101, 114, 115, 101, 116, 111, 73, 110, 116, 99, 111, 109, 112, 97, 114, 101, 84, 111, 118, 97, 108, 117, 101, 97, 100, 100, 105, 110, 115, 101, 114, 116, 115, 101, 116, 114, 101, 109, 111, 118, 101, 112, 111, 112, 99, 108, 101, 97, 114, 115, 111, 114, 116, 115, 108, 105, 99, 101, 106, 111, 105, 110, 109, 101, 115, 115, 97, 103, 101, 99, 97, 117, 115, 101, 110, 101, 119, 103, 101, 116, 83, 116, 97, 99, 107, 101, 114, 114, 110, 111, 112, 114, 105, 110, 116, 112, 114, 105, 110, 116, 108, 110, 119, 114, 105, 116, 101, 119, 114, 105, 116, 101, 66, 121, 116, 101, 112, 114, 105, 110, 116, 73, 110, 116, 102, 108, 117, 115, 104, 114, 101, 97, 100, 114, 101, 97, 100, 76, 105, 110, 101, 114, 101, 97, 100, 65, 108, 108, 97, 118, 97, 105, 108, 97, 98, 108, 101, 99, 108, 111, 115, 101, 105, 115, 82, 101, 97, 100, 97, 98, 108, 101, 105, 115, 87, 114, 105, 116, 97, 98, 108, 101, 99, 117, 114, 114, 101, 110, 116, 108, 111, 103, 116, 105, 109, 101, 118, 101, 114, 115, 105, 111, 110, 110, 97, 109, 101, 114, 101, 103, 105, 115, 116, 101, 114, 117, 110, 114, 101, 103, 105, 115, 116, 101, 114, 110, 97, 110, 111, 84, 105, 109, 101, 101, 118, 97, 108, 103, 99, 120, 121, 98, 97, 115, 101, 101, 120, 112, 111, 110, 101, 110, 116, 112, 111, 119, 115, 113, 114, 116, 115, 116, 114, 101, 97, 109, 73, 110, 115, 116, 114, 101, 97, 109, 79, 117, 116, 115, 116, 114, 101, 97, 109, 69, 114, 114, 109, 97, 105, 110, 65, 114, 103, 115, 115, 116, 114, 105, 110, 103, 69, 97, 99, 104, 102, 111, 114, 109, 97, 116, 73, 110, 116, 102, 111, 114, 109, 97, 116, 84, 101, 120, 116, 102, 111, 114, 109, 97, 116, 86, 97, 108, 117, 101, 115, 119, 97, 105, 116, 85, 110, 116, 105, 108, 80, 79, 76, 76, 73, 78, 80, 79, 76, 76, 80, 82, 73, 80, 79, 76, 76, 79, 85, 84, 80, 79, 76, 76, 69, 82, 82, 80, 79, 76, 76, 72, 85, 80, 83, 69, 69, 75, 95, 83, 69, 84, 83, 69, 69, 75, 95, 67, 85, 82, 83, 69, 69, 75, 95, 69, 78, 68, 116, 114, 97, 99, 101, 102, 100, 108, 101, 110, 103, 116, 104, 98, 117, 102, 102, 101, 114, 112, 111, 115, 105, 116, 105, 111, 110, 105, 100, 109, 111, 100, 101, 102, 108, 97, 103, 115, 111, 102, 102, 115, 101, 116, 110, 111, 110, 98, 108, 111, 99, 107, 99, 111, 117, 110, 116, 112, 105, 100, 116, 103, 105, 100, 117, 105, 100, 103, 105, 100, 99, 111, 109, 109]);

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
/** Bit 0 static, bit 1 virtual, bit 2 may sleep; bits 8 up: arguments, `this` first, that are references and not null. */
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
/** Name of an integer constant. */
export function builtinConstantName(constant: i32): i32 {
  return load<i32>(constantTable + <usize>((constant * 3 + 0) << 2));
}
/** Class id of its class. */
export function builtinConstantOwner(constant: i32): i32 {
  return load<i32>(constantTable + <usize>((constant * 3 + 1) << 2));
}
/** Its value. */
export function builtinConstantValue(constant: i32): i32 {
  return load<i32>(constantTable + <usize>((constant * 3 + 2) << 2));
}
