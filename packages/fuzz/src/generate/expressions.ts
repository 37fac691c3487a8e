/** Expressions of a wanted type; with noise, also of another. */
import type { Scope } from './scope.js';
import { exceptionNames, methodsOf, staticMethods, type Member, type Type } from './types.js';

const INTS = ['0', '1', '2', '3', '-1', '7', '10', '63', '64', '100', '255', '256', '1000', '65535', '0x7fffffff'];
const EDGES = [
  '-9223372036854775808',
  '9223372036854775807',
  '0xffffffffffffffff',
  '4294967296',
  '-2147483649',
  '0b101',
];
const TEXTS = [
  '',
  'a',
  'abc',
  'hello world',
  '木',
  'é😀',
  '12',
  '-7',
  '0x1f',
  ' x ',
  'a,b,c',
  'line\\n',
  '\\u{1F600}',
  '\\0',
  '\\t\\"',
];
const ARITHMETIC = ['+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>', '>>>', 'mod'];
const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='];

/** An expression of `type`, nested at most `depth` deep. */
export function expression(scope: Scope, type: Type, depth: number): string {
  if (scope.noisy()) return expression(scope, scope.type(), depth - 1);
  const { random } = scope;
  const variable = random.chance(depth <= 0 ? 70 : 35) ? scope.variable(type) : undefined;
  if (variable) return variable.name;
  if (depth <= 0) return simple(scope, type);
  if (random.chance(8)) {
    const condition = expression(scope, 'boolean', depth - 1);
    return `(${condition} ? ${expression(scope, type, depth - 1)} : ${expression(scope, type, depth - 1)})`;
  }
  if (random.chance(18)) {
    const call = callOf(scope, type, depth);
    if (call) return call;
  }
  if (random.chance(4)) {
    const target = scope.variable(type, true);
    if (target) return `(${target.name} = ${expression(scope, type, depth - 1)})`;
  }
  return compound(scope, type, depth) ?? simple(scope, type);
}

/** A literal or the shortest thing of that type. */
function simple(scope: Scope, type: Type): string {
  const { random } = scope;
  if (type.endsWith('?')) return random.chance(60) ? 'null' : simple(scope, type.slice(0, -1));
  if (type.endsWith('[]')) return scope.noisy() ? '[]' : `[${simple(scope, type.slice(0, -2))}]`;
  switch (type) {
    case 'int':
      return random.chance(10) ? random.pick(EDGES) : random.pick(INTS);
    case 'boolean':
      return random.chance(50) ? 'true' : 'false';
    case 'String':
      return `"${random.pick(TEXTS)}"`;
    case 'Object':
      return random.pick(['"o"', '1', 'true', 'new Object()']);
    case 'Exception':
      return `new ${random.pick(exceptionNames)}("m")`;
    case 'void':
      return 'null';
    default: {
      const found = scope.userClass(type);
      return found ? `new ${type}(${found.header.map((one) => simple(scope, one)).join(', ')})` : 'null';
    }
  }
}

function compound(scope: Scope, type: Type, depth: number): string | undefined {
  const { random } = scope;
  const sub = (of: Type): string => expression(scope, of, depth - 1);
  if (type.endsWith('?')) return random.chance(30) ? 'null' : sub(type.slice(0, -1));
  if (type.endsWith('[]')) return arrayOf(scope, type, depth);
  switch (type) {
    case 'int':
      return integer(scope, depth);
    case 'boolean':
      return boolean(scope, depth);
    case 'String':
      return text(scope, depth);
    case 'Object':
      return sub(random.pick(['String', 'int', 'int[]', 'boolean', 'Exception']));
    default: {
      const found = scope.userClass(type);
      if (found) return `new ${type}(${found.header.map(sub).join(', ')})`;
      return undefined;
    }
  }
}

function integer(scope: Scope, depth: number): string {
  const { random } = scope;
  const sub = (of: Type): string => expression(scope, of, depth - 1);
  const target = scope.variable('int', true);
  switch (random.below(9)) {
    case 0:
      return target ? random.pick([`${target.name}++`, `--${target.name}`, `(${target.name} += ${sub('int')})`]) : '1';
    case 1:
      return `${random.pick(['-', '~', '+'])}${parenthesised(sub('int'))}`;
    case 2:
      return `${parenthesised(sub('int[]'))}[${sub('int')}]`;
    case 3:
      return `${parenthesised(sub('String'))}.size()`;
    case 4:
      return coalesce(scope, 'int', depth);
    case 5: {
      const any = scope.variable('Object');
      return any ? `(${any.name} to int)` : sub('int');
    }
    default:
      return `(${sub('int')} ${random.pick(ARITHMETIC)} ${sub('int')})`;
  }
}

function boolean(scope: Scope, depth: number): string {
  const { random } = scope;
  const sub = (of: Type): string => expression(scope, of, depth - 1);
  switch (random.below(7)) {
    case 0:
      return `!${parenthesised(sub('boolean'))}`;
    case 1:
      return `(${sub('boolean')} ${random.pick(['&&', '||', '==', '!=', '&', '|', '^'])} ${sub('boolean')})`;
    case 2: {
      const one = scope.anyVariable();
      if (one?.type.endsWith('?') && random.chance(50)) return `(${one.name} ${random.pick(['==', '!='])} null)`;
      return one ? `(${one.name} ${random.pick(['==', '!='])} ${sub(one.type)})` : 'true';
    }
    case 3: {
      const any = scope.variable('Object');
      const named = random.pick(['String', 'Exception', 'Int', ...scope.classes.map(({ name }) => name)]);
      return any ? `(${any.name} instanceof ${named})` : sub('boolean');
    }
    case 4:
      return `(${sub('String')} ${random.pick(COMPARISONS)} ${sub('String')})`;
    default:
      return `(${sub('int')} ${random.pick(COMPARISONS)} ${sub('int')})`;
  }
}

function text(scope: Scope, depth: number): string {
  const { random } = scope;
  const sub = (of: Type): string => expression(scope, of, depth - 1);
  switch (random.below(6)) {
    case 0:
      return `"${random.pick(TEXTS)}\${${sub(scope.type())}}${random.pick(TEXTS)}"`;
    case 1:
      return `(${sub('String')} + ${sub(scope.type())})`;
    case 2:
      return coalesce(scope, 'String', depth);
    case 3:
      return `${parenthesised(sub(scope.type().replace(/\?$/, '')))}.toString()`;
    case 4:
      return `"${random.pick(TEXTS)}".repeat(${random.below(40)})`;
    default:
      return `(${sub('String')} + ${sub('String')})`;
  }
}

/** `a ?? b` where something in sight may be null. */
function coalesce(scope: Scope, type: Type, depth: number): string {
  const left = scope.variable(`${type}?`);
  const right = expression(scope, type, depth - 1);
  return left ? `(${left.name} ?? ${right})` : right;
}

function arrayOf(scope: Scope, type: Type, depth: number): string {
  const { random } = scope;
  const element = type.slice(0, -2);
  const startsNull = element === 'int' || element === 'boolean' || element.endsWith('?');
  if (random.chance(25) && (startsNull || scope.noisy()))
    return `new ${element}[${random.chance(80) ? String(random.below(20)) : expression(scope, 'int', depth - 1)}]`;
  const parts = Array.from({ length: random.between(scope.noisy() ? 0 : 1, 4) }, () =>
    expression(scope, element, depth - 1),
  );
  return `[${parts.join(', ')}]`;
}

/** A call whose result is of `type`; undefined: nothing in sight gives that. */
function callOf(scope: Scope, type: Type, depth: number): string | undefined {
  const { random } = scope;
  const candidates: (() => string)[] = [];
  const add = (target: string, member: Pick<Member, 'name' | 'result' | 'parameters'>, required?: number): void => {
    if (member.result === type)
      candidates.push(() => `${target}${member.name}(${arguments_(scope, member, required, depth)})`);
  };
  for (const one of scope.functions) add('', one);
  for (const one of staticMethods) add('', one, one.required);
  const holder = scope.anyVariable();
  if (holder && (!holder.type.endsWith('?') || scope.noisy())) {
    const target = `${holder.name}.`;
    for (const one of methodsOf(holder.type)) add(target, one, one.required);
    const found = scope.userClass(holder.type);
    for (const one of found?.methods ?? []) add(target, one);
    for (const one of found?.fields ?? []) if (one.type === type) candidates.push(() => `${target}${one.name}`);
    if (holder.type === `${type}[]`) candidates.push(() => `${holder.name}[${expression(scope, 'int', depth - 1)}]`);
  }
  for (const one of scope.inClass?.fields ?? []) if (one.type === type) candidates.push(() => `_${one.name}`);
  return candidates.length > 0 ? random.pick(candidates)() : undefined;
}

function arguments_(
  scope: Scope,
  member: Pick<Member, 'parameters'>,
  required: number | undefined,
  depth: number,
): string {
  const { random } = scope;
  const count = required === undefined ? member.parameters.length : random.between(required, member.parameters.length);
  return member.parameters
    .slice(0, scope.noisy() ? count + 1 : count)
    .map((one) => expression(scope, one, depth - 1))
    .join(', ');
}

/** A call of anything at all, for its effect. */
export function call(scope: Scope, depth: number): string {
  const { random } = scope;
  const holder = scope.anyVariable();
  if (holder && random.chance(70) && (!holder.type.endsWith('?') || scope.noisy())) {
    const own = scope.userClass(holder.type)?.methods ?? [];
    const member = random.chance(50) && own.length > 0 ? random.pick(own) : random.pick(methodsOf(holder.type));
    return `${holder.name}.${member.name}(${arguments_(scope, member, undefined, depth)})`;
  }
  const member = random.pick([...staticMethods, ...scope.functions]);
  return `${member.name}(${arguments_(scope, member, undefined, depth)})`;
}

/** What may stand before a dot, a bracket or behind a prefix operator. */
function parenthesised(text: string): string {
  return /^[\w.]+$/.test(text) && !/^\d/.test(text) ? text : `(${text})`;
}
