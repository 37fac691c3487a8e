// @ts-check
// The command as `npm run build` has translated it, or, if a source has changed since then, the sources themselves.
import { readFileSync, statSync } from 'node:fs';

const ROOT = new URL('../../../', import.meta.url);
const COMMAND = new URL('build/command/', ROOT);

/** @returns {boolean} */
function isFresh() {
  try {
    const manifest = new URL('sources.json', COMMAND);
    const { mtimeMs } = statSync(manifest);
    /** @type {string[]} */
    const sources = JSON.parse(readFileSync(manifest, 'utf8'));
    return sources.every((path) => statSync(new URL(path, ROOT)).mtimeMs < mtimeMs);
  } catch {
    return false;
  }
}

/**
 * @param {string} name of the translated module
 * @param {string} source its source, from here
 * @returns {Promise<any>} the module
 */
export async function load(name, source) {
  if (isFresh()) return await import(new URL(`${name}.js`, COMMAND).href);
  const { register } = await import('tsx/esm/api');
  register();
  return await import(new URL(source, import.meta.url).href);
}
