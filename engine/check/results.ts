/**
 * `def`: results that are told by what bodies return. The functions that a statement or body mentions are checked before it,
 * those that they mention before them. Where they mention one another, their bodies are gone through silently until
 * their results are known.
 */
import { K0410_CANNOT_INFER, K0425_RESULTS_DIFFER } from '../diagnostics/codes.generated';
import { setMuted } from '../diagnostics/diagnostics';
import { LAMBDA, MEMBER, NAME, Node, aOf, bOf, dOf, kindOf, nextOf } from '../syntax/ast';
import { Text, internBytes, internLiteral, textAddress, textByte, textLength } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import { childFields } from './assigned';
import { checkBody } from './checker';
import { hasUnreachable, isAlive, noteUnreachable, setAlive, startContext } from './context';
import { commonType } from './conversions';
import { takeSawError } from './frames';
import { seenThrough, selfType } from './generics';
import { isHandler } from './handlers';
import { TextMap, interfaceMethod, ownMethod, superOf } from './lookup';
import { ClassInfo, MethodInfo, compiled, firstMethod } from './model';
import { displayName, problem } from './problem';
import { startScopes } from './scope';
import { ERROR, NULL, Type, VOID, plain, typeName } from './types';

/** What is known of a method's result that its body tells. */
export class Told {
  /** The common type of what was returned so far; ERROR: nothing that has a type. */
  type: Type = ERROR;
  /** Was anything returned, with or without a type? */
  any: bool = false;
  /** Names are looked for only once: 0 not yet, 1 on the way, 2 done. */
  state: i32 = 0;
}

// Methods whose results are to be told, and the entry of each name.
const pending = new Array<MethodInfo>();
const firstOf = new TextMap();
// The same by the names of properties, for getters.
const getterOf = new TextMap();
/** Are bodies gone through only to see what they return? */
export let isGuessing: bool = false;

/** Notes the methods of the program that are declared with `def`; all declarations are known. */
export function startResults(): void {
  for (let i = firstMethod; i < compiled.length; i++) {
    const m = compiled[i];
    if (!m.told) continue;
    const index = pending.length;
    pending.push(m);
    link(firstOf, m.name, index);
    const property = m.owner < 0 ? 0 : propertyOf(m.name);
    if (property != 0) link(getterOf, property, index);
  }
}

// Entries of all names: the method's index, the next entry of that name.
const entries = new IntVector();

function link(map: TextMap, name: Text, index: i32): void {
  entries.push(index);
  entries.push(map.get(name));
  map.set(name, entries.length - 2);
}

// `age` of `getAge` and `isAge`.
function propertyOf(name: Text): Text {
  const from = textByte(name, 0) == 103 ? 3 : 2;
  const prefix = from == 3 ? 'get' : 'is';
  if (textLength(name) <= from) return 0;
  for (let i = 0; i < from; i++) if (textByte(name, i) != prefix.charCodeAt(i)) return 0;
  const c = textByte(name, from);
  if (c < 65 || c > 90) return 0;
  const out = new ByteVector(16);
  out.byte(c + 32);
  out.bytes(textAddress(name) + <usize>from + 1, textLength(name) - from - 1);
  return internBytes(out);
}

/** What overrides a method has its result; one that is overridden says its own. */
export function takeResults(c: ClassInfo): void {
  for (let i = 0; i < c.methods.length; i++) {
    const m = c.methods[i];
    if (m.node == 0) continue;
    const old = aboveOf(c, m.name);
    if (old && old.told) refuse(old, internLiteral('write the type of its result: it is overridden'));
    if (!m.told) continue;
    if (old) {
      m.result = seenThrough(old.result, selfType(c), old.owner);
      m.told = null;
    } else if (isHandler(c, m)) refuse(m, internLiteral('write the type of its result: the kernel calls it'));
  }
}

function aboveOf(c: ClassInfo, name: Text): MethodInfo | null {
  let at = superOf(c);
  while (at) {
    const m = ownMethod(at, name);
    if (m) return m;
    at = superOf(at);
  }
  return interfaceMethod(c, name);
}

function refuse(m: MethodInfo, hint: Text): void {
  m.told = null;
  problem(K0410_CANNOT_INFER, <Node>aOf(m.node), displayName(m.name), hint);
}

// ---- who is mentioned ----

const walk = new IntVector(32);
// Indices of methods: to be entered, or a complement: to be left.
const path = new IntVector(16);
// In the order in which they can be checked.
const order = new Array<MethodInfo>();
let hasCycle: bool = false;

// Pushes all methods that the nodes mention.
function pushMentioned(first: Node, list: bool): void {
  for (let n = first; n != 0; n = list ? nextOf(n) : 0) walk.push(<i32>n);
  while (walk.length > 0) {
    const n = <Node>walk.pop();
    const kind = kindOf(n);
    if (kind == NAME) mention(firstOf.get(aOf(n)));
    else if (kind == MEMBER) {
      mention(firstOf.get(bOf(n)));
      mention(getterOf.get(bOf(n)));
    }
    // The body of a lambda counts as well.
    const mask = kind == LAMBDA ? 2 : childFields(kind);
    for (let i = 0; i < 4; i++) {
      if (!(mask & (1 << i))) continue;
      for (let child = <Node>load<i32>(n + <usize>(16 + (i << 2))); child != 0; child = nextOf(child))
        walk.push(<i32>child);
    }
  }
}

function mention(first: i32): void {
  for (let entry = first; entry >= 0; entry = entries.get(entry + 1)) {
    const told = pending[entries.get(entry)].told;
    if (!told) continue;
    if (told.state == 1) hasCycle = true;
    else if (told.state == 0) path.push(entries.get(entry));
  }
}

/** Checks the bodies that tell the results of what the code at `first` (its successors too if `list`) mentions. */
export function tellResults(first: Node, list: bool): void {
  if (pending.length == 0 || first == 0) return;
  order.length = 0;
  hasCycle = false;
  path.length = 0;
  pushMentioned(first, list);
  if (path.length == 0) return;
  while (path.length > 0) {
    const next = path.pop();
    const m = pending[next < 0 ? ~next : next];
    const told = m.told;
    if (!told) continue;
    if (next < 0) {
      told.state = 2;
      order.push(m);
    } else if (told.state == 0) {
      told.state = 1;
      path.push(~next);
      pushMentioned(<Node>dOf(m.node), false);
    }
  }
  const wasAlive = isAlive();
  const wasDead = hasUnreachable();
  if (hasCycle) guess();
  for (let i = 0; i < order.length; i++) checkBody(order[i]);
  startContext(null);
  startScopes();
  if (wasDead) noteUnreachable();
  setAlive(wasAlive);
}

// Goes through the bodies until no result becomes another.
function guess(): void {
  setMuted(true);
  isGuessing = true;
  let changed = true;
  for (let round = 0; changed && round < order.length + 2; round++) {
    changed = false;
    for (let i = 0; i < order.length; i++) {
      const m = order[i];
      const before = m.result;
      checkBody(m);
      if (m.result != before) changed = true;
    }
  }
  isGuessing = false;
  setMuted(false);
  takeSawError();
  for (let i = 0; i < order.length; i++) {
    const m = order[i];
    const told = m.told!;
    if (m.result != ERROR) m.told = null;
    else if (told.any) refuse(m, internLiteral('write the type of its result'));
  }
}

// ---- what is returned ----

/** Notes a value of type `type` (VOID: none) that is returned at `n`. */
export function noteResult(m: MethodInfo, n: Node, type: Type): void {
  const told = m.told!;
  told.any = true;
  if (type == ERROR) return;
  if (told.type == ERROR) {
    told.type = plain(type);
    return;
  }
  const common = told.type == VOID && type == VOID ? VOID : commonType(told.type, plain(type));
  if (common == VOID && (told.type != VOID || type != VOID))
    problem(K0425_RESULTS_DIFFER, n, displayName(m.name), typeName(told.type), typeName(type));
  else told.type = common;
}

/** The body was gone through: its result is what it told. */
export function finishResult(m: MethodInfo): void {
  const told = m.told!;
  if (told.type == NULL)
    problem(K0410_CANNOT_INFER, <Node>aOf(m.node), displayName(m.name), internLiteral('write the type of its result'));
  else m.result = told.any ? told.type : VOID;
  if (!isGuessing) m.told = null;
  else {
    told.type = ERROR;
    told.any = told.any && m.result == ERROR;
  }
}
