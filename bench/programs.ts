/** The programs of Table 1. Each lies in programs/NAME, once in every language; all must print the same line. */

export interface Program {
  readonly name: string;
  /** What it spends its time with. */
  readonly about: string;
  /** Of a run that counts. */
  readonly args: readonly string[];
  /** Of a run that only tries whether all agree. */
  readonly fewer: readonly string[];
  /** What is printed with `fewer`. */
  readonly prints: string;
}

/** Prints 0: what it takes is the price of starting, and is taken off the others. */
export const EMPTY: Program = { name: 'empty', about: 'starting', args: [], fewer: [], prints: '0' };

export const PROGRAMS: readonly Program[] = [
  { name: 'fibo', about: 'calls', args: ['36'], fewer: ['20'], prints: '6765' },
  { name: 'tarai', about: 'calls', args: ['12', '6', '0'], fewer: ['8', '4', '0'], prints: '8' },
  { name: 'sieve', about: 'an array of booleans', args: ['1000000', '5'], fewer: ['10000', '2'], prints: '11472792' },
  { name: 'trees', about: 'objects made and forgotten', args: ['14'], fewer: ['6'], prints: '4398' },
  { name: 'nbody', about: 'fields, multiplication, division', args: ['60000'], fewer: ['100'], prints: '784968925' },
  { name: 'strings', about: 'texts put together', args: ['1000'], fewer: ['5'], prints: '38977389409' },
  { name: 'matrix', about: 'arrays of arrays', args: ['200', '2'], fewer: ['12', '2'], prints: '545669' },
  { name: 'counts', about: 'a hash table of texts', args: ['300000'], fewer: ['1000'], prints: '6541' },
  { name: 'richards', about: 'virtual calls, lists', args: ['300'], fewer: ['3'], prints: '69662784' },
];
