/** What a table of docs/benchmarks.md is made of. main.ts has the list of them. */

export interface Options {
  /** How often, instead of what the table thinks right. */
  readonly rounds?: number;
  /** One kernel only, as 6.1. */
  readonly kernel?: string;
}

export interface Measured {
  /** All numbers, for bench/results.json. */
  readonly data: object;
  /** What stands between the table's marks in docs/benchmarks.md. */
  readonly markdown: string;
  /** Pictures by their file names in docs/charts. */
  readonly charts?: Readonly<Record<string, string>>;
  /** What is not as it must be, though the numbers are right. */
  readonly complaints?: readonly string[];
}

export interface Table {
  /** On the command line, in the marks and in results.json. */
  readonly name: string;
  /** What is measured, for the help. */
  readonly about: string;
  /** Takes kernels, and konoha.ko for each. */
  readonly onKernels: boolean;
  /** @throws if anything makes the numbers void */
  measure(options: Options): Promise<Measured>;
}
