/**
 * The guest's whole file system. Two archives, one after the other, which the kernel unpacks in turn:
 * the base (programs, libraries, agent, boot modules), which changes with the kernel and is cached, and a small one
 * with what is being worked on (konoha.ko, examples, tests), made at every boot.
 *
 * Neither is compressed: the file is read by QEMU, and unpacking it under emulation costs more than reading it.
 */
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { CpioArchive } from './cpio.js';
import type { Kernel } from './kernels.js';
import { BUILD, GUEST } from './paths.js';

/**
 * GNU's own, because they close what they write and exit 1 when that fails: the exit status of
 * `cat script > /dev/konoha` depends on it, and busybox' do not.
 */
const COREUTILS =
  'cat tee dd cp ls head tail wc mv rm mkdir rmdir sleep seq printf echo sort uniq cut tr od stat timeout touch ln ' +
  'chmod chown env true false mknod mkfifo id date uname sync yes split stty readlink basename dirname mktemp sha256sum nproc';

/** Found on the build machine by name; each with the shared libraries that it needs. */
const PROGRAMS = ['bash', ...COREUTILS.split(' ')];

const LOCALE = '/usr/lib/locale/C.utf8/LC_CTYPE';

/** Drivers without which the host and the agent cannot talk. */
const BOOT_MODULES = ['virtio_pci', 'virtio_console'];

/** The base archive of a kernel: its path. Made again only if one of its sources has changed. */
export function buildBaseArchive(kernel: Kernel): string {
  const agent = buildAgent();
  const modules = bootModules(kernel);
  const programs = PROGRAMS.map(findProgram);
  const sources = [agent, join(GUEST, 'init'), join(GUEST, 'profile'), findProgram('busybox'), ...programs, ...modules];
  const key = createHash('sha256');
  key.update(readFileSync(new URL(import.meta.url)));
  for (const source of sources) {
    const { size, mtimeMs } = statSync(source);
    key.update(`${source} ${size} ${mtimeMs}\n`);
  }
  const folder = join(BUILD, 'initramfs');
  const path = join(folder, `base-${kernel.release}-${key.digest('hex').slice(0, 16)}.cpio`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  // Written under another name first: two commands may be starting a machine at once.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, baseArchive(agent, programs, modules).toBuffer());
  renameSync(draft, path);
  return path;
}

function baseArchive(agent: string, programs: string[], modules: string[]): CpioArchive {
  const archive = new CpioArchive();
  // Debian's merged /usr: without the links, a library would be there twice.
  for (const folder of ['bin', 'sbin', 'lib', 'lib64']) {
    archive.add({ kind: 'directory', path: `usr/${folder}`, mode: 0o755 }).symlink(folder, `usr/${folder}`);
  }
  for (const folder of ['proc', 'sys', 'dev', 'root', 'run', 'tmp', 'var']) {
    archive.add({ kind: 'directory', path: folder, mode: folder === 'tmp' ? 0o1777 : 0o755 });
  }
  archive.add({ kind: 'character-device', path: 'dev/console', mode: 0o600, major: 5, minor: 1 });
  archive.file('init', readFileSync(join(GUEST, 'init')), 0o755);
  archive.file('usr/sbin/konoha-agent', readFileSync(agent), 0o755);
  for (const program of programs) {
    archive.file(usrPath(program), readFileSync(program), 0o755);
    for (const library of sharedLibraries(program)) archive.file(usrPath(library), readFileSync(library), 0o755);
  }
  addBusybox(archive);
  const loaded: string[] = [];
  for (const module of modules) {
    const name = module.split('/').at(-1)!.replace(/\.xz$/, '');
    archive.file(`usr/lib/boot-modules/${name}`, readModule(module));
    loaded.push(`/usr/lib/boot-modules/${name}\n`);
  }
  // UTF-8 for people and for programs that count characters; part of libc-bin.
  archive.file(LOCALE, readFileSync(LOCALE));
  archive.file('etc/konoha/boot-modules', loaded.join(''));
  archive.file('etc/profile', readFileSync(join(GUEST, 'profile')));
  archive.file('etc/passwd', 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/:/bin/false\n');
  archive.file('etc/group', 'root:x:0:\nnogroup:x:65534:\n');
  return archive;
}

/** Every applet whose name no GNU program has. `busybox cat` remains reachable by its full spelling. */
function addBusybox(archive: CpioArchive): void {
  const busybox = findProgram('busybox');
  archive.file('usr/bin/busybox', readFileSync(busybox), 0o755);
  for (const applet of run(busybox, ['--list']).split('\n')) {
    if (applet && !archive.has(`usr/bin/${applet}`)) archive.symlink(`usr/bin/${applet}`, 'busybox');
  }
}

/** A static program, so it runs whatever else the guest holds. */
function buildAgent(): string {
  const source = join(GUEST, 'agent');
  const files = readdirSync(source).sort();
  const content = createHash('sha256');
  for (const name of files) content.update(`\0${name}\0`).update(readFileSync(join(source, name)));
  const hash = content.digest('hex').slice(0, 16);
  const folder = join(BUILD, 'guest');
  const path = join(folder, `agent-${hash}`);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const draft = `${path}.${process.pid}`;
    const parts = files.filter((name) => name.endsWith('.c')).map((name) => join(source, name));
    run('gcc', ['-static', '-O2', '-Wall', '-Wextra', '-Werror', '-o', draft, ...parts]);
    renameSync(draft, path);
  }
  return path;
}

/** Module files in load order, as modprobe would insert them; those built into the kernel need none. */
function bootModules(kernel: Kernel): string[] {
  if (!existsSync(join(kernel.root, 'lib', 'modules', kernel.release, 'modules.dep'))) {
    run('depmod', ['-b', kernel.root, kernel.release]);
  }
  const files = BOOT_MODULES.flatMap((name) =>
    run('modprobe', ['-d', kernel.root, '-S', kernel.release, '--show-depends', '--ignore-install', name])
      .split('\n')
      .filter((line) => line.startsWith('insmod '))
      .map((line) => line.split(' ')[1]!),
  );
  return [...new Set(files)];
}

function readModule(path: string): Buffer {
  return path.endsWith('.xz')
    ? execFileSync('xz', ['--decompress', '--stdout', path], { maxBuffer: 1 << 28 })
    : readFileSync(path);
}

/** @throws naming the program if it is not installed. */
function findProgram(name: string): string {
  for (const folder of ['/usr/bin', '/usr/sbin', '/bin', '/sbin']) {
    if (existsSync(join(folder, name))) return join(folder, name);
  }
  throw new Error(`The program "${name}" is not installed; type: npm run setup`);
}

function sharedLibraries(program: string): string[] {
  return run('ldd', [program])
    .split('\n')
    .map((line) => /(?:=> )?(\/\S+) \(0x/.exec(line)?.[1])
    .filter((library): library is string => library !== undefined);
}

function usrPath(path: string): string {
  return path.startsWith('/usr/') ? path : `/usr${path}`;
}

function run(program: string, options: string[]): string {
  try {
    const sbin = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
    return execFileSync(program, options, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: sbin },
    });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`"${program} ${options.join(' ')}" failed:\n${stderr || message}`);
  }
}

/** A host file or folder and where the guest sees it. */
export interface GuestFile {
  readonly host: string;
  readonly guest: string;
}

/** The second archive: the given files and whole folders, links followed. Those that do not exist are an error. */
export function buildWorkArchive(files: readonly GuestFile[], texts: Readonly<Record<string, string>> = {}): Buffer {
  const archive = new CpioArchive();
  const addTree = (host: string, guest: string): void => {
    const status = statSync(host);
    if (status.isDirectory()) {
      archive.add({ kind: 'directory', path: guest, mode: 0o755 });
      for (const name of readdirSync(host).sort()) addTree(join(host, name), join(guest, name));
    } else if (status.isFile()) {
      archive.file(guest, readFileSync(host), status.mode & 0o777);
    } else {
      throw new Error(`${relative(process.cwd(), realpathSync(host))} is neither a file nor a folder`);
    }
  };
  for (const { host, guest } of files) addTree(host, guest);
  for (const [path, text] of Object.entries(texts)) archive.file(path, text);
  return archive.toBuffer();
}
