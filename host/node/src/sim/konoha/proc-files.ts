/** /proc/konoha: host/linux's proc.c. */
import { newInode, type TreeNode } from '../file-tree.js';
import { OpenFile, type FileOperations } from '../open-file.js';
import { textFile } from '../plain-files.js';
import type { Process } from '../process.js';
import { SystemError, fail } from '../system-error.js';
import type { KonohaModule } from './module.js';
import { SOURCE_MAXIMUM } from './parameters.js';
import { listText, statsText } from './registry.js';

const NAME_SIZE = 32;

/** The files by their names. */
export function procFiles(module: KonohaModule): Record<string, TreeNode> {
  return {
    list: textFile(0o444, () => listText(module.registry.isolates)),
    stats: textFile(0o444, () => statsText(module.registry.isolates)),
    status: textFile(0o400, () => module.status),
    log: textFile(0o400, () => module.log.text),
    unload: requestFile(async (data, process) => await unload(module, data, process)),
    eval: requestFile(async (data, process) => await evaluate(module, data, process)),
  };
}

/** One write is one request, and its error is the write's. */
function requestFile(perform: (data: Uint8Array, process: Process) => Promise<void>): TreeNode {
  const operations: FileOperations = {
    read: () => Promise.reject(fail('EIO')),
    write: async (_file, process, data) => {
      await perform(data, process);
      return data.length;
    },
    seek: (file) => Promise.resolve(file.offset),
  };
  return {
    kind: 'file',
    mode: 0o200,
    inode: newInode(),
    open: (process, flags) =>
      process.privileged ? Promise.resolve(new OpenFile(operations, flags, true)) : Promise.reject(fail('EPERM')),
  };
}

async function unload(module: KonohaModule, data: Uint8Array, process: Process): Promise<void> {
  if (data.length >= NAME_SIZE + 2) throw fail('ENOENT');
  const name = Buffer.from(data).toString('latin1').replace(/\0.*$/s, '').trim();
  if (name === '') throw fail('EINVAL');
  const errno = await module.unload(name, process);
  if (errno !== 0) throw new SystemError(errno);
}

async function evaluate(module: KonohaModule, data: Uint8Array, process: Process): Promise<void> {
  if (data.length === 0) return;
  if (data.length > SOURCE_MAXIMUM) throw fail('EFBIG');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    throw fail('EILSEQ');
  }
  if (text.includes('\0')) throw fail('EILSEQ');
  const { errno } = await module.load(data, false, process);
  if (errno !== 0) throw new SystemError(errno);
}
