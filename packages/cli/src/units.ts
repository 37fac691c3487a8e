import { InvalidArgumentError } from 'commander';

const FACTORS: Record<string, number> = { '': 1, K: 1 << 10, M: 1 << 20, G: 1 << 30 };

/** `256K`, `16M`, `1048576`: bytes, a power of two from 128 KiB to 1 GiB. */
export function parseHeap(text: string): number {
  const match = /^(\d{1,10})([KMG]?)i?B?$/i.exec(text);
  const bytes = match ? Number(match[1]) * (FACTORS[match[2]?.toUpperCase() ?? ''] ?? 1) : NaN;
  if (!Number.isInteger(Math.log2(bytes)) || bytes < 128 << 10 || bytes > 1 << 30) {
    throw new InvalidArgumentError('It must be a power of two from 128K to 1G, such as 16M.');
  }
  return bytes;
}

/** A positive number of fuel units; `_` may group digits. */
export function parseFuel(text: string): bigint {
  if (!/^[1-9][\d_]{0,18}$/.test(text))
    throw new InvalidArgumentError('It must be a positive number, such as 50_000_000.');
  return BigInt(text.replaceAll('_', ''));
}
