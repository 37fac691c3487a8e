/** What is called otherwise here than in the languages that a beginner may come from. */
import { Text, internLiteral } from '../support/texts';

/** What to do about it, and the names there. */
const CLASSES: string[][] = [
  ['write var x = …, or its type: int x = …', 'let', 'const', 'auto'],
  ['write boolean', 'bool', 'Bool'],
  ['write String', 'str', 'string'],
  ['write int, which has 64 bits', 'i32', 'i64', 'u32', 'u64'],
  ['write int[], or the array of another type', 'List', 'ArrayList', 'Vector'],
  ['write Map<String, int> or the like', 'HashMap', 'Dictionary', 'TreeMap'],
  ['write StringBuilder', 'StringBuffer', 'StringIO'],
];

/** The name here, and those there. */
const METHODS: string[][] = [
  ['size', 'length', 'len', 'count'],
  ['add', 'push', 'append', 'push_back'],
  ['substring', 'substr', 'slice'],
  ['upper', 'toUpperCase', 'toUpper', 'upcase'],
  ['lower', 'toLowerCase', 'toLower', 'downcase'],
  ['get', 'charAt', 'at', 'elementAt'],
  ['codeAt', 'charCodeAt', 'codePointAt', 'ord'],
  ['contains', 'includes', 'include', 'containsKey'],
  ['trim', 'strip', 'chomp'],
];

function firstOfRow(rows: string[][], name: Text): Text {
  for (let i = 0; i < rows.length; i++)
    for (let j = 1; j < rows[i].length; j++) if (name == internLiteral(rows[i][j])) return internLiteral(rows[i][0]);
  return 0;
}

/** What to write for the class of another language that has that name, or for its word before a variable; 0: none is known. */
export function homeName(name: Text): Text {
  return firstOfRow(CLASSES, name);
}

/** What the method is called here that other languages give that name; 0: none is known. */
export function homeMethod(name: Text): Text {
  return firstOfRow(METHODS, name);
}
