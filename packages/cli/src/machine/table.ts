/** A table without lines: columns that line up, numbers to the right. */
import Table from 'cli-table3';

export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

const NO_LINES = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
  ].map((part) => [part, '']),
);

/** Text that ends with a line feed. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = new Table({
    head: columns.map(({ title }) => title),
    chars: { ...NO_LINES, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: columns.map(({ right }) => (right ? 'right' : 'left')),
  });
  cells.push(...rows.map((row) => [...row]));
  return cells.toString().replace(/ +$/gm, '') + '\n';
}
