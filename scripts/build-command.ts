/**
 * Makes JavaScript of the `konoha` command, so that it starts without a loader that translates TypeScript while it reads it. The
 * command takes it as long as no source is younger (packages/cli/bin/entry.js); otherwise it runs its sources as they are.
 */
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { BUILD, ROOT } from '@konoha/vm';
import { buildIfStale, listFiles } from './freshness.js';
import { step } from './progress.js';

/** Below build/. */
export const COMMAND = join(BUILD, 'command');
const ENTRIES = { main: 'packages/cli/src/main.ts', 'repl-worker': 'packages/cli/src/repl/worker.ts' };
/** What may become part of it: the manifest lists what has. */
const ROOMS = ['packages', 'host/node', 'spec'];

/** Sources look for other files beside themselves, so each keeps its own address; npm's packages stay outside. */
const OURS: Plugin = {
  name: 'konoha',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@konoha/') ? undefined : { path, external: true },
    );
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    }));
  },
};

/** @throws if a source cannot be read or is no TypeScript */
export async function buildCommand(): Promise<void> {
  const sources = ROOMS.flatMap((room) => listFiles(join(ROOT, room))).filter(
    (path) => path.endsWith('.ts') && !/\/(node_modules|test)\//.test(path),
  );
  const begun = new Date();
  const manifest = join(COMMAND, 'sources.json');
  const outputs = [...Object.keys(ENTRIES).map((name) => join(COMMAND, `${name}.js`)), manifest];
  await buildIfStale('command', [import.meta.filename, ...sources], outputs, ROOT, async () => {
    await step('Translating the konoha command', async () => {
      const { metafile } = await build({
        absWorkingDir: ROOT,
        entryPoints: ENTRIES,
        outdir: COMMAND,
        bundle: true,
        splitting: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        metafile: true,
        plugins: [OURS],
      });
      writeFileSync(
        manifest,
        JSON.stringify(Object.keys(metafile.inputs).map((path) => relative(ROOT, join(ROOT, path)))),
      );
    });
  });
  // Sources that are as they were may have become younger, as when a branch is left and entered again.
  utimesSync(manifest, begun, begun);
}
