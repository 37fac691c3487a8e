/** What the built-in class or member under the cursor is. */
import { allMembers, describeClass, describeMembers, findClass, membersOf } from './library.js';
import type { Script } from './script.js';

/** Markdown and the token that it is about; null where there is nothing to say. */
export function hover(script: Script, offset: number): { markdown: string; start: number; end: number } | null {
  const index = script.tokenAt(offset);
  const token = script.tokens[index];
  if (!token || !/^[\p{L}_]/u.test(token.text)) return null;
  const markdown = script.isDot(index - 1) ? describeMember(script, index, token.text) : describeName(token.text);
  return markdown === null ? null : { markdown, start: token.start, end: token.end };
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
