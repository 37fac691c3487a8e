/** The whole library: the built-in classes, and what `stdlib/` adds to them, in one shape. */
import { classes, type ClassSpec, type FieldSpec, type MethodSpec } from './builtins.js';
import { readUnits, type UnitMember, type Units } from './units.js';

const methodSpec = ({ name, owner, signature, isStatic, doc }: UnitMember): MethodSpec => ({
  sig: name === 'new' ? signature.replace(`new ${owner}(`, 'void new(') : signature,
  doc,
  ...(isStatic ? { static: true } : {}),
});
const fieldSpec = ({ signature, doc }: UnitMember): FieldSpec => ({ sig: signature, doc });

/** Built-in classes in the order of their table, then those of the units in the order of their files. */
export function libraryClasses(units: Units = readUnits()): ClassSpec[] {
  const methodsOf = (name: string): MethodSpec[] =>
    units.members.filter((m) => m.owner === name && m.isMethod).map(methodSpec);
  const fieldsOf = (name: string): FieldSpec[] =>
    units.members.filter((m) => m.owner === name && !m.isMethod).map(fieldSpec);
  const written = units.classes.filter(({ hidden }) => !hidden);
  return [
    ...classes.map((c) => ({ ...c, methods: [...(c.methods ?? []), ...methodsOf(c.name)] })),
    ...written.map(({ name, head, doc }): ClassSpec => ({
      name,
      super: (/ extends (\w+(?:!!)?)/.exec(head)?.[1] ?? 'Object').replace('!!', 'Exception'),
      doc,
      open: true,
      fields: fieldsOf(name),
      methods: methodsOf(name),
    })),
  ];
}
