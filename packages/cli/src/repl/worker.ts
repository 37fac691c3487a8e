/** The thread that holds the shell's session: entries run here, so that the other one can listen to the keyboard. */
import { parentPort, workerData } from 'node:worker_threads';
import {
  EngineTrap,
  LoadError,
  Session,
  processStreams,
  textInput,
  type Compilation,
  type Outcome,
} from '@konoha/host-node';
import { nativeOf } from '../jit.js';
import type { Answer, Request, WorkerData } from './protocol.js';

const { stop, heap, jit } = workerData as WorkerData;
const flag = new Int32Array(stop);
const NO_LIMIT = (1n << 62n) - 1n;

function start(): Session {
  return new Session({
    // The keyboard belongs to the shell.
    streams: { ...processStreams(), in: textInput('') },
    loadFuel: NO_LIMIT,
    stop: () => Atomics.load(flag, 0) !== 0,
    ...nativeOf(jit),
    ...(heap === undefined ? {} : { heap }),
  });
}

let session = start();

function rendered(compilation: Compilation, color: boolean): string {
  return compilation.render(color ? 'ansi' : 'plain');
}

function ended(outcome: Outcome | undefined): Answer {
  if (!outcome || outcome.status === 'ok') return { text: '', failed: false };
  return { text: outcome.status === 'killed' ? 'interrupted\n' : `${outcome.text.trimEnd()}\n`, failed: true };
}

function answer(request: Request): Answer {
  switch (request.kind) {
    case 'enter': {
      const { compilation, outcome } = session.enter(request.text, request.name);
      const shown = rendered(compilation, request.color);
      if (session.exitStatus !== undefined) return { text: shown, failed: false, exit: session.exitStatus };
      const { text, failed } = ended(outcome);
      return { text: shown + text, failed: failed || compilation.errors !== 0 };
    }
    case 'type': {
      const compilation = session.compile(request.text, '<type>');
      if (compilation.errors !== 0) return { text: rendered(compilation, request.color), failed: true };
      const type = compilation.lastType;
      return type === ''
        ? { text: 'it has no value: :type takes an expression\n', failed: true }
        : { text: `${type}\n`, failed: false };
    }
    case 'listing': {
      const text = session.listing(request.name);
      return text === '' ? { text: `nothing is named ${request.name}\n`, failed: true } : { text, failed: false };
    }
    case 'complete':
      return { text: session.names(request.receiver).join('\n'), failed: false };
  }
}

function safely(request: Request): Answer {
  try {
    return answer(request);
  } catch (error) {
    if (error instanceof LoadError) return { text: `${error.message}: the entry was not taken\n`, failed: true };
    if (!(error instanceof EngineTrap)) throw error;
    session = start();
    return {
      text: `${error.message}; this is a bug of Konoha, please report it. The shell starts anew\n`,
      failed: true,
    };
  }
}

parentPort?.on('message', (request: Request) => {
  parentPort?.postMessage(safely(request));
});
