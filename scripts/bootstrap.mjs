// @ts-check
/**
 * The first thing that `npm start`, `npm test` and the others run. It may use nothing but Node itself, because it is
 * what installs everything else: checks Node, installs npm packages if they are missing or out of date, then runs
 * scripts/COMMAND.ts.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = '', ...rest] = process.argv.slice(2);
const script = join(root, 'scripts', `${command.replace(':', '-')}.ts`);

/**
 * Runs a program on this terminal; ends this process if it fails.
 * @param {string} program
 * @param {string[]} options
 */
function run(program, options) {
  const { status, signal, error } = spawnSync(program, options, { cwd: root, stdio: 'inherit' });
  if (error) {
    console.error(`"${program}" cannot be run: ${error.message}`);
    process.exit(1);
  }
  if (status !== 0) process.exit(status ?? (signal ? 130 : 1));
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm notes there what it has installed; comparing the
 * two notes is exact where comparing file times is not (a checkout changes them).
 */
function packagesAreInstalled() {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      // Workspaces are in the tree themselves, only their links are installed; optional packages are for other machines.
      !path.startsWith('node_modules/') || optional || (path in installed && installed[path].version === version),
  );
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(
    `Konoha needs Node 20 or newer; this is Node ${process.versions.node}. See https://nodejs.org/en/download`,
  );
  process.exit(1);
}
if (!existsSync(script)) {
  console.error(`There is no scripts/${command.replace(':', '-')}.ts; see "scripts" in package.json.`);
  process.exit(2);
}
if (!packagesAreInstalled()) {
  console.log('Installing npm packages …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
// Node runs tsx itself rather than npx: that saves a second at every start.
run(process.execPath, ['--import', 'tsx', script, ...rest]);
