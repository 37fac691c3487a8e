/** What may be typed next: members behind a dot, else words, classes and the script's own names. */
import { languageWords } from '@konoha/spec/words';
import { CompletionItemKind, MarkupKind, type CompletionItem } from 'vscode-languageserver';
import { allMembers, classes, describeClass, findClass, membersOf, writtenName, type Member } from './library.js';
import type { Analysis } from './analysis.js';
import type { Script } from './script.js';

const { reserved, soft, primitives } = languageWords();
const WORDS: readonly CompletionItem[] = [...reserved, ...primitives, ...soft].map((label) => ({
  label,
  kind: CompletionItemKind.Keyword,
}));
const CLASSES: readonly CompletionItem[] = classes.map((spec) => ({
  label: writtenName(spec.name),
  kind: CompletionItemKind.Class,
  documentation: { kind: MarkupKind.Markdown, value: describeClass(spec) },
}));

export function complete(script: Script, offset: number, analysis?: Analysis, file = ''): CompletionItem[] {
  let last = script.before(offset);
  // A word that is being typed.
  const typed = script.tokens[last];
  if (typed && typed.end >= offset && /^[\p{L}_]/u.test(typed.text)) last--;
  if (script.isDot(last))
    return ownMembers(script, last - 1, analysis, file) ?? membersBehind(script, last - 1).map(memberItem);
  const known = new Set([...WORDS, ...CLASSES].map(({ label }) => label));
  const own = [...script.names()].filter((name) => !known.has(name) && !(typed?.text === name && typed.end === offset));
  return [...WORDS, ...CLASSES, ...own.map((label) => ({ label, kind: CompletionItemKind.Text }))];
}

// Members of a value whose class the script declares.
function ownMembers(script: Script, index: number, analysis?: Analysis, file = ''): CompletionItem[] | undefined {
  const object = script.tokens[index];
  const type = object && analysis?.at(file, object.start)?.type;
  const members = type ? analysis!.members(type) : undefined;
  if (!members) return undefined;
  const root = membersOf(findClass('Object')!).map(memberItem);
  const own = members.map((member): CompletionItem => ({
    label: member.name,
    labelDetails: { description: member.container?.name ?? '' },
    kind: member.kind === 'method' ? CompletionItemKind.Method : CompletionItemKind.Field,
    detail: member.signature,
    documentation: { kind: MarkupKind.Markdown, value: analysis!.comment(member) },
  }));
  return [...own, ...root.filter(({ label }) => !own.some((member) => member.label === label))];
}

function membersBehind(script: Script, index: number): readonly Member[] {
  const known = script.classOf(index);
  if (!known) return [...new Map(allMembers.map((member) => [`${member.name} ${member.owner}`, member])).values()];
  return membersOf(known.spec).filter(({ isStatic }) => isStatic === known.ofClass);
}

function memberItem({ name, owner, signature, doc, isMethod }: Member): CompletionItem {
  return {
    label: name,
    labelDetails: { description: owner },
    kind: isMethod ? CompletionItemKind.Method : CompletionItemKind.Field,
    detail: signature,
    documentation: { kind: MarkupKind.Markdown, value: doc },
  };
}
