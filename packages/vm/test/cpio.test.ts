import { describe, expect, test } from 'vitest';
import { CpioArchive } from '../src/cpio.js';

interface Record {
  name: string;
  mode: number;
  data: Buffer;
  device: [number, number];
  offset: number;
}

/** An independent reader of the format, after the kernel's description of it. */
function read(archive: Buffer): Record[] {
  const records: Record[] = [];
  for (let at = 0; ;) {
    expect(archive.toString('latin1', at, at + 6)).toBe('070701');
    const field = (index: number): number =>
      parseInt(archive.toString('latin1', at + 6 + index * 8, at + 14 + index * 8), 16);
    const nameLength = field(11);
    const name = archive.toString('utf8', at + 110, at + 110 + nameLength - 1);
    const start = (at + 110 + nameLength + 3) & ~3;
    const data = archive.subarray(start, start + field(6));
    if (name === 'TRAILER!!!') return records;
    records.push({ name, mode: field(1), data, device: [field(9), field(10)], offset: at });
    at = (start + field(6) + 3) & ~3;
  }
}

describe('CpioArchive', () => {
  test('holds files, folders, links and devices with their modes', () => {
    const archive = new CpioArchive()
      .file('/etc/motd', 'hällo\n', 0o640)
      .symlink('/bin', 'usr/bin')
      .add({ kind: 'character-device', path: '/dev/console', mode: 0o600, major: 5, minor: 1 })
      .toBuffer();
    const records = read(archive);
    expect(records.map(({ name, mode }) => `${name} ${mode.toString(8)}`)).toEqual([
      'etc 40755',
      'etc/motd 100640',
      'bin 120777',
      'dev 40755',
      'dev/console 20600',
    ]);
    expect(records[1]!.data.toString()).toBe('hällo\n');
    expect(records[2]!.data.toString()).toBe('usr/bin');
    expect(records[4]!.device).toEqual([5, 1]);
  });

  test('aligns every record to 4 bytes and the whole to 512, so that archives can follow each other', () => {
    const archive = new CpioArchive();
    for (let length = 0; length < 9; length++) archive.file(`/f${'x'.repeat(length)}`, 'y'.repeat(length));
    const bytes = archive.toBuffer();
    expect(bytes.length % 512).toBe(0);
    expect(read(bytes).every(({ offset }) => offset % 4 === 0)).toBe(true);
  });

  test('a later file of one path replaces the earlier', () => {
    const records = read(new CpioArchive().file('/a', '1').file('//a', '2').toBuffer());
    expect(records.map(({ data }) => data.toString())).toEqual(['2']);
  });

  test('an empty archive is a trailer', () => {
    expect(read(new CpioArchive().toBuffer())).toEqual([]);
  });

  test('equal input gives equal bytes', () => {
    const make = (): Buffer => new CpioArchive().file('/a/b', 'c').toBuffer();
    expect(make().equals(make())).toBe(true);
  });

  test('refuses paths outside the guest and files as folders', () => {
    expect(() => new CpioArchive().file('/a/../../etc/passwd', '')).toThrow('not a path inside the guest');
    expect(() => new CpioArchive().file('/', '')).toThrow('not a path inside the guest');
    expect(() => new CpioArchive().file('/a', '').file('/a/b', '')).toThrow('/a/b: its parent /a is a file');
  });
});
