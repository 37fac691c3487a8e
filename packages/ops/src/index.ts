/** Operation scripts: their text, their run on any target, expectations, transcripts. See docs/operation-scripts.md. */
export {
  OPEN_FLAGS,
  POLL_EVENTS,
  SEEK,
  type Expectation,
  type Feature,
  type Operation,
  type OperationScript,
  type OperationStep,
  type Requirements,
  type Step,
} from './ast.js';
export { compareTranscripts, type NamedTranscript } from './compare.js';
export { describeOutcome, findMismatch } from './expect.js';
export { HOME, driversBeside, type PlacedFile } from './home.js';
export { MAIN_PROCESS, parseOperationScript } from './parse.js';
export { OperationFailure, runOperationScript, type Observer, type TranscriptEntry } from './run.js';
export { OverdueError, TargetGoneError, type MemoryUse, type Outcome, type Request, type Target } from './target.js';
export { ScriptError, quote, unescapeText } from './words.js';
