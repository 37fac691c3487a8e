/** The pages of docs/diagnostics: one a code, in a small part of Markdown (paragraphs and fenced blocks). */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the pages lie: `K0203.md`. */
export const PAGES = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'docs', 'diagnostics');

/** A paragraph, a heading (without its `#`), or a fenced block with the words behind its fence. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly marks: readonly string[]; readonly text: string };

/** `K0203` for 203. */
export function codeName(code: number): string {
  return `K${String(code).padStart(4, '0')}`;
}

/** A diagnostic's title for people who have no script in front of them: what the engine fills in is `…`. */
export function plainTitle(title: string): string {
  return title.replace(/%\d/g, '…');
}

/** @throws Error (ENOENT) when there is no page for the code */
export function readPage(code: number): string {
  return readFileSync(join(PAGES, `${codeName(code)}.md`), 'utf8');
}

/** The blocks of a page, in its order. */
export function parsePage(markdown: string): Block[] {
  const blocks: Block[] = [];
  const pattern = /^```(\S*)(.*)\n([^]*?)^```$|^# (.*)$|^(?:(?!```|# ).+\n?)+/gm;
  for (const [whole, language, marks = '', text = '', heading] of markdown.matchAll(pattern)) {
    if (language !== undefined)
      blocks.push({ kind: 'code', language, marks: marks.trim().split(/\s+/).filter(Boolean), text });
    else if (heading !== undefined) blocks.push({ kind: 'heading', text: heading });
    else blocks.push({ kind: 'paragraph', text: whole.trim() });
  }
  return blocks;
}

/** Paragraphs as they are, blocks indented; with colours, headings are bold and code stands out. */
export function showPage(markdown: string, color: boolean): string {
  const paint = (style: string, text: string): string => (color ? `\u001b[${style}m${text}\u001b[0m` : text);
  const inline = (text: string): string =>
    color ? text.replace(/`` ?(.+?) ?``|`([^`]+)`/g, (_, a?: string, b?: string) => paint('36', a ?? b ?? '')) : text;
  const indented = (text: string, style: string): string =>
    text.replace(/^.+$/gm, (line) => `    ${paint(style, line)}`).trimEnd();
  return parsePage(markdown)
    .map((block) => {
      if (block.kind === 'heading') return paint('1', block.text);
      if (block.kind === 'paragraph') return inline(block.text);
      return indented(block.text, block.language === 'text' ? '2' : '36');
    })
    .map((text) => `${text}\n`)
    .join('\n');
}
