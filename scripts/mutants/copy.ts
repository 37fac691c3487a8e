/** A copy of the repository in which the engine may be changed. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '@konoha/vm';

export class Copy {
  readonly root = mkdtempSync(join(tmpdir(), 'konoha-mutants-'));

  constructor() {
    const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
      .toString()
      .split('\0');
    for (const file of tracked.filter(Boolean)) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      cpSync(join(ROOT, file), join(this.root, file));
    }
    cpSync(join(ROOT, 'build', 'engine'), join(this.root, 'build', 'engine'), { recursive: true });
    this.linkPackages();
  }

  // Our own packages are links into the repository, and must be links into the copy.
  private linkPackages(): void {
    const [from, to] = [join(ROOT, 'node_modules'), join(this.root, 'node_modules')];
    mkdirSync(join(to, '@konoha'), { recursive: true });
    for (const name of readdirSync(from)) if (name !== '@konoha') symlinkSync(join(from, name), join(to, name));
    for (const name of readdirSync(join(from, '@konoha')))
      symlinkSync(readlinkSync(join(from, '@konoha', name)), join(to, '@konoha', name));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
