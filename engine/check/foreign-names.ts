/** What is called otherwise here than in the languages that a beginner may come from. */
import { Text, internLiteral } from '../support/texts';

function isOne(name: Text, a: string, b: string, c: string): bool {
  return name == internLiteral(a) || name == internLiteral(b) || name == internLiteral(c);
}

/** What to write for the class of another language that has that name, or for its word before a variable; 0: none is known. */
export function homeName(name: Text): Text {
  if (isOne(name, 'let', 'const', 'auto')) return internLiteral('write var x = …, or its type: int x = …');
  if (isOne(name, 'bool', 'Bool', 'bool_t')) return internLiteral('write boolean');
  if (isOne(name, 'str', 'string', 'wstring')) return internLiteral('write String');
  if (isOne(name, 'i32', 'i64', 'u32')) return internLiteral('write int, which has 64 bits');
  if (isOne(name, 'List', 'ArrayList', 'Vector')) return internLiteral('write int[], or the array of another type');
  if (isOne(name, 'HashMap', 'Dictionary', 'TreeMap')) return internLiteral('write Map<String, int> or the like');
  return isOne(name, 'StringBuffer', 'StringIO', 'Stringbuilder') ? internLiteral('write StringBuilder') : 0;
}

/** What the method is called here that other languages give that name; 0: none is known. */
export function homeMethod(name: Text): Text {
  if (isOne(name, 'length', 'len', 'count')) return internLiteral('size');
  if (isOne(name, 'push', 'append', 'push_back')) return internLiteral('add');
  if (isOne(name, 'substr', 'slice', 'Substring')) return internLiteral('substring');
  if (isOne(name, 'toUpperCase', 'toUpper', 'upcase')) return internLiteral('upper');
  if (isOne(name, 'toLowerCase', 'toLower', 'downcase')) return internLiteral('lower');
  if (isOne(name, 'charAt', 'at', 'elementAt')) return internLiteral('get');
  if (isOne(name, 'charCodeAt', 'codePointAt', 'ord')) return internLiteral('codeAt');
  if (isOne(name, 'includes', 'include', 'containsKey')) return internLiteral('contains');
  return isOne(name, 'strip', 'chomp', 'Trim') ? internLiteral('trim') : 0;
}
