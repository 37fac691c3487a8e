/** Does a script use up its memory? How often the last of it is looked for depends on where blocks lie, and each time costs fuel. */
export function usesUpMemory(source: Buffer, exception: string | undefined): boolean {
  return (exception?.startsWith('OutOfMemory!!') ?? false) || source.includes('catch (OutOfMemory!!');
}
