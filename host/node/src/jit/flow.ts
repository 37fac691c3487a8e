/**
 * The flow of control of a method from one of its entries: blocks of records, in an order in which each comes behind those that lead to it
 * (back edges aside), with the block that dominates it. A block may branch in the middle; it ends where others join, or nothing follows.
 */
import { KirError, type KirRecord } from './kir.js';

export interface Block {
  /** Number of its first record, and of the one behind its last. */
  readonly first: number;
  end: number;
  /** Blocks that it leads to, each as often as it does so. */
  readonly next: Block[];
  /** It ends in an exit, which nothing follows. */
  cold: boolean;
  /** Place in the order; -1: it is not reached, or cold. */
  order: number;
  /** Its immediate dominator; the first block's is itself. */
  dominator: Block | undefined;
  /** Edges into it that are not back edges, and those that are. */
  forward: number;
  backward: number;
  /** Blocks that it dominates immediately and at which several edges meet, in order. */
  readonly joins: Block[];
}

/** A way into a loop beside its head: not to be had in wasm. */
export class IrreducibleError extends KirError {}

/** Where record `at` may go to besides the next one. */
function targets(records: readonly KirRecord[], at: number, calls: (method: number) => boolean): number[] {
  const record = records[at]!;
  switch (record.op) {
    case 'JMP':
    case 'JCC':
    case 'JCCI':
    case 'DIV':
    case 'MOD':
    case 'RUN':
      return [record.t];
    case 'ADDRF':
      return record.t === 0 ? [] : [record.t];
    case 'LOOP':
      return [record.t, record.y];
    case 'CALL':
      if (records[at + 1]?.op !== 'CALLED') throw new KirError(`record ${at}: CALL without CALLED`);
      return calls(record.y) ? [record.t, records[at + 1]!.t] : [record.t];
    default:
      return [];
  }
}

/** Does the next record follow? */
function flowsOn(record: KirRecord, calls: (method: number) => boolean): boolean {
  switch (record.op) {
    case 'JMP':
    case 'LOOP':
    case 'RET':
    case 'RETF':
    case 'RETV':
    case 'EXIT':
    case 'UNWOUND':
      return false;
    case 'CALL':
      return calls(record.y);
    default:
      return true;
  }
}

/** The blocks of a method by their first record. `calls`: is there native code of that method? */
function split(records: readonly KirRecord[], entry: number, calls: (method: number) => boolean): Map<number, Block> {
  const heads = new Set([entry]);
  for (let at = 0; at < records.length; at++) for (const to of targets(records, at, calls)) heads.add(to);
  const blocks = new Map<number, Block>();
  for (const first of heads) {
    if (first >= records.length) throw new KirError(`there is no record ${first}`);
    blocks.set(first, {
      first,
      end: first,
      next: [],
      cold: false,
      order: -1,
      dominator: undefined,
      forward: 0,
      backward: 0,
      joins: [],
    });
  }
  for (const block of blocks.values()) {
    let at = block.first;
    for (;;) {
      const record = records[at];
      if (!record) throw new KirError(`nothing follows record ${at - 1}`);
      for (const to of targets(records, at, calls)) block.next.push(blocks.get(to)!);
      at++;
      if (!flowsOn(record, calls)) {
        block.cold = record.op === 'EXIT' || record.op === 'UNWOUND';
        break;
      }
      const join = blocks.get(at);
      if (!join) continue;
      block.next.push(join);
      break;
    }
    block.end = at;
  }
  return blocks;
}

/** Blocks reached from `first`, each in front of what it leads to but for back edges; cold ones left out. */
function inOrder(first: Block): Block[] {
  const done: Block[] = [];
  const seen = new Set<Block>([first]);
  const stack: { block: Block; next: number }[] = [{ block: first, next: 0 }];
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    const to = top.block.next[top.next++];
    if (!to) {
      done.push(top.block);
      stack.pop();
    } else if (!to.cold && !seen.has(to)) {
      seen.add(to);
      stack.push({ block: to, next: 0 });
    }
  }
  done.reverse();
  done.forEach((block, order) => (block.order = order));
  return done;
}

function common(a: Block, b: Block): Block {
  let [x, y] = [a, b];
  while (x !== y) {
    while (x.order > y.order) x = x.dominator!;
    while (y.order > x.order) y = y.dominator!;
  }
  return x;
}

function findDominators(order: readonly Block[]): void {
  const before = new Map<Block, Block[]>(order.map((block) => [block, []]));
  for (const block of order) for (const to of block.next) before.get(to)?.push(block);
  order[0]!.dominator = order[0];
  for (let changed = true; changed;) {
    changed = false;
    for (const block of order.slice(1)) {
      let found: Block | undefined;
      for (const from of before.get(block)!) if (from.dominator) found = found ? common(found, from) : from;
      if (found === block.dominator) continue;
      block.dominator = found;
      changed = true;
    }
  }
}

function dominates(a: Block, b: Block): boolean {
  let at = b;
  while (at.order > a.order) at = at.dominator!;
  return at === a;
}

/** Does the edge lead back? */
export function isBack(from: Block, to: Block): boolean {
  return !to.cold && to.order <= from.order;
}

/**
 * The flow from record `entry` on.
 * @param calls is there native code of that method?
 * @returns the first block, the cold ones that are reached, and all by their first record
 * @throws KirError IrreducibleError
 */
export function flowFrom(
  records: readonly KirRecord[],
  entry: number,
  calls: (method: number) => boolean,
): { first: Block; cold: Block[]; blocks: ReadonlyMap<number, Block> } {
  const blocks = split(records, entry, calls);
  const first = blocks.get(entry)!;
  if (first.cold) throw new KirError('it begins with an exit');
  const order = inOrder(first);
  findDominators(order);
  const cold = new Set<Block>();
  for (const block of order) {
    for (const to of block.next) {
      if (to.cold) cold.add(to);
      else if (!isBack(block, to)) to.forward++;
      else if (!dominates(to, block)) throw new IrreducibleError(`record ${to.first} is no head of a loop`);
      else to.backward++;
    }
  }
  for (const block of order) if (block !== first && block.forward > 1) block.dominator!.joins.push(block);
  return { first, cold: [...cold], blocks };
}
