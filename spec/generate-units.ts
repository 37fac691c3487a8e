/** Generates the engine's table of the library's units from `stdlib/*.k`. */
import { readUnits } from './units.js';

/** `engine/library/units.generated.ts`. */
export function unitTables(): string {
  const { files, chunks, pieces } = readUnits();
  const bytes: number[] = [];
  const put = (text: string): [number, number] => {
    const at = bytes.length;
    const encoded = Buffer.from(text, 'utf8');
    bytes.push(...encoded);
    return [at, encoded.length];
  };
  const names: string[] = [];
  const nameIndex = (name: string): number => {
    const at = names.indexOf(name);
    return at >= 0 ? at : names.push(name) - 1;
  };
  const triggers: number[] = [];
  for (const chunk of chunks) for (const name of chunk.triggers) nameIndex(name);
  const triggering = names.length;
  const mentions: number[] = [];
  const chunkRows = chunks.map((c) => {
    const firstTrigger = triggers.length;
    triggers.push(...c.triggers.map(nameIndex));
    const firstMention = mentions.length;
    mentions.push(
      ...c.mentions.filter((name) => names.indexOf(name) >= 0 && names.indexOf(name) < triggering).map(nameIndex),
    );
    return [
      c.owner,
      c.isClass ? 1 : 0,
      c.outside === '' ? -1 : nameIndex(c.outside),
      firstTrigger,
      triggers.length - firstTrigger,
      firstMention,
      mentions.length - firstMention,
    ];
  });
  const pieceRows = pieces.map((p) => [files.indexOf(p.file), p.line, p.chunk, ...put(p.text)]);
  const fileRows = files.map((file) => put(`stdlib/${file}`));
  const nameRows = names.map((name) => put(name));
  const data = (type: string, rows: readonly (number | readonly number[])[]): string =>
    `memory.data<${type}>([${(rows.flat().length > 0 ? rows.flat() : [0]).join(', ')}])`;
  const lines = ['// Generated from stdlib/*.k by spec/generate.ts; do not edit.', ''];
  const constant = (name: string, value: number, doc: string): void => {
    lines.push(`/** ${doc} */`, `export const ${name}: i32 = ${value};`);
  };
  constant('UNIT_FILES', files.length, 'Files.');
  constant('UNIT_CHUNKS', chunks.length, 'Chunks: what is compiled or left out as a whole.');
  constant('UNIT_PIECES', pieces.length, 'Pieces: runs of text, in the order of files and lines.');
  constant('UNIT_NAMES', names.length, 'Names of chunks, then of classes that chunks add methods to.');
  lines.push(
    '',
    `const bytes: usize = ${data('u8', bytes)};`,
    `const fileTable: usize = ${data('i32', fileRows)};`,
    `const nameTable: usize = ${data('i32', nameRows)};`,
    `const chunkTable: usize = ${data('i32', chunkRows)};`,
    `const pieceTable: usize = ${data('i32', pieceRows)};`,
    `const triggerTable: usize = ${data('u16', triggers)};`,
    `const mentionTable: usize = ${data('u16', mentions)};`,
    '',
    'function word(table: usize, index: i32): i32 {',
    '  return load<i32>(table + <usize>(index << 2));',
    '}',
  );
  const accessor = (name: string, table: string, columns: number, column: number, doc: string): void => {
    lines.push(
      `/** ${doc} */`,
      `export function ${name}(index: i32): i32 {`,
      `  return word(${table}, index * ${columns} + ${column});`,
      '}',
    );
  };
  const address = (name: string, table: string, columns: number, column: number, doc: string): void => {
    lines.push(
      `/** ${doc} */`,
      `export function ${name}(index: i32): usize {`,
      `  return bytes + <usize>word(${table}, index * ${columns} + ${column});`,
      '}',
    );
  };
  address('unitFileAddress', 'fileTable', 2, 0, "Address of a file's name.");
  accessor('unitFileLength', 'fileTable', 2, 1, "Length of a file's name.");
  address('unitNameAddress', 'nameTable', 2, 0, 'Address of a name.');
  accessor('unitNameLength', 'nameTable', 2, 1, 'Length of a name.');
  accessor('chunkOwner', 'chunkTable', 7, 0, 'Chunk of the class that a chunk is a member of, or -1.');
  accessor('chunkIsClass', 'chunkTable', 7, 1, 'Is it a class?');
  accessor('chunkOutside', 'chunkTable', 7, 2, 'Name of the class that a method from outside belongs to, or -1.');
  accessor('chunkFirstTrigger', 'chunkTable', 7, 3, 'First of its triggers, its own name.');
  accessor('chunkTriggers', 'chunkTable', 7, 4, 'Names that stand for it.');
  accessor('chunkFirstMention', 'chunkTable', 7, 5, 'First of its mentions.');
  accessor('chunkMentions', 'chunkTable', 7, 6, 'Names in it.');
  accessor('pieceFile', 'pieceTable', 5, 0, 'File of a piece.');
  accessor('pieceLine', 'pieceTable', 5, 1, 'Line in the file, from 1.');
  accessor('pieceChunk', 'pieceTable', 5, 2, 'Chunk that it is of.');
  address('pieceAddress', 'pieceTable', 5, 3, 'Address of its text.');
  accessor('pieceLength', 'pieceTable', 5, 4, 'Bytes of its text.');
  for (const [name, table] of [
    ['triggerName', 'triggerTable'],
    ['mentionName', 'mentionTable'],
  ] as const)
    lines.push(
      '/** Name at `index`. */',
      `export function ${name}(index: i32): i32 {`,
      `  return <i32>load<u16>(${table} + <usize>(index << 1));`,
      '}',
    );
  lines.push('');
  return lines.join('\n');
}
