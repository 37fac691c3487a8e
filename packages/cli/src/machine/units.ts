/** Numbers as tables show them. */

/** Bytes as `1.5K`, `16M`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return String(bytes);
  const [factor, unit] = bytes < 1 << 20 ? [1 << 10, 'K'] : [1 << 20, 'M'];
  return `${rounded(bytes / factor)}${unit}`;
}

/** One digit behind the point below 10. */
export function rounded(value: number): string {
  return value < 10 && !Number.isInteger(value) ? value.toFixed(1) : String(Math.round(value));
}

/** Local time, to the second. */
export function timeText(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
