/** Looks for floating-point instructions: the kernel may not run any, its code does not save those registers. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const WABT = join(dirname(createRequire(import.meta.url).resolve('wabt/package.json')), 'bin');

/** The path of one of wabt's programs; they are JavaScript. */
export function wabtProgram(name: string): string {
  return join(WABT, name);
}

/** An x86 operand or instruction that uses SSE, AVX, MMX or x87 registers, as objdump writes it. */
const X86_FLOAT =
  /%[xyz]mm\d|%mm\d|%st\b|\t(f(ld|ild|bld|st|ist|bst|add|sub|mul|div|com|ucom|sqrt|chs|abs|xch|ninit|init)\w*|emms)\b/;

/** In WebAssembly: any instruction on, or value of, f32, f64 or v128. */
const WASM_FLOAT = /\b(f32|f64|v128)\b/;

const SHOWN = 5;

/** Places in a wasm module with floats, at most five, with the function's name. */
export async function floatsInWasm(path: string): Promise<string[]> {
  return await scan(process.execPath, [wabtProgram('wasm-objdump'), '-d', path], WASM_FLOAT, /^[0-9a-f]+ func\[/);
}

/** Places in an object file with float instructions, at most five, with the function's name. */
export async function floatsInObject(path: string): Promise<string[]> {
  return await scan('objdump', ['-d', '--no-show-raw-insn', path], X86_FLOAT, /^[0-9a-f]+ </);
}

async function scan(program: string, options: string[], wanted: RegExp, heading: RegExp): Promise<string[]> {
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', resolve);
  });
  const found: string[] = [];
  let place = '';
  let instructions = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (heading.test(line)) place = line.trim();
    else if (line.startsWith(' ')) instructions++;
    if (found.length < SHOWN && wanted.test(line)) found.push(`${place} ${line.trim()}`);
  }
  const status = await ended;
  const file = options.at(-1)!;
  if (status !== 0) throw new Error(`${program} cannot read ${file} (status ${status})`);
  // A scan that saw nothing has checked nothing.
  if (instructions === 0)
    throw new Error(`${program} shows no instruction in ${file} (${readFileSync(file).length} bytes)`);
  return found;
}
