/** Types and built-in members as the generator of programs needs them, read from the table of built-in classes. */
import { classes } from '../../../../spec/builtins.js';

/** As Konoha spells it: `int`, `String?`, `C0[]`. */
export type Type = string;

export interface Member {
  readonly name: string;
  readonly result: Type;
  readonly parameters: readonly Type[];
  /** So many of them must be given. */
  readonly required: number;
}

/** Parses `Result name(Type a, Type b = default)`. */
function parseSignature(signature: string): Member | null {
  const match = /^(\S+) (\w+)\((.*)\)$/.exec(signature);
  if (!match) return null;
  const [, result = '', name = '', list = ''] = match;
  const parameters = list === '' ? [] : list.split(/, (?=[A-Z\w[\]?]+ \w+(?: =|,|$))/);
  return {
    name,
    result,
    parameters: parameters.map((parameter) => parameter.split(' ')[0] ?? 'int'),
    required: parameters.filter((parameter) => !parameter.includes('=')).length,
  };
}

// Programs are to be accepted in both homes: what has to do with floats is left out.
function membersOf(name: string, isStatic: boolean): Member[] {
  const found = classes.find((one) => one.name === name && one.home !== 'user');
  return (found?.methods ?? [])
    .filter(
      (method) => (method.static ?? false) === isStatic && method.home !== 'user' && !method.sig.includes(' new('),
    )
    .flatMap((method) => parseSignature(method.sig) ?? []);
}

const CLASS_OF_PRIMITIVE: Readonly<Record<string, string>> = { int: 'Int', boolean: 'Boolean' };
const cache = new Map<string, readonly Member[]>();

/** Methods that can be called on a value of this type; those of `Object` for a type that is not in the table. */
export function methodsOf(type: Type): readonly Member[] {
  let found = cache.get(type);
  if (!found) {
    const own = type.endsWith('[]')
      ? membersOf('Array', false).map((member) => withElement(member, type.slice(0, -2)))
      : membersOf(CLASS_OF_PRIMITIVE[type] ?? type, false);
    found = [...own, ...membersOf('Object', false)];
    cache.set(type, found);
  }
  return found;
}

function withElement(member: Member, element: Type): Member {
  const fill = (type: Type): Type => type.replace(/^T(?=$|\[|\?)/, element);
  return { ...member, result: fill(member.result), parameters: member.parameters.map(fill) };
}

/** `Math.abs` and the like, with the class in the name. */
export const staticMethods: readonly Member[] = classes.flatMap(({ name }) =>
  membersOf(name, true).map((member) => ({ ...member, name: `${name}.${member.name}` })),
);

/** Exception classes as scripts write them. */
export const exceptionNames: readonly string[] = classes
  .map(({ name }) => name)
  .filter((name) => name.endsWith('Exception') && name !== 'ErrnoException')
  .map((name) => (name === 'Exception' ? name : name.replace(/Exception$/, '!!')));
