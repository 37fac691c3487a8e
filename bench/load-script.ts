/** A script of a given length, to be loaded: a device, and classes and functions in parts of ten lines. */

/** By which it is unloaded. */
export const NAME = 'bench-lines';

const HEAD = `@Name("${NAME}")
int opened = 0;
void Device.open() {
    opened++;
}
void Device.read(OutputStream out) {
    out << "opened " << opened << " times" << EOL;
}
// What follows is only compiled and kept.
int parts = 0;
`;

const part = (n: number): string => `// Part ${n}.
int total${n} = ${n};
class Part${n}(int first, int second) {
    int sum() { return _first + _second; }
    boolean isLarge() { return sum() > 100; }
}
int work${n}(int n) {
    for (int k = 0; k < n; k++) total${n} += new Part${n}(k, n).sum();
    return total${n};
}
`;

/** @param lines a multiple of ten */
export function scriptOf(lines: number): string {
  return HEAD + Array.from({ length: lines / 10 - 1 }, (_, i) => part(i + 1)).join('');
}
