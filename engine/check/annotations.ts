/** Annotations: the script's settings, and the flags of methods and fields. */
import {
  K0207_MISPLACED_ANNOTATION,
  K0208_UNKNOWN_ANNOTATION,
  K0703_BAD_DEVICE_NAME,
  K0704_BAD_SETTING,
} from '../diagnostics/codes.generated';
import {
  CLASS,
  FIELD,
  INT_LITERAL,
  Node,
  STRING_LITERAL,
  aOf,
  bOf,
  fOf,
  kindOf,
  nextOf,
  startOf,
  endOf,
} from '../syntax/ast';
import { Text, internLiteral, textByte, textLength } from '../support/texts';
import { priming } from './model';
import { isTranslator } from './translators';
import { consider, joined, problem, startSuggestion, suggestion } from './problem';

// What a declaration's annotations say
export const A_OVERRIDE: i32 = 1;
export const A_FINAL: i32 = 2;
export const A_STATIC: i32 = 4;
export const A_ABSTRACT: i32 = 8;
export const A_STREAM: i32 = 16;
export const A_STRUCT: i32 = 32;
export const A_IOCTL: i32 = 64;
export const A_PRIVATE: i32 = 128;
export const A_DEPRECATED: i32 = 256;
export const A_CONST: i32 = 512;
export const A_SINGLETON: i32 = 1024;
export const A_SEMANTIC: i32 = 2048;
export const A_OVERLOAD: i32 = 4096;

const DEFAULT_MAGIC: i32 = 0xe7;

/** The script's settings. */
export class Settings {
  name: Text = 0;
  /** File mode of its devices, or -1. */
  mode: i32 = -1;
  /** Bytes, or 0. */
  heap: i32 = 0;
  /** Fuel per operation, or 0. */
  fuel: i64 = 0;
  /** Type byte of ioctl commands, where a class does not say its own. */
  magic: i32 = DEFAULT_MAGIC;
}

const KNOWN =
  'Override Overload Final Static Abstract Const Deprecated Semantic Singleton Private Stream Name Mode Heap Fuel Magic Ioctl Struct Size I8 U8 I16 U16 I32 U32';

function reportUnknown(node: Node): void {
  const name = aOf(node);
  if (is(name, 'Native')) {
    problem(
      K0207_MISPLACED_ANNOTATION,
      node,
      joined('@', name, ''),
      internLiteral('it belongs to a class in the declarations of a binding'),
    );
    return;
  }
  startSuggestion(name);
  let from = 0;
  for (let i = 0; i <= KNOWN.length; i++) {
    if (i == KNOWN.length || KNOWN.charCodeAt(i) == 32) {
      consider(internLiteral(KNOWN.substring(from, i)));
      from = i + 1;
    }
  }
  problem(K0208_UNKNOWN_ANNOTATION, node, joined('@', name, ''), suggestion());
}

function is(name: Text, literal: string): bool {
  return name == internLiteral(literal);
}

/** The A_* flags of a declaration's annotations; reports those that do not belong there. */
export function declarationFlags(declaration: Node, isMethod: bool): i32 {
  let flags = 0;
  for (let n = <Node>fOf(declaration); n != 0; n = nextOf(n)) {
    const name = aOf(n);
    if (is(name, 'Abstract') && kindOf(declaration) == CLASS) flags |= A_ABSTRACT;
    else if (is(name, 'Static')) flags |= A_STATIC;
    else if (priming && (is(name, 'At') || is(name, 'Library') || is(name, 'Instance'))) continue;
    else if (is(name, 'Deprecated')) flags |= A_DEPRECATED;
    else if (is(name, 'Const')) {
      if (kindOf(declaration) != FIELD && kindOf(declaration) != CLASS)
        misplaced(n, 'it belongs to a variable, a field or a class');
      flags |= A_CONST;
    } else if (is(name, 'Overload')) {
      if (!isMethod || isTranslator(declaration)) misplaced(n, 'it belongs to a function or a method');
      else if (aOf(declaration) == 0) misplaced(n, 'a class has one constructor: give its parameters defaults');
      else flags |= A_OVERLOAD;
    } else if (is(name, 'Singleton')) {
      if (kindOf(declaration) != CLASS) misplaced(n, 'it belongs to a class');
      else flags |= A_SINGLETON;
    } else if (is(name, 'Semantic')) {
      if (!isTranslator(declaration)) misplaced(n, 'it belongs to a translator: String : (Person p) { … }');
      flags |= A_SEMANTIC;
    } else if (is(name, 'Private')) {
      if (kindOf(declaration) == CLASS) misplaced(n, 'it belongs to a member of a class');
      flags |= A_PRIVATE;
    } else if (is(name, 'Final')) flags |= A_FINAL;
    else if (is(name, 'Struct') || is(name, 'Magic')) {
      if (kindOf(declaration) != CLASS) misplaced(n, 'it belongs to a class');
      else if (is(name, 'Struct')) flags |= A_STRUCT;
    } else if (is(name, 'Size') || widthOf(name) > 0) {
      if (kindOf(declaration) != FIELD) misplaced(n, 'it belongs to a field of a @Struct class');
    } else if (is(name, 'Ioctl')) {
      if (isMethod) flags |= A_IOCTL;
      else misplaced(n, 'it belongs to a method of a device');
    } else if (is(name, 'Override') || is(name, 'Abstract') || is(name, 'Stream')) {
      if (!isMethod)
        problem(K0207_MISPLACED_ANNOTATION, n, joined('@', name, ''), internLiteral('it belongs to a method'));
      flags |= is(name, 'Override') ? A_OVERRIDE : is(name, 'Abstract') ? A_ABSTRACT : A_STREAM;
    } else if (is(name, 'Name') || is(name, 'Mode') || is(name, 'Heap') || is(name, 'Fuel')) {
      problem(
        K0207_MISPLACED_ANNOTATION,
        n,
        joined('@', name, ''),
        internLiteral('it belongs to the script: write it before the first item'),
      );
    } else reportUnknown(n);
  }
  return flags;
}

function misplaced(annotation: Node, hint: string): void {
  problem(K0207_MISPLACED_ANNOTATION, annotation, joined('@', aOf(annotation), ''), internLiteral(hint));
}

/** The annotation of that name in front of a declaration, or 0. */
export function annotationOf(declaration: Node, name: string): Node {
  if (declaration == 0) return 0;
  for (let n = <Node>fOf(declaration); n != 0; n = nextOf(n)) if (is(aOf(n), name)) return n;
  return 0;
}

/** Bits that `@I8` … `@U32` give an int in a C struct, 100 more with a sign; 0: another annotation. */
export function widthOf(name: Text): i32 {
  if (is(name, 'U8')) return 8;
  if (is(name, 'U16')) return 16;
  if (is(name, 'U32')) return 32;
  if (is(name, 'I8')) return 108;
  if (is(name, 'I16')) return 116;
  if (is(name, 'I32')) return 132;
  return 0;
}

/** The number in an annotation's parentheses, if it is from `least` to `most`; else `least` - 1, reported. */
export function annotationNumber(n: Node, least: i32, most: i32, hint: string): i32 {
  const argument = <Node>bOf(n);
  const single = argument != 0 && nextOf(argument) == 0 && kindOf(argument) == INT_LITERAL;
  const value = single ? literalValue(argument) : <i64>least - 1;
  if (value >= <i64>least && value <= <i64>most) return <i32>value;
  problem(
    K0704_BAD_SETTING,
    n,
    joined('@', aOf(n), ''),
    internLiteral(argument == 0 ? 'without a number' : 'this'),
    internLiteral(hint),
  );
  return least - 1;
}

/** What `@Magic` says, or `otherwise`. */
export function magicOf(annotation: Node, otherwise: i32): i32 {
  if (annotation == 0) return otherwise;
  const value = annotationNumber(annotation, 0, 255, 'write the type byte of the commands, as in @Magic(0xE7)');
  return value < 0 ? otherwise : value;
}

/** Is it 1 to 31 letters, digits, `-`, `_`, beginning with a letter? */
export function isDeviceName(name: Text): bool {
  const length = textLength(name);
  if (length < 1 || length > 31) return false;
  for (let i = 0; i < length; i++) {
    const c = textByte(name, i);
    const letter = (c | 32) >= 97 && (c | 32) <= 122;
    if (!letter && (i == 0 || !((c >= 48 && c <= 57) || c == 45 || c == 95))) return false;
  }
  return true;
}

/** Reads the annotations in front of the script. `source` is the address of the text, for octal modes. */
export function readSettings(root: Node, source: usize): Settings {
  const settings = new Settings();
  for (let n = <Node>fOf(root); n != 0; n = nextOf(n)) {
    const name = aOf(n);
    const argument = <Node>bOf(n);
    if (is(name, 'Name')) {
      if (argument == 0 || kindOf(argument) != STRING_LITERAL)
        setting(n, '@Name', 'without a text', 'write @Name("hello")');
      else if (!isDeviceName(aOf(argument))) problem(K0703_BAD_DEVICE_NAME, argument, aOf(argument));
      else settings.name = aOf(argument);
    } else if (is(name, 'Mode')) {
      const value = argument != 0 && kindOf(argument) == INT_LITERAL ? modeValue(argument, source) : -1;
      if (value < 0 || value > 511) setting(n, '@Mode', 'this', 'write file permissions, as in @Mode(0666)');
      else settings.mode = value;
    } else if (is(name, 'Heap')) {
      const value = sizeValue(argument);
      if (value < 65536 || value > 1073741824)
        setting(n, '@Heap', 'this', 'write bytes, or a text as "256K" or "4M", from 64K to 1G');
      else settings.heap = <i32>value;
    } else if (is(name, 'Fuel')) {
      const value = argument != 0 && kindOf(argument) == INT_LITERAL ? literalValue(argument) : 0;
      if (value < 1) setting(n, '@Fuel', 'this', 'write the number of back edges and calls one operation may take');
      else settings.fuel = value;
    } else if (is(name, 'Magic')) settings.magic = magicOf(n, settings.magic);
    else reportUnknown(n);
  }
  return settings;
}

function setting(node: Node, what: string, found: string, hint: string): void {
  problem(K0704_BAD_SETTING, node, internLiteral(what), internLiteral(found), internLiteral(hint));
}

/** Value of an INT_LITERAL; the bits of a FLOAT_LITERAL. */
export function literalValue(node: Node): i64 {
  return ((<i64>bOf(node)) << 32) | ((<i64>aOf(node)) & 0xffffffff);
}

// 0666 is octal here, as everywhere that file modes are written.
function modeValue(node: Node, source: usize): i32 {
  const start = startOf(node);
  if (load<u8>(source + <usize>start) != 48 || endOf(node) - start < 2) return <i32>literalValue(node);
  let value = 0;
  for (let i = start; i < endOf(node); i++) {
    const digit = <i32>load<u8>(source + <usize>i) - 48;
    if (digit < 0 || digit > 7 || value > 511) return -1;
    value = value * 8 + digit;
  }
  return value;
}

// Bytes of 65536, "64K", "4M" or "1G"; -1 if it is none of them.
function sizeValue(node: Node): i64 {
  if (node == 0) return -1;
  if (kindOf(node) == INT_LITERAL) return literalValue(node);
  if (kindOf(node) != STRING_LITERAL) return -1;
  const text = aOf(node);
  const length = textLength(text);
  let value: i64 = 0;
  for (let i = 0; i < length; i++) {
    const c = textByte(text, i);
    if (c >= 48 && c <= 57 && value < 1073741824) value = value * 10 + <i64>(c - 48);
    else if (i > 0 && i == length - 1 && (c | 32) == 107) value <<= 10;
    else if (i > 0 && i == length - 1 && (c | 32) == 109) value <<= 20;
    else if (i > 0 && i == length - 1 && (c | 32) == 103) value <<= 30;
    else return -1;
  }
  return value;
}
