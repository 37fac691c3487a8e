/**
 * The built-in classes. Class ids are positions in this table (user classes follow behind the last);
 * native ids are positions in the list of all natives in table order.
 *
 * A signature is `ReturnType name(Type param, Type param = default, …)`. `T` is the element type of an array.
 * `T?` may be null. Defaults may be integer, string, boolean literals or null.
 */

/** Where a native may be called: `sleep`: sleepable contexts only; `any`: atomic contexts too. */
export type Context = 'any' | 'sleep';
/** Which homes have it. */
export type Home = 'both' | 'kernel' | 'user';

export interface MethodSpec {
  readonly sig: string;
  readonly doc: string;
  readonly static?: true;
  /** Takes a virtual-table slot: classes below may override it. Others are final. */
  readonly virtual?: true;
  readonly context?: Context;
  /** In user space only, though its class is there in both homes. */
  readonly home?: 'user';
  /** The name of its native, where another method of the class has that of `sig`. */
  readonly native?: string;
  /** Called in place of the method of its name, which is for ints, where an argument is a float or a float is wanted. */
  readonly floats?: true;
}
export interface FieldSpec {
  readonly sig: string; // `Type name`
  readonly doc: string;
  /** Not visible to scripts; the runtime's own. */
  readonly hidden?: true;
}
export interface ConstantSpec {
  readonly name: string;
  readonly value: number | bigint;
  /** A float, and so in user space only. */
  readonly float?: true;
  readonly doc: string;
}
export interface ClassSpec {
  readonly name: string;
  readonly super: string | null;
  readonly doc: string;
  /** May a script extend it? */
  readonly open?: true;
  /** May a script say `new`? Constructors are methods called `new`. */
  readonly fields?: readonly FieldSpec[];
  readonly methods?: readonly MethodSpec[];
  /** Numbers, written `Class.NAME`. */
  readonly constants?: readonly ConstantSpec[];
  readonly home?: Home;
}

/** A static method for floats that stands beside one for ints. */
const floats = (sig: string, doc: string): MethodSpec => ({
  ...real(sig, doc),
  native: `${/(\w+)\(/.exec(sig)![1]!}Float`,
  floats: true,
});
const real = (sig: string, doc: string): MethodSpec => ({ sig, doc, static: true, home: 'user' });

const exception = (name: string, above: string, doc: string): ClassSpec => ({ name, super: above, doc, open: true });

export const classes: readonly ClassSpec[] = [
  {
    name: 'Object',
    super: null,
    open: true,
    doc: 'The root of all classes.',
    methods: [
      {
        sig: 'String toString()',
        virtual: true,
        doc: 'Text of the object: strings and boxed values themselves, arrays `[a, b]` with the texts of their elements, exceptions `IO!!: message`, others their class name, unless a class says otherwise.',
      },
      {
        sig: 'boolean equals(Object? other)',
        virtual: true,
        doc: 'Same object, unless a class says otherwise; strings and boxed numbers compare by value.',
      },
      { sig: 'int hashCode()', virtual: true, doc: 'A number that equal objects share.' },
      { sig: 'String getClassName()', doc: "Name of the object's class." },
      { sig: 'Class getClass()', doc: 'Its class.' },
      {
        sig: 'void wait(boolean condition, int milliseconds = -1)',
        doc: 'Waits until `condition` holds: it is looked at first, and again after each `notify` of the object; other calls run meanwhile. With `milliseconds` the result is a boolean: `false` when that time passed first. Throws `Interrupted!!` on a signal or unload, `Errno!!` EAGAIN where the caller must not wait (`O_NONBLOCK`, `close`), `Errno!!` EDEADLK where nothing could ever notify.',
        context: 'sleep',
      },
      { sig: 'void notify()', doc: "Wakes all who wait for the object, and who poll the script's devices." },
    ],
  },
  {
    name: 'Int',
    super: 'Object',
    doc: 'A 64-bit integer, `int`; arithmetic wraps.',
    methods: [
      { sig: 'String toHex()', doc: 'Lower-case hexadecimal digits, without prefix; negative numbers as 64 bits.' },
      { sig: 'int abs()', doc: 'Absolute value; the smallest int stays itself.' },
      { sig: 'int min(int other)', doc: 'The smaller of the two.' },
      { sig: 'int max(int other)', doc: 'The larger of the two.' },
      { sig: 'String toChar()', doc: 'The character with this code point. Throws `OutOfIndex!!` if there is none.' },
      { sig: 'float toFloat()', doc: 'The nearest float.', home: 'user' },
    ],
    constants: [
      { name: 'MAX', value: 9223372036854775807n, doc: 'The largest int.' },
      { name: 'MIN', value: -9223372036854775808n, doc: 'The smallest int.' },
    ],
  },
  { name: 'Boolean', super: 'Object', doc: '`true` or `false`, `boolean`.' },
  {
    name: 'Float',
    super: 'Object',
    doc: 'A 64-bit floating-point number (IEEE 754), `float`; user space only. Its text is the shortest that reads back as the same number, with a point or an exponent.',
    home: 'user',
    constants: [
      { name: 'MAX', value: Number.MAX_VALUE, float: true, doc: 'The largest float that is not infinite.' },
      { name: 'MIN', value: Number.MIN_VALUE, float: true, doc: 'The smallest float above 0.' },
      { name: 'EPSILON', value: Number.EPSILON, float: true, doc: 'From 1.0 to the next float.' },
      { name: 'INFINITY', value: Infinity, float: true, doc: 'Larger than all others.' },
      {
        name: 'NAN',
        value: NaN,
        float: true,
        doc: 'Not a number: what 0.0 / 0.0 gives. It equals nothing, itself neither.',
      },
    ],
    methods: [
      { sig: 'boolean isNaN()', native: 'isNan', doc: 'Is it not a number?' },
      { sig: 'boolean isInfinite()', doc: 'Is it infinite, in either direction?' },
      { sig: 'boolean isFinite()', doc: 'Is it neither infinite nor NaN?' },
      {
        sig: 'int toInt()',
        doc: 'Toward zero, as `(int)x`: NaN gives 0, what is too large or too small the largest or smallest int.',
      },
      { sig: 'float abs()', doc: 'Absolute value.' },
      { sig: 'float min(float other)', doc: 'The smaller of the two; NaN if one is.' },
      { sig: 'float max(float other)', doc: 'The larger of the two; NaN if one is.' },
      { sig: 'float floor()', doc: 'The whole number at or below it.' },
      { sig: 'float ceil()', doc: 'The whole number at or above it.' },
      { sig: 'int round()', doc: 'The nearest int, halves upward; as `toInt` for NaN and what is too large.' },
      {
        sig: 'String toFixed(int decimals = 2)',
        doc: 'Text with that many decimals, halves away from zero. Throws `OutOfIndex!!` beyond 0 to 999.',
      },
      { sig: 'int toBits()', doc: 'Its 64 bits.' },
      { sig: 'float fromBits(int bits)', static: true, doc: 'The float that has these bits.' },
    ],
  },
  {
    name: 'Class',
    super: 'Object',
    doc: 'A class as a value: what `getClass()` gives, and the name of a class where a value is wanted. The same class is `==`.',
    methods: [
      { sig: 'String getName()', doc: 'Its name. Also `c.name`.' },
      { sig: 'Class? getSuperclass()', doc: 'The class above it; null for Object and interfaces.' },
      { sig: 'boolean isInstance(Object? value)', doc: 'Is the value an object of it, or of a class below it?' },
    ],
  },
  {
    name: 'String',
    super: 'Object',
    doc: 'Immutable text in UTF-8; positions count characters from 0.',
    methods: [
      { sig: 'int size()', doc: 'Number of characters.' },
      { sig: 'String get(int index)', doc: 'The character at `index` as a string. Throws `OutOfIndex!!`.' },
      { sig: 'int codeAt(int index)', doc: 'Code point of the character at `index`. Throws `OutOfIndex!!`.' },
      { sig: 'int[] codes()', doc: 'Code points of all characters.' },
      { sig: 'int byteSize()', doc: 'Bytes that the text takes in UTF-8; as many as characters if all are ASCII.' },
      {
        sig: 'int indexOf(String text, int from = 0)',
        doc: 'Position of the first `text` at or behind `from`, or -1.',
      },
      { sig: 'int lastIndexOf(String text)', doc: 'Position of the last `text`, or -1.' },
      { sig: 'boolean startsWith(String text)', doc: 'Does it begin with `text`?' },
      { sig: 'boolean endsWith(String text)', doc: 'Does it end with `text`?' },
      { sig: 'boolean contains(String text)', doc: 'Is `text` somewhere in it?' },
      { sig: 'boolean isEmpty()', doc: 'Has it no character?' },
      { sig: 'String trim()', doc: 'Without white space (of Unicode, and control characters) at both ends.' },
      {
        sig: 'String substring(int from, int to = 9223372036854775807)',
        doc: 'Characters `from` … `to` - 1; `to` may lie behind the end. Throws `OutOfIndex!!` if `from` is negative, behind the end or behind `to`.',
      },
      {
        sig: 'String[] split(String separator)',
        doc: 'The parts between separators; an empty separator gives the characters. The separator may be a `Regex` too.',
      },
      {
        sig: 'String replace(String old, String with)',
        doc: 'Every `old` replaced, left to right. An empty `old` changes nothing. It may be a `Regex` too: then `with` is as in `Regex.replace`.',
      },
      { sig: 'String upper()', doc: 'ASCII letters in upper case.' },
      { sig: 'String lower()', doc: 'ASCII letters in lower case.' },
      { sig: 'String repeat(int times)', doc: 'The text `times` times; nothing for 0 or less.' },
      { sig: 'String reverse()', doc: 'Characters in reverse order.' },
      {
        sig: 'int toInt()',
        doc: 'The decimal or 0x number it holds, white space around it allowed. Throws `Script!!` if it holds none or one that does not fit.',
      },
      {
        sig: 'float toFloat()',
        home: 'user',
        doc: 'The number it holds (`12`, `-1.5`, `1e3`, `NaN`, `Infinity`), white space around it allowed. Throws `Script!!` if it holds none.',
      },
      { sig: 'int compareTo(String other)', doc: '-1, 0 or 1: order by code point.' },
    ],
  },
  {
    name: 'Array',
    super: 'Object',
    doc: 'A growable array `T[]`, positions from 0.',
    methods: [
      { sig: 'int size()', doc: 'Number of elements.' },
      { sig: 'boolean isEmpty()', doc: 'Has it no element?' },
      { sig: 'void add(T value)', doc: 'Appends. Throws `OutOfMemory!!`.' },
      {
        sig: 'void insert(int index, T value)',
        doc: 'Puts `value` at `index`, the rest moves up. Throws `OutOfIndex!!`.',
      },
      { sig: 'T get(int index)', doc: 'The element. Throws `OutOfIndex!!`.' },
      { sig: 'void set(int index, T value)', doc: 'Replaces the element. Throws `OutOfIndex!!`.' },
      { sig: 'T remove(int index)', doc: 'Takes the element out, the rest moves down. Throws `OutOfIndex!!`.' },
      { sig: 'T pop()', doc: 'Takes the last element. Throws `OutOfIndex!!` if there is none.' },
      { sig: 'void clear()', doc: 'Removes all elements.' },
      {
        sig: 'int indexOf(T value)',
        doc: 'Position of the first equal element, or -1. Strings by text, ints by value, other objects by identity.',
      },
      { sig: 'boolean contains(T value)', doc: 'Is there an equal element?' },
      { sig: 'void reverse()', doc: 'Turns the order around, in place.' },
      {
        sig: 'void sort()',
        doc: 'Ascending and stable, in place: ints by value, strings by code point. Other elements are a compile error.',
      },
      { sig: 'T[] slice(int from, int to)', doc: 'A new array of elements `from` … `to` - 1. Throws `OutOfIndex!!`.' },
      {
        sig: 'String join(String separator)',
        doc: 'Texts of the elements with `separator` between them: strings, ints or booleans.',
      },
    ],
  },
  {
    name: 'Exception',
    super: 'Object',
    open: true,
    doc: 'What `throw` throws and `catch` catches.',
    fields: [
      { sig: 'String message', doc: 'What went wrong.' },
      { sig: 'Exception? cause', doc: 'The exception behind this one.' },
      { sig: 'Object? trace', doc: 'Frames as method and pc, innermost first.', hidden: true },
    ],
    methods: [
      { sig: 'void new(String message = "", Exception? cause = null)', doc: 'A new exception.' },
      { sig: 'String getStack()', doc: 'One line a frame: `at method (file:line)`.' },
    ],
  },
  exception('FatalException', 'Exception', 'The script can hardly go on.'),
  exception('OutOfMemoryException', 'FatalException', "The isolate's heap is used up."),
  exception('SecurityException', 'Exception', 'Not allowed; errno EPERM.'),
  exception('NullException', 'Exception', 'Something was null that must not be.'),
  exception('OutOfIndexException', 'Exception', 'A position outside of an array or string.'),
  exception('ArithmeticException', 'Exception', 'Division by zero.'),
  exception('ClassCastException', 'Exception', 'A cast to a class that the object does not have.'),
  exception('NoSuchMethodException', 'Exception', 'The object has no such method.'),
  exception('IOException', 'Exception', 'Input or output failed; errno EIO.'),
  exception('KeyNotFoundException', 'Exception', 'A map has no such key.'),
  exception('TimeoutException', 'Exception', 'The fuel of this call is used up; errno ETIMEDOUT.'),
  exception('StackOverflowException', 'Exception', 'Calls are nested too deep.'),
  exception('InterruptedException', 'Exception', 'A signal, or the script is being unloaded; errno EINTR.'),
  exception('ScriptException', 'Exception', "A fault of the script's text or data."),
  exception('SyntaxException', 'ScriptException', 'Text that is not Konoha.'),
  exception('TypeException', 'ScriptException', 'Ill-typed code was reached.'),
  exception('AssertionException', 'ScriptException', 'An `assert` did not hold.'),
  {
    name: 'ErrnoException',
    super: 'Exception',
    open: true,
    doc: 'Carries the errno that a device operation shall return.',
    fields: [{ sig: 'int errno', doc: 'Positive errno number.' }],
    methods: [
      {
        sig: 'void new(int errno, String message = "")',
        doc: 'An exception that becomes `errno`; numbers outside of 1 … 4095 become EIO.',
      },
    ],
  },
  {
    name: 'Errno',
    super: 'Object',
    doc: 'Errors as the system numbers them, for `Errno!!`: `throw new Errno!!(Errno.EINVAL, "only ring")`.',
    constants: [
      { name: 'EPERM', value: 1, doc: 'Operation not permitted.' },
      { name: 'ENOENT', value: 2, doc: 'No such file or directory.' },
      { name: 'ESRCH', value: 3, doc: 'No such process.' },
      { name: 'EINTR', value: 4, doc: 'Interrupted system call.' },
      { name: 'EIO', value: 5, doc: 'Input/output error.' },
      { name: 'ENXIO', value: 6, doc: 'No such device or address.' },
      { name: 'E2BIG', value: 7, doc: 'Argument list too long.' },
      { name: 'ENOEXEC', value: 8, doc: 'Exec format error.' },
      { name: 'EBADF', value: 9, doc: 'Bad file descriptor.' },
      { name: 'ECHILD', value: 10, doc: 'No child processes.' },
      { name: 'EAGAIN', value: 11, doc: 'Resource temporarily unavailable.' },
      { name: 'ENOMEM', value: 12, doc: 'Cannot allocate memory.' },
      { name: 'EACCES', value: 13, doc: 'Permission denied.' },
      { name: 'EFAULT', value: 14, doc: 'Bad address.' },
      { name: 'ENOTBLK', value: 15, doc: 'Block device required.' },
      { name: 'EBUSY', value: 16, doc: 'Device or resource busy.' },
      { name: 'EEXIST', value: 17, doc: 'File exists.' },
      { name: 'EXDEV', value: 18, doc: 'Invalid cross-device link.' },
      { name: 'ENODEV', value: 19, doc: 'No such device.' },
      { name: 'ENOTDIR', value: 20, doc: 'Not a directory.' },
      { name: 'EISDIR', value: 21, doc: 'Is a directory.' },
      { name: 'EINVAL', value: 22, doc: 'Invalid argument.' },
      { name: 'ENFILE', value: 23, doc: 'Too many open files in system.' },
      { name: 'EMFILE', value: 24, doc: 'Too many open files.' },
      { name: 'ENOTTY', value: 25, doc: 'Inappropriate ioctl for device.' },
      { name: 'ETXTBSY', value: 26, doc: 'Text file busy.' },
      { name: 'EFBIG', value: 27, doc: 'File too large.' },
      { name: 'ENOSPC', value: 28, doc: 'No space left on device.' },
      { name: 'ESPIPE', value: 29, doc: 'Illegal seek.' },
      { name: 'EROFS', value: 30, doc: 'Read-only file system.' },
      { name: 'EMLINK', value: 31, doc: 'Too many links.' },
      { name: 'EPIPE', value: 32, doc: 'Broken pipe.' },
      { name: 'EDOM', value: 33, doc: 'Numerical argument out of domain.' },
      { name: 'ERANGE', value: 34, doc: 'Numerical result out of range.' },
      { name: 'EDEADLK', value: 35, doc: 'Resource deadlock avoided.' },
      { name: 'ENAMETOOLONG', value: 36, doc: 'File name too long.' },
      { name: 'ENOSYS', value: 38, doc: 'Function not implemented.' },
      { name: 'ENOTEMPTY', value: 39, doc: 'Directory not empty.' },
      { name: 'ENODATA', value: 61, doc: 'No data available.' },
      { name: 'ETIME', value: 62, doc: 'Timer expired.' },
      { name: 'EPROTO', value: 71, doc: 'Protocol error.' },
      { name: 'EBADMSG', value: 74, doc: 'Bad message.' },
      { name: 'EOVERFLOW', value: 75, doc: 'Value too large for defined data type.' },
      { name: 'EILSEQ', value: 84, doc: 'Invalid or incomplete multibyte or wide character.' },
      { name: 'EMSGSIZE', value: 90, doc: 'Message too long.' },
      { name: 'EOPNOTSUPP', value: 95, doc: 'Operation not supported.' },
      { name: 'EADDRINUSE', value: 98, doc: 'Address already in use.' },
      { name: 'ENOBUFS', value: 105, doc: 'No buffer space available.' },
      { name: 'EISCONN', value: 106, doc: 'Transport endpoint is already connected.' },
      { name: 'ENOTCONN', value: 107, doc: 'Transport endpoint is not connected.' },
      { name: 'ETIMEDOUT', value: 110, doc: 'Connection timed out.' },
      { name: 'ECONNREFUSED', value: 111, doc: 'Connection refused.' },
      { name: 'EALREADY', value: 114, doc: 'Operation already in progress.' },
      { name: 'EINPROGRESS', value: 115, doc: 'Operation now in progress.' },
      { name: 'ESTALE', value: 116, doc: 'Stale file handle.' },
      { name: 'ECANCELED', value: 125, doc: 'Operation canceled.' },
    ],
  },
  {
    name: 'OutputStream',
    super: 'Object',
    doc: "Where text goes: `OUT`, `ERR`, or what a device's reader receives. `out << a << b` sends texts.",
    fields: [
      { sig: 'int fd', doc: '0: buffered for a reader; 1, 2: console.', hidden: true },
      { sig: 'int length', doc: 'Bytes in the buffer.', hidden: true },
      { sig: 'Object? buffer', doc: 'The bytes.', hidden: true },
    ],
    methods: [
      { sig: 'void print(String text)', doc: 'Sends the text. Throws `IO!!` behind 64 KiB of unread device output.' },
      { sig: 'void println(String text = "")', doc: 'Sends the text and a line end.' },
      { sig: 'void write(String text)', doc: 'Sends the text.' },
      { sig: 'void writeByte(int value)', doc: 'Sends one byte: the low 8 bits of `value`.' },
      { sig: 'void printInt(int value)', doc: 'Sends the decimal text of `value`, without making a string.' },
      {
        sig: 'void flush()',
        doc: 'Hands on an unfinished console line; whole lines, and what is left when a call ends, go by themselves.',
      },
    ],
  },
  {
    name: 'InputStream',
    super: 'Object',
    doc: "Where bytes come from: `IN`, or what a device's writer sent.",
    fields: [
      { sig: 'int fd', doc: "-1: a device's input; 0: console.", hidden: true },
      { sig: 'int position', doc: 'Bytes read.', hidden: true },
      { sig: 'int length', doc: 'Bytes there are.', hidden: true },
      { sig: 'Object? buffer', doc: 'The bytes.', hidden: true },
    ],
    methods: [
      { sig: 'int read()', doc: 'The next byte, 0 … 255, or -1 at the end.' },
      {
        sig: 'String? readLine()',
        doc: 'The next line without its end; null at the end. Bytes that are not UTF-8 become U+FFFD.',
      },
      { sig: 'String readAll()', doc: 'All that is left, as text. Bytes that are not UTF-8 become U+FFFD.' },
      { sig: 'int available()', doc: "Bytes left of a device's input. Of the console, bytes that were read ahead." },
      { sig: 'void close()', doc: 'Drops what is left.' },
    ],
  },
  {
    name: 'File',
    super: 'Object',
    doc: 'One open file description of a device.',
    home: 'kernel',
    fields: [
      { sig: 'int id', doc: 'A number of its own while it is open.' },
      { sig: 'int mode', doc: '1 readable, 2 writable, 3 both.' },
      { sig: 'int flags', doc: 'The `O_*` flags of open.' },
      { sig: 'int offset', doc: 'Position in bytes.' },
      { sig: 'boolean nonblock', doc: 'Opened with `O_NONBLOCK`?' },
      {
        sig: 'int count',
        doc: 'Bytes that this read asks for (what a handler puts out beyond them is kept for the next read of the same file), or that this write brings.',
      },
    ],
    constants: [
      { name: 'POLLIN', value: 1, doc: 'Poll: reading would not block.' },
      { name: 'POLLPRI', value: 2, doc: 'Poll: something urgent can be read.' },
      { name: 'POLLOUT', value: 4, doc: 'Poll: writing would not block.' },
      { name: 'POLLERR', value: 8, doc: 'Poll: an error.' },
      { name: 'POLLHUP', value: 16, doc: 'Poll: the other end is gone.' },
      { name: 'SEEK_SET', value: 0, doc: 'Seek: from the beginning.' },
      { name: 'SEEK_CUR', value: 1, doc: 'Seek: from the position of the file.' },
      { name: 'SEEK_END', value: 2, doc: 'Seek: from the end.' },
    ],
    methods: [
      { sig: 'boolean isReadable()', doc: 'Opened for reading?' },
      { sig: 'boolean isWritable()', doc: 'Opened for writing?' },
    ],
  },
  {
    name: 'Task',
    super: 'Object',
    doc: 'A task (thread) of the system.',
    fields: [
      { sig: 'int pid', doc: 'Thread id.' },
      { sig: 'int tgid', doc: 'Process id.' },
      { sig: 'int uid', doc: 'User id.' },
      { sig: 'int gid', doc: 'Group id.' },
      { sig: 'String comm', doc: 'Name, at most 15 bytes.' },
    ],
    methods: [{ sig: 'Task current()', static: true, doc: 'The task that calls: who opened, read or wrote.' }],
  },
  {
    name: 'Kernel',
    super: 'Object',
    doc: "The machine's kernel.",
    home: 'kernel',
    methods: [
      {
        sig: 'void log(String text)',
        static: true,
        doc: "One line of the kernel log and of the script's log, marked with the script's name; rate-limited.",
      },
      { sig: 'int time()', static: true, doc: 'Nanoseconds since boot.' },
      { sig: 'String version()', static: true, doc: 'Release, as `uname -r` prints it.' },
    ],
  },
  {
    name: 'Device',
    super: 'Object',
    open: true,
    home: 'kernel',
    doc: 'A character device. Define `open`, `read`, `write`, `close`, `poll`, `seek` on it, or extend it and `register()` an object. What `open` returns is the state of that open file: `class Hello extends Device<Session>`.',
    fields: [{ sig: 'String name', doc: 'Its name under `/dev`; empty until the kernel chose one.' }],
    methods: [
      { sig: 'void new(String name = "")', doc: 'A device of that name; empty: `konoha<N>`.' },
      {
        sig: 'void register()',
        doc: 'Makes it appear under `/dev` when the load has succeeded. Throws `IO!!` if the name is taken or not valid.',
        context: 'sleep',
      },
      { sig: 'void unregister()', doc: 'Takes it away. Throws `IO!!` if it is not registered.', context: 'sleep' },
    ],
  },
  {
    name: 'System',
    super: 'Object',
    doc: "The script's surroundings.",
    methods: [
      { sig: 'int time()', static: true, doc: 'Milliseconds since 1970-01-01 UTC.' },
      { sig: 'int nanoTime()', static: true, doc: 'Nanoseconds of a clock that never goes back.' },
      {
        sig: 'void print(String text)',
        static: true,
        doc: 'What the `print` statement calls: a debugging line on `ERR`.',
      },
      {
        sig: 'Any eval(String text)',
        static: true,
        context: 'sleep',
        doc: 'Compiles the text and runs it where the call stands, with all variables of the script, functions and classes, but no local variables; what it declares stays. Also written `eval(text)`. Gives the value of its last expression, or null. Throws `Script!!` with the diagnostics if it has errors.',
      },
      {
        sig: 'void gc()',
        static: true,
        doc: 'Frees all objects that nothing refers to, those in cycles too. It happens by itself when memory is wanted; here it happens at once, for one unit of fuel for 64 objects.',
      },
      { sig: 'String[] args()', static: true, home: 'user', doc: "The script's arguments, as `main` gets them." },
      {
        sig: 'String? env(String name)',
        static: true,
        home: 'user',
        doc: 'The variable of the environment of that name; null if there is none.',
      },
      {
        sig: 'void exit(int status = 0)',
        static: true,
        home: 'user',
        doc: 'Ends the script at once, with that exit status (its low 8 bits); no `finally` runs. In `konoha repl` it ends the shell.',
      },
    ],
  },
  {
    name: 'Math',
    super: 'Object',
    doc: 'Mathematics. Of `abs`, `min`, `max`, `pow` and `sqrt` there are two forms: that for floats is called where an argument is a float, or where a float is wanted.',
    constants: [
      { name: 'PI', value: Math.PI, float: true, doc: 'The circumference of a circle whose diameter is 1.' },
      { name: 'E', value: Math.E, float: true, doc: 'The base of natural logarithms.' },
    ],
    methods: [
      { sig: 'int abs(int x)', static: true, doc: 'Absolute value; the smallest int stays itself.' },
      floats('float abs(float x)', 'Absolute value.'),
      { sig: 'int min(int x, int y)', static: true, doc: 'The smaller.' },
      floats('float min(float x, float y)', 'The smaller; NaN if one is.'),
      { sig: 'int max(int x, int y)', static: true, doc: 'The larger.' },
      floats('float max(float x, float y)', 'The larger; NaN if one is.'),
      {
        sig: 'int pow(int base, int exponent)',
        static: true,
        doc: 'Wrapping power. Throws `Arithmetic!!` for a negative exponent.',
      },
      floats('float pow(float base, float exponent)', 'Power.'),
      {
        sig: 'int sqrt(int x)',
        static: true,
        doc: 'Integer square root, rounded down. Throws `Arithmetic!!` for a negative number.',
      },
      floats('float sqrt(float x)', 'Square root; NaN of a negative number.'),
      {
        sig: 'int muldiv(int a, int b, int c)',
        static: true,
        doc: '`a * b / c` toward zero, with all 128 bits of the product. Throws `Arithmetic!!` if `c` is 0 or the result is no int.',
      },
      real('float sin(float x)', 'Sine of an angle in radians.'),
      real('float cos(float x)', 'Cosine of an angle in radians.'),
      real('float tan(float x)', 'Tangent of an angle in radians.'),
      real('float asin(float x)', 'Angle, in radians, that has this sine; NaN beyond -1 to 1.'),
      real('float acos(float x)', 'Angle, in radians, that has this cosine; NaN beyond -1 to 1.'),
      real('float atan(float x)', 'Angle, in radians, that has this tangent.'),
      real('float atan2(float y, float x)', 'Angle, in radians, of the point (x, y).'),
      real('float exp(float x)', 'E to the power of x.'),
      real('float log(float x)', 'Natural logarithm; NaN of a negative number.'),
      real('float log10(float x)', 'Logarithm to the base 10; NaN of a negative number.'),
      real('float cbrt(float x)', 'Cube root.'),
      real('float hypot(float x, float y)', 'Square root of x * x + y * y, without overflow in between.'),
      real('float floor(float x)', 'The whole number at or below x.'),
      real('float ceil(float x)', 'The whole number at or above x.'),
      real('int round(float x)', 'The nearest int, halves upward; NaN gives 0, what is too large the largest int.'),
      real('float random()', 'A number from 0.0 up to, and without, 1.0; not for secrets.'),
    ],
  },
  {
    name: 'Func',
    super: 'Object',
    doc: 'A function as a value, of a type such as `Func<int,int=>boolean>`: a lambda, a function by its name, a method of an object. Two of them are equal only if they are the same object.',
  },
];

/** Natives that code generation calls and scripts cannot name, behind all the methods' own. */
export const internalNatives: readonly {
  readonly name: string;
  readonly arguments: number;
  /** Its arguments are integers, not references that are never null. */
  readonly integers?: true;
  readonly home?: 'user';
  readonly doc: string;
}[] = [
  { name: 'streamIn', arguments: 0, doc: 'R[A] := `IN`' },
  { name: 'streamOut', arguments: 0, doc: 'R[A] := `OUT`' },
  { name: 'streamErr', arguments: 0, doc: 'R[A] := `ERR`' },
  { name: 'mainArgs', arguments: 0, doc: "R[A] := `String[]` of the script's arguments" },
  {
    name: 'classOf',
    arguments: 1,
    integers: true,
    doc: 'R[A] := the Class whose id is the int R[A+2]',
  },
  {
    name: 'stringEach',
    arguments: 1,
    doc: 'R[A] := `String[]` of the characters of R[A+2], for foreach over a string',
  },
  {
    name: 'formatInt',
    arguments: 2,
    integers: true,
    doc: 'R[A] := text of the int R[A+2] as the directive R[A+3] says (`engine/bytecode/format-directives.ts`)',
  },
  {
    name: 'formatFloat',
    arguments: 2,
    integers: true,
    home: 'user',
    doc: 'R[A] := text of the float R[A+2] as the directive R[A+3] says',
  },
  { name: 'formatText', arguments: 2, doc: 'R[A] := the String R[A+2] as the directive R[A+3] says' },
  {
    name: 'formatValues',
    arguments: 2,
    doc: 'R[A] := the format R[A+2] with the elements of the array R[A+3]: boxes, Strings, null. Throws `Script!!`',
  },
  {
    name: 'waitUntil',
    arguments: 1,
    integers: true,
    doc: 'R[A] := the time, in ns since boot, that is R[A+2] ms from now',
  },
];
