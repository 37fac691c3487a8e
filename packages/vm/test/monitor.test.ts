import { PassThrough, Duplex } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Monitor } from '../src/monitor.js';

/** A channel whose other end answers each command with these lines, in turn. */
function channel(...answers: readonly string[]): { stream: Duplex; sent: string[] } {
  const [toUs, toQemu] = [new PassThrough(), new PassThrough()];
  const sent: string[] = [];
  const left = [...answers];
  toUs.write('{"QMP": {"version": {}}}\n');
  toQemu.on('data', (chunk: Buffer) => {
    sent.push(chunk.toString());
    const answer = left.shift();
    if (answer !== undefined) toUs.write(answer);
  });
  return { stream: Duplex.from({ readable: toUs, writable: toQemu }), sent };
}

const READY = '{"return": {}}\n';

describe('Monitor', () => {
  test('performs commands behind the greeting, and takes no event for an answer', async () => {
    const { stream, sent } = channel(READY, '{"event": "STOP"}\n{"return": "paused"}\n');
    expect(await new Monitor(stream).command('info status')).toBe('paused');
    expect(JSON.parse(sent[1]!)).toEqual({
      execute: 'human-monitor-command',
      arguments: { 'command-line': 'info status' },
    });
  });

  test('says what QEMU does not like', async () => {
    const { stream } = channel(READY, '{"error": {"class": "GenericError", "desc": "no such thing"}}\n');
    await expect(new Monitor(stream).command('nonsense')).rejects.toThrow('QEMU: no such thing');
  });

  test('who waits when the machine ends is told, and whoever comes later', async () => {
    const monitor = new Monitor(channel(READY).stream);
    const waiting = monitor.command('stop');
    setTimeout(() => monitor.close(new Error('the machine has ended')), 20);
    await expect(waiting).rejects.toThrow('the machine has ended');
    await expect(monitor.command('cont')).rejects.toThrow('the machine has ended');
  });
});
