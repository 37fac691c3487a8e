/** The log of scripts: what /proc/konoha/log shows, and a rate-limited copy of it in the kernel log. */
import type { Clock } from '../clock.js';

const LINE_MAXIMUM = 240;
const PRINTED_MAXIMUM = 1024;
const INTERVAL_MS = 5000;

/** At most `burst` messages in 5 s. */
export class RateLimit {
  private begin = -Infinity;
  private printed = 0;

  constructor(
    private readonly clock: Clock,
    private readonly burst: number,
  ) {}

  allows(): boolean {
    const now = this.clock.now();
    if (now - this.begin > INTERVAL_MS) [this.begin, this.printed] = [now, 0];
    return this.printed++ < this.burst;
  }
}

export class Log {
  private ring = Buffer.alloc(0);
  private whole = true;
  private kernelLines: string[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly size: number,
  ) {}

  /** Adds text, each of its lines with time and name. */
  line(name: string, text: string): void {
    const micros = Math.floor(this.clock.now() * 1000);
    const time = `${String(Math.floor(micros / 1e6)).padStart(5)}.${String(micros % 1e6).padStart(6, '0')}`;
    const added = linesOf(text).map((line) => `[${time}] ${name}: ${line}\n`);
    this.ring = Buffer.concat([this.ring, Buffer.from(added.join(''))]);
    if (this.ring.length <= this.size) return;
    this.ring = this.ring.subarray(this.ring.length - this.size);
    this.whole = false;
  }

  /** All that is kept, oldest line first. */
  get text(): string {
    // Once the ring has gone round, its oldest line is a part of one.
    return (this.whole ? this.ring : this.ring.subarray(this.ring.indexOf('\n') + 1)).toString();
  }

  /** What a script says. */
  script(name: string, limit: RateLimit, text: string): void {
    this.line(name, text);
    if (limit.allows()) this.kernel(name, Buffer.from(text).subarray(0, PRINTED_MAXIMUM).toString());
  }

  /** An exception that left a handler or the top level: its first line goes to the kernel log. */
  exception(name: string, limit: RateLimit, where: string, text: string): void {
    this.line(name, text);
    if (limit.allows()) this.kernel(`${name}: ${where}`, text.split('\n')[0]!);
  }

  /** Lines of the kernel log, with control characters made harmless. */
  kernel(name: string, text: string): void {
    for (const line of linesOf(text)) {
      const clean = Buffer.from(line).subarray(0, LINE_MAXIMUM).toString();
      this.kernelLines.push(`konoha: ${name}: ${clean.replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, '?')}\n`);
    }
  }

  /** The kernel log's lines since the last time. */
  takeKernelLines(): string {
    const text = this.kernelLines.join('');
    this.kernelLines = [];
    return text;
  }
}

/** A line feed at the end adds no empty line. */
function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}
