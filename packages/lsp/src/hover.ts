/** What the name under the cursor is: of the script, with its type and comment, or of the library. */
import type { Declaration } from '@konoha/host-node';
import type { Analysis, Mention } from './analysis.js';
import { allMembers, describeClass, describeMembers, findClass, membersOf } from './library.js';
import type { Script } from './script.js';

/** Markdown and the stretch of text that it is about; null where there is nothing to say. */
export function hover(
  script: Script,
  offset: number,
  analysis?: Analysis,
  file = '',
): { markdown: string; start: number; end: number } | null {
  const mention = analysis?.at(file, offset);
  const known = analysis && mention ? describeMention(analysis, mention) : null;
  if (mention && known !== null) return { markdown: known, start: mention.start, end: mention.end };
  const index = script.tokenAt(offset);
  const token = script.tokens[index];
  if (!token || !/^[\p{L}_]/u.test(token.text)) return null;
  const markdown = script.isDot(index - 1) ? describeMember(script, index, token.text) : describeName(token.text);
  return markdown === null ? null : { markdown, start: token.start, end: token.end };
}

function describeMention(analysis: Analysis, { target, type }: Mention): string | null {
  if (typeof target !== 'string') return describeDeclaration(analysis, target, type);
  const [owner, name] = target.split('.');
  const spec = findClass(owner!);
  if (!spec) return null;
  if (name === undefined) return describeClass(spec);
  const members = membersOf(spec).filter((member) => member.name === name);
  return members.length > 0 ? describeMembers(members) : null;
}

function describeDeclaration(analysis: Analysis, declaration: Declaration, type: string): string {
  const { kind, signature, name } = declaration;
  const isVariable = kind === 'variable' || kind === 'constant' || kind === 'local' || kind === 'parameter';
  // A test may have shown more than its declaration says.
  const here = isVariable && type !== '' && signature !== `${type} ${name}` ? `here: ${type}` : '';
  const notes = [here, analysis.comment(declaration)].filter(Boolean);
  return ['```konoha', signature, '```', ...notes.flatMap((note) => ['', note])].join('\n');
}

function describeMember(script: Script, index: number, name: string): string | null {
  const known = script.classOf(index - 2);
  const members = (known ? membersOf(known.spec) : allMembers).filter((member) => member.name === name);
  return members.length > 0 ? describeMembers(members) : null;
}

function describeName(name: string): string | null {
  const spec = findClass(name);
  return spec ? describeClass(spec) : null;
}
