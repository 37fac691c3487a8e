/** `konoha ls` and `konoha rm`. */
import { EXIT_FAILED, EXIT_OK } from '../exit-codes.js';
import { writeAll } from '../output.js';
import { Refused, readControl, requireModule, unload } from './control-files.js';
import { parseStats, type ScriptStats } from './stats.js';
import { table } from './table.js';
import { sizeText, timeText } from './units.js';

export interface ListOptions {
  readonly json?: boolean;
}

/** The exit status. @throws CommandError */
export function list(options: ListOptions): number {
  const scripts = parseStats(readControl('stats'));
  writeAll(1, options.json ? scripts.map((script) => `${JSON.stringify(script)}\n`).join('') : listTable(scripts));
  return EXIT_OK;
}

function listTable(scripts: readonly ScriptStats[]): string {
  return table(
    [
      { title: 'NAME' },
      { title: 'STATE' },
      { title: 'DEVICES' },
      { title: 'MEMORY', right: true },
      { title: 'CALLS', right: true },
      { title: 'ERRORS', right: true },
      { title: 'LOADED' },
    ],
    scripts.map((script) => [
      script.name,
      script.state,
      script.devices.map((name) => `/dev/${name}`).join(' ') || '-',
      `${sizeText(script.heapUsed)}/${sizeText(script.heapSize)}`,
      String(script.calls),
      String(script.errors),
      timeText(script.loaded),
    ]),
  );
}

/** Unloads each; the exit status is 1 if any could not be. @throws CommandError */
export function remove(names: readonly string[]): number {
  requireModule();
  let status = EXIT_OK;
  for (const name of names) {
    try {
      unload(name);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      writeAll(2, `konoha: ${error.message}\n`);
      status = EXIT_FAILED;
    }
  }
  return status;
}
