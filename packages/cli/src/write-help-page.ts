/** Writes the generated part of docs/command-line.md anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { BEGIN, helpPage } from './help-page.js';
import { commandLine } from './main.js';

const PAGE = new URL('../../../docs/command-line.md', import.meta.url);
const [written = ''] = readFileSync(PAGE, 'utf8').split(BEGIN);
writeFileSync(PAGE, written + helpPage(commandLine(() => undefined)));
