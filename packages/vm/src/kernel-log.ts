/** Reads the kernel's log and says which of its lines mean that something is wrong. */

export interface LogRecord {
  /** 0 emergency … 7 debug. */
  readonly level: number;
  readonly sequence: number;
  /** Since boot. */
  readonly microseconds: number;
  readonly text: string;
}

/** Records as /dev/kmsg writes them ("level,sequence,time,flags;text", then " KEY=value" lines), NUL-separated. */
export function parseKernelLog(data: Buffer): LogRecord[] {
  return data
    .toString('utf8')
    .split('\0')
    .filter((record) => record.includes(';'))
    .map((record) => {
      const semicolon = record.indexOf(';');
      const [prefix, sequence, time] = record.slice(0, semicolon).split(',');
      return {
        level: Number(prefix) & 7,
        sequence: Number(sequence),
        microseconds: Number(time),
        text: record
          .slice(semicolon + 1)
          .split('\n')[0]!
          .replace(/\\x([0-9a-f]{2})/g, unescapeByte),
      };
    });
}

/** /dev/kmsg escapes bytes outside printable ASCII; what it escapes is read as Latin-1 here, then as UTF-8 below. */
function unescapeByte(_match: string, digits: string): string {
  return String.fromCharCode(parseInt(digits, 16));
}

/** The texts of the records, one a line, with escaped UTF-8 restored. */
export function kernelLogText(records: readonly LogRecord[]): string {
  return records.map((record) => restoreUtf8(record.text) + '\n').join('');
}

function restoreUtf8(text: string): string {
  return /^[\u0000-\u00ff]*$/.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
}

/** What the kernel writes when it has found something wrong with itself. */
const COMPLAINTS: readonly RegExp[] = [
  /\bBUG\b[: ]/,
  /\bWARNING: /,
  /\bOops\b/,
  /\bKernel panic\b/,
  /\bgeneral protection fault\b/,
  /\bkernel NULL pointer\b/,
  /\bunable to handle (kernel|page)\b/i,
  /INFO: possible /,
  /possible (recursive|circular|irq lock|unsafe)/,
  /\bINFO: (task|rcu|suspicious|trying to register)/,
  /suspicious RCU usage/,
  /\bKASAN\b/,
  /\bUBSAN\b/,
  /\bkmemleak\b.*\bnew suspected/,
  /\bCall Trace\b/,
  /\bsoft lockup\b/,
  /\bhard LOCKUP\b/i,
  /\bhung[ _]task\b/,
  /blocked for more than \d+ seconds/,
  /sleeping function called from invalid context/,
  /scheduling while atomic/,
  /\bbad page state\b/i,
  /\brefcount_t: /,
  /\blist_(add|del) corruption\b/,
  /\bsysfs: cannot create duplicate\b/,
  /\bstack guard page\b/,
  /kernel log records were lost/,
];

/** Lines that look like a complaint and are none. */
const HARMLESS: readonly RegExp[] = [
  // The kernel's boot line that lists its own command line may name any of the words above.
  /^(Kernel command line|Command line): /,
  /KASAN: KernelAddressSanitizer initialized|KernelAddressSanitizer initialized/,
];

/** The lines among these that say that something is wrong; none when all is well. */
export function findComplaints(lines: readonly string[]): string[] {
  return lines.filter(
    (line) => COMPLAINTS.some((pattern) => pattern.test(line)) && !HARMLESS.some((pattern) => pattern.test(line)),
  );
}
