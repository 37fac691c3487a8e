/** The library's classes as people look for them: members by name, with signature and text. */
import { type ClassSpec } from '@konoha/spec/builtins';
import { libraryClasses } from '@konoha/spec/library';

/** Built-in classes, and those that are written in Konoha. */
export const classes: readonly ClassSpec[] = libraryClasses();

export interface Member {
  readonly owner: string;
  readonly name: string;
  /** As in docs/library.md: `int indexOf(String text, int from = 0)`. */
  readonly signature: string;
  readonly doc: string;
  readonly isStatic: boolean;
  readonly isMethod: boolean;
}

/** `IO!!` for `IOException`, as scripts write it. */
export function writtenName(name: string): string {
  return name.endsWith('Exception') && name !== 'Exception' ? `${name.slice(0, -'Exception'.length)}!!` : name;
}

/** The class that a script names so: `String`, `int`, `IO!!` or `IOException`. */
export function findClass(name: string): ClassSpec | undefined {
  const primitives: Record<string, string> = { int: 'Int', boolean: 'Boolean', float: 'Float' };
  const plain = name === 'Exception!!' ? 'Exception' : name.replace(/!!$/, 'Exception');
  return classes.find((c) => c.name === (primitives[plain] ?? plain));
}

function ownMembers({ name: className, fields, methods }: ClassSpec): Member[] {
  const owner = writtenName(className);
  const shown = (fields ?? []).filter(({ hidden }) => !hidden);
  return [
    ...shown.map(({ sig, doc }) => ({
      owner,
      name: sig.split(' ').at(-1)!,
      signature: sig,
      doc,
      isStatic: false,
      isMethod: false,
    })),
    ...(methods ?? []).map(({ sig, doc, static: isStatic }) => {
      const name = /(\w+)(?:<[^(]*>)?\(/.exec(sig)![1]!;
      const signature = name === 'new' ? sig.replace('void new', `new ${owner}`) : `${isStatic ? 'static ' : ''}${sig}`;
      return { owner, name, signature, doc, isStatic: isStatic === true, isMethod: true };
    }),
  ];
}

/** Members of a class and of those above it, its own first; constructors are not among them. */
export function membersOf(spec: ClassSpec): Member[] {
  const above = classes.find(({ name }) => name === spec.super);
  const own = ownMembers(spec).filter(({ name }) => name !== 'new');
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...(above ? membersOf(above).filter(({ name }) => !names.has(name)) : [])];
}

/** Members of all built-in classes, in the order of the table. */
export const allMembers: readonly Member[] = classes.flatMap(ownMembers).filter(({ name }) => name !== 'new');

/** What a class is, and how one is made. */
export function describeClass(spec: ClassSpec): string {
  const name = writtenName(spec.name);
  const above = spec.super ? ` extends ${writtenName(spec.super)}` : '';
  const made = ownMembers(spec).filter((member) => member.name === 'new');
  const head = [`class ${name}${above}`, ...made.map(({ signature }) => signature)];
  return [...code(head), '', spec.doc, ...made.map(({ doc }) => `\n${doc}`)].join('\n');
}

export function describeMembers(members: readonly Member[]): string {
  return members
    .map(({ owner, signature, doc }) => [...code([signature]), '', `**${owner}**: ${doc}`].join('\n'))
    .join('\n\n---\n\n');
}

function code(lines: readonly string[]): string[] {
  return ['```konoha', ...lines, '```'];
}
