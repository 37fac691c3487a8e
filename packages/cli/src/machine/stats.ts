/** /proc/konoha/stats: one script a line, fields `key=value` separated by tabs (docs/abi.md). */
import { CommandError } from '../command-error.js';
import { EXIT_FAILED } from '../exit-codes.js';

export interface ScriptStats {
  readonly name: string;
  /** loading, live, dying, faulted, quarantined. */
  readonly state: string;
  readonly devices: readonly string[];
  /** Bytes. */
  readonly heapUsed: number;
  readonly heapSize: number;
  readonly calls: number;
  readonly errors: number;
  readonly fuel: number;
  /** Spent inside; 0 unless the module's parameter `timing` is on. */
  readonly ns: number;
  /** Who loaded it. */
  readonly uid: number;
  readonly pid: number;
  readonly comm: string;
  /** Milliseconds since 1970. */
  readonly loaded: number;
  /** Of the source, in hex. */
  readonly sha256: string;
  /** Calls that wait. */
  readonly waiting: number;
  readonly quarantined: boolean;
}

/** @throws CommandError for a line that lacks a field: the module is of another version */
export function parseStats(text: string): ScriptStats[] {
  return text.split('\n').filter(Boolean).map(parseLine);
}

function parseLine(line: string): ScriptStats {
  const fields = new Map(
    line.split('\t').map((field): [string, string] => {
      const equals = field.indexOf('=');
      return [field.slice(0, equals), field.slice(equals + 1)];
    }),
  );
  const text = (key: string): string => {
    const value = fields.get(key);
    if (value === undefined)
      throw new CommandError(
        `/proc/konoha/stats has no field "${key}": this module is of another version`,
        EXIT_FAILED,
      );
    return value;
  };
  const number = (key: string): number => Number(text(key));
  return {
    name: text('name'),
    state: text('state'),
    devices: text('devices') === '-' ? [] : text('devices').split(','),
    heapUsed: number('heap_used'),
    heapSize: number('heap_size'),
    calls: number('calls'),
    errors: number('errors'),
    fuel: number('fuel'),
    ns: number('ns'),
    uid: number('uid'),
    pid: number('pid'),
    comm: text('comm'),
    loaded: number('loaded'),
    sha256: text('sha256'),
    waiting: number('waiting'),
    quarantined: text('quarantined') === '1',
  };
}
