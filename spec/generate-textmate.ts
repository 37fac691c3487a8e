/**
 * Generates the TextMate grammar that editors colour scripts by: words from the lexer's own lists, classes from
 * `builtins.ts`. A word that is new in the lexer is a keyword here without further ado.
 */
import { classes } from './builtins.js';
import { languageWords } from './words.js';

interface Rule {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly contentName?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Rule[];
  readonly include?: string;
}
type Captures = Readonly<Record<string, { readonly name: string }>>;

const OPERAND_WORDS: Readonly<Record<string, string>> = {
  this: 'variable.language',
  super: 'variable.language',
  true: 'constant.language.boolean',
  false: 'constant.language.boolean',
  null: 'constant.language.null',
};
const OPERATOR_WORDS = ['instanceof', 'and', 'or', 'not'];
const DECLARATION_WORDS = ['class', 'extends', 'var', 'def', 'final'];
/** Of the words that are names elsewhere, those that stand between two operands. */
const SOFT_OPERATORS = ['in', 'to', 'as', 'until', 'mod'];
const STREAMS = ['IN', 'OUT', 'ERR', 'EOL'];

const NAME = '[\\p{L}_][\\p{L}\\p{N}_]*';
const CLASS_NAME = '\\p{Lu}[\\p{L}\\p{N}_]*';

/** Any of the words, alone; behind a dot every word is a name. */
const anyOf = (list: readonly string[]): string => `(?<![\\p{L}\\p{N}_.])(?:${list.join('|')})(?![\\p{L}\\p{N}_])`;

/** `editors/konoha.tmLanguage.json`. */
export function textMateGrammar(): string {
  const { reserved, soft, primitives } = languageWords();
  const named = new Set([...Object.keys(OPERAND_WORDS), ...OPERATOR_WORDS, ...DECLARATION_WORDS]);
  const control = reserved.filter((word) => !named.has(word));
  const softWords = soft.filter((word) => !SOFT_OPERATORS.includes(word));
  const repository: Record<string, Rule> = {
    comments: {
      patterns: [
        { name: 'comment.line.number-sign.shebang.konoha', match: '\\A\\ufeff?#!.*$' },
        { name: 'comment.line.double-slash.konoha', match: '//.*$' },
        { include: '#block-comment' },
      ],
    },
    'block-comment': {
      name: 'comment.block.konoha',
      begin: '/\\*',
      end: '\\*/',
      patterns: [{ include: '#block-comment' }],
    },
    strings: {
      patterns: [
        // Where an operand is wanted.
        regex('(?<=[=(,\\[{:;?!&|+*%<>~^-])\\s*'),
        regex('(?<=\\breturn)\\s+'),
        string('string.quoted.triple.konoha', '"""', '"""(?!")', ['#escape', '#interpolation']),
        string('string.quoted.other.raw.konoha', '@"', '"(?!")', ['#raw-quote']),
        string('string.quoted.double.konoha', '"', '"|(?=$)', ['#escape', '#interpolation']),
        string('string.quoted.single.konoha', "'", "'|(?=$)", ['#escape']),
      ],
    },
    'raw-quote': { name: 'constant.character.escape.konoha', match: '""' },
    escape: {
      patterns: [
        {
          name: 'constant.character.escape.konoha',
          match: '\\\\(?:[ntr0\\\\"\'$]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\\{[0-9A-Fa-f]{1,6}\\})',
        },
        { name: 'invalid.illegal.escape.konoha', match: '\\\\.' },
      ],
    },
    interpolation: {
      name: 'meta.embedded.expression.konoha',
      begin: '\\$\\{',
      end: '\\}',
      beginCaptures: { 0: { name: 'punctuation.section.embedded.begin.konoha' } },
      endCaptures: { 0: { name: 'punctuation.section.embedded.end.konoha' } },
      patterns: [{ include: '#braces' }, { include: '$self' }],
    },
    braces: { begin: '\\{', end: '\\}', patterns: [{ include: '#braces' }, { include: '$self' }] },
    annotations: { name: 'storage.type.annotation.konoha', match: `@${NAME}` },
    numbers: {
      patterns: [
        { name: 'constant.numeric.hex.konoha', match: '\\b0[xX][0-9A-Fa-f_]+\\b' },
        { name: 'constant.numeric.binary.konoha', match: '\\b0[bB][01_]+\\b' },
        {
          name: 'constant.numeric.float.konoha',
          match:
            '\\b\\d[\\d_]*(?:\\.\\d[\\d_]*(?:[eE][+-]?\\d[\\d_]*)?|[eE][+-]?\\d[\\d_]*)\\b|(?<![\\p{L}\\p{N}_)\\]}."\'])\\.\\d[\\d_]*(?:[eE][+-]?\\d[\\d_]*)?\\b',
        },
        { name: 'constant.numeric.integer.konoha', match: '\\b\\d[\\d_]*\\b' },
      ],
    },
    declarations: {
      patterns: [
        {
          match: `(?<![\\p{L}\\p{N}_.])(class|interface|enum)\\s+(${CLASS_NAME}(?:!!)?)`,
          captures: { 1: { name: 'storage.type.class.konoha' }, 2: { name: 'entity.name.type.class.konoha' } },
        },
        {
          match: `(?<![\\p{L}\\p{N}_.])(${CLASS_NAME})(\\.)(${NAME})(?=\\s*\\([^()]*\\)\\s*\\{)`,
          captures: {
            1: { name: 'entity.name.type.konoha' },
            2: { name: 'punctuation.accessor.konoha' },
            3: { name: 'entity.name.function.konoha' },
          },
        },
      ],
    },
    words: {
      patterns: [
        { name: 'storage.type.primitive.konoha', match: anyOf(primitives) },
        { name: 'storage.modifier.konoha', match: anyOf(DECLARATION_WORDS) },
        { name: 'keyword.operator.word.konoha', match: anyOf(OPERATOR_WORDS) },
        ...Object.entries(OPERAND_WORDS).map(([word, name]) => ({
          name: `${name}.${word}.konoha`,
          match: anyOf([word]),
        })),
        { name: 'keyword.control.konoha', match: anyOf(control) },
        // A name if it is called, has members, is assigned or ends an expression.
        { name: 'keyword.operator.word.konoha', match: `${anyOf(SOFT_OPERATORS)}(?=\\s+[\\p{L}\\p{N}_"'(\\[-])` },
        { name: 'keyword.other.konoha', match: `${anyOf(softWords)}(?=\\s+[\\p{L}\\p{N}_"'@(])` },
        { name: 'keyword.operator.word.konoha', match: '(?<![\\p{L}\\p{N}_.])(?:is|in)\\?' },
      ],
    },
    names: {
      patterns: [
        { name: 'entity.name.type.exception.konoha', match: `${CLASS_NAME}!!` },
        { name: 'support.variable.konoha', match: anyOf(STREAMS) },
        { name: 'support.class.konoha', match: anyOf(classes.map(({ name }) => name)) },
        { name: 'constant.other.konoha', match: '(?<![\\p{L}\\p{N}_])\\p{Lu}[\\p{Lu}\\p{N}_]+(?![\\p{L}\\p{N}_])' },
        { name: 'entity.name.type.konoha', match: CLASS_NAME },
        { name: 'variable.other.member.konoha', match: '(?<![\\p{L}\\p{N}_])_[\\p{L}_][\\p{L}\\p{N}_]*' },
        { name: 'entity.name.function.konoha', match: `${NAME}(?=\\()` },
        { name: 'variable.other.konoha', match: NAME },
      ],
    },
    signs: {
      patterns: [
        { name: 'punctuation.accessor.konoha', match: '\\?\\.|\\.(?!\\.)' },
        { name: 'punctuation.separator.konoha', match: '[,;]' },
        { name: 'keyword.operator.konoha', match: '[-+*/%<>=!&|^~?:]+|\\.\\.' },
      ],
    },
  };
  const order = ['comments', 'strings', 'annotations', 'numbers', 'declarations', 'words', 'names', 'signs'];
  const grammar = {
    $comment: 'Generated from spec/ and the lexer by spec/generate.ts; do not edit.',
    name: 'Konoha',
    scopeName: 'source.konoha',
    fileTypes: ['k'],
    patterns: order.map((part) => ({ include: `#${part}` })),
    repository,
  };
  return `${JSON.stringify(grammar, null, 2)}\n`;
}

function regex(front: string): Rule {
  return { match: `${front}(/(?:[^/\\\\\\n]|\\\\.)+/[a-z]*)`, captures: { 1: { name: 'string.regexp.konoha' } } };
}

function string(name: string, begin: string, end: string, includes: readonly string[]): Rule {
  return {
    name,
    begin,
    end,
    beginCaptures: { 0: { name: 'punctuation.definition.string.begin.konoha' } },
    endCaptures: { 0: { name: 'punctuation.definition.string.end.konoha' } },
    patterns: includes.map((include) => ({ include })),
  };
}
