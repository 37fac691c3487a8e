/**
 * Memory of the compiler instance. Nothing is ever freed: the instance is thrown away after one script, so a bump
 * pointer is all it takes. Chunks come from the AssemblyScript runtime, which grows linear memory when it must.
 */

const CHUNK: usize = 32768;

let next: usize = 0;
let end: usize = 0;

/** `size` zeroed bytes, 8-aligned. Traps (`unreachable`) when linear memory is at its maximum. */
export function allocate(size: usize): usize {
  const bytes = (size + 7) & ~(<usize>7);
  if (next + bytes > end) {
    if (bytes > CHUNK / 4) {
      const own = heap.alloc(bytes);
      memory.fill(own, 0, bytes);
      return own;
    }
    next = heap.alloc(CHUNK);
    end = next + CHUNK;
  }
  const at = next;
  next += bytes;
  memory.fill(at, 0, bytes);
  return at;
}
