/** Words and signs by what they do in a script. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Reserved words that are values. */
export const OPERAND_WORDS = set('this super true false null');
/** What takes a header in parentheses. */
export const HEADER_WORDS = set('if while for foreach switch catch');
/** What takes a body without a header. */
export const BARE_HEADERS = set('else do try finally');
/** Behind these a statement may be complete. */
export const LONE_WORDS = set('return break continue');
/** Words between two operands. */
export const BINARY_WORDS = set('instanceof and or is? in?');
/** Names, except between two operands. */
export const SOFT_BINARY_WORDS = set('in to as until mod');
/** What may stand before the type of a declaration. */
export const MODIFIERS = set('final public protected private static abstract synchronized');
/** Words that go on with a declaration's header in the next line. */
export const HEADER_TAILS = set('extends implements throws');
export const CLASS_WORDS = set('class interface enum');
/** Signs that are one operand's when no operand stands before them. */
export const PREFIX_SIGNS = set('- + ! ~ ++ -- not');
export const BINARY_SIGNS = set(
  '+ - * / % & | ^ << >> >>> == != < <= > >= && || ?? = += -= *= /= %= &= |= ^= <<= >>= >>>= ??= -> =>',
);
