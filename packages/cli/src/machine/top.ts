/** `konoha top`: what scripts cost, once or again and again. */
import { EXIT_OK } from '../exit-codes.js';
import { writeAll } from '../output.js';
import { readControl } from './control-files.js';
import { parseStats, type ScriptStats } from './stats.js';
import { table } from './table.js';
import { rounded, sizeText, timeText } from './units.js';

export interface TopOptions {
  readonly json?: boolean;
  /** Seconds between two looks. */
  readonly interval: number;
  readonly once?: boolean;
}

/** What a script did between two looks, or since it was loaded. */
export interface Rates {
  readonly script: ScriptStats;
  readonly callsPerSecond: number;
  /** NaN: no call, or the module does not measure it. */
  readonly nsPerCall: number;
  readonly fuelPerCall: number;
  readonly errors: number;
}

const HASH_DIGITS = 12;

/** The exit status. @throws CommandError */
export async function top(options: TopOptions): Promise<number> {
  let before = look();
  const first = ratesOf(before, null);
  if (options.json) {
    writeAll(1, first.map((rates) => `${JSON.stringify(rates)}\n`).join(''));
    return EXIT_OK;
  }
  if (options.once || !process.stdout.isTTY) {
    writeAll(1, `${topTable(first)}${footnote(first)}`);
    return EXIT_OK;
  }
  const { createLogUpdate } = await import('log-update');
  const screen = createLogUpdate(process.stdout);
  let shown = first;
  for (;;) {
    screen(`${topTable(shown)}${footnote(shown)}`);
    await new Promise((resolve) => setTimeout(resolve, options.interval * 1000));
    const now = look();
    shown = ratesOf(now, before);
    before = now;
  }
}

interface Look {
  readonly at: number;
  readonly scripts: readonly ScriptStats[];
}

function look(): Look {
  return { at: Date.now(), scripts: parseStats(readControl('stats')) };
}

/** Between two looks; without the first, or for a script that was not there yet, since it was loaded. */
export function ratesOf(now: Look, before: Look | null): Rates[] {
  return now.scripts.map((script) => {
    const last = before?.scripts.find(({ name, loaded }) => name === script.name && loaded === script.loaded);
    const seconds = Math.max((now.at - (last && before ? before.at : script.loaded)) / 1000, 0.001);
    const calls = script.calls - (last?.calls ?? 0);
    const ns = script.ns - (last?.ns ?? 0);
    return {
      script,
      callsPerSecond: calls / seconds,
      nsPerCall: script.ns > 0 && calls > 0 ? ns / calls : NaN,
      fuelPerCall: calls > 0 ? (script.fuel - (last?.fuel ?? 0)) / calls : NaN,
      errors: script.errors,
    };
  });
}

export function topTable(rates: readonly Rates[]): string {
  const number = (value: number): string => (Number.isNaN(value) ? '-' : rounded(value));
  return table(
    [
      { title: 'NAME' },
      { title: 'STATE' },
      { title: 'CALLS/S', right: true },
      { title: 'NS/CALL', right: true },
      { title: 'FUEL/CALL', right: true },
      { title: 'MEMORY', right: true },
      { title: 'ERRORS', right: true },
      { title: 'WAITING', right: true },
      { title: 'LOADED' },
      { title: 'BY' },
      { title: 'SHA-256' },
    ],
    rates.map(({ script, callsPerSecond, nsPerCall, fuelPerCall, errors }) => [
      script.name,
      script.state,
      number(callsPerSecond),
      number(nsPerCall),
      number(fuelPerCall),
      `${sizeText(script.heapUsed)}/${sizeText(script.heapSize)}`,
      String(errors),
      String(script.waiting),
      timeText(script.loaded),
      `uid ${script.uid} ${script.comm}[${script.pid}]`,
      script.sha256.slice(0, HASH_DIGITS),
    ]),
  );
}

function footnote(rates: readonly Rates[]): string {
  if (rates.length === 0) return 'no script is loaded\n';
  if (rates.some(({ script }) => script.ns > 0)) return '';
  return 'ns per call are counted after: echo Y > /sys/module/konoha/parameters/timing\n';
}
