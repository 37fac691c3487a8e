/** Types of generated programs, as values; two are the same if they are written the same. */

export type Type =
  | { readonly kind: 'int' | 'boolean' | 'String' | 'Object' | 'Any' | 'void' | 'float' | 'Range' | 'Bytes' }
  | { readonly kind: 'map'; readonly key: Type; readonly value: Type }
  | { readonly kind: 'tuple'; readonly elements: readonly Type[] }
  | { readonly kind: 'class'; readonly name: string; readonly of: readonly Type[] }
  /** A type variable. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'array' | 'nullable'; readonly element: Type }
  | { readonly kind: 'function'; readonly parameters: readonly Type[]; readonly result: Type };

export const INT: Type = { kind: 'int' };
export const BOOLEAN: Type = { kind: 'boolean' };
export const STRING: Type = { kind: 'String' };
export const OBJECT: Type = { kind: 'Object' };
export const ANY: Type = { kind: 'Any' };
export const VOID: Type = { kind: 'void' };
export const FLOAT: Type = { kind: 'float' };
export const RANGE: Type = { kind: 'Range' };
export const BYTES: Type = { kind: 'Bytes' };

export const arrayOf = (element: Type): Type => ({ kind: 'array', element });
export const nullable = (element: Type): Type =>
  element.kind === 'nullable' || element.kind === 'Any' ? element : { kind: 'nullable', element };
export const classType = (name: string, of: readonly Type[] = []): Type => ({ kind: 'class', name, of });

const written = new WeakMap<Type, string>();

/** As a script writes it. */
export function write(type: Type): string {
  let text = written.get(type);
  if (text === undefined) written.set(type, (text = spell(type)));
  return text;
}

function spell(type: Type): string {
  switch (type.kind) {
    case 'class':
      return type.of.length > 0 ? `${type.name}<${type.of.map(write).join(', ')}>` : type.name;
    case 'variable':
      return type.name;
    case 'array':
      return `${write(type.element)}[]`;
    case 'nullable':
      return `${write(type.element)}?`;
    case 'map':
      return `Map<${write(type.key)}, ${write(type.value)}>`;
    case 'tuple':
      return `(${type.elements.map(write).join(', ')})`;
    case 'function':
      return `Func<${type.parameters.map(write).join(', ')}=>${write(type.result)}>`;
    default:
      return type.kind;
  }
}

export function same(a: Type, b: Type): boolean {
  return a === b || write(a) === write(b);
}

/** `type` with its variables as `bindings` say. */
export function substitute(type: Type, bindings: ReadonlyMap<string, Type>): Type {
  switch (type.kind) {
    case 'variable':
      return bindings.get(type.name) ?? type;
    case 'class':
      return type.of.length > 0
        ? classType(
            type.name,
            type.of.map((one) => substitute(one, bindings)),
          )
        : type;
    case 'map':
      return { kind: 'map', key: substitute(type.key, bindings), value: substitute(type.value, bindings) };
    case 'tuple':
      return { kind: 'tuple', elements: type.elements.map((one) => substitute(one, bindings)) };
    case 'array':
      return arrayOf(substitute(type.element, bindings));
    case 'nullable':
      return nullable(substitute(type.element, bindings));
    case 'function':
      return {
        kind: 'function',
        parameters: type.parameters.map((one) => substitute(one, bindings)),
        result: substitute(type.result, bindings),
      };
    default:
      return type;
  }
}
