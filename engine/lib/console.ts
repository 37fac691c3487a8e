/** `IN`, `OUT` and `ERR`: one object each for the isolate's life. Text for the console leaves in whole lines. */
import {
  CLASS_INPUT_STREAM,
  CLASS_INTERRUPTED_EXCEPTION,
  CLASS_IO_EXCEPTION,
  CLASS_OUTPUT_STREAM,
  SLOT_INPUT_STREAM_BUFFER,
  SLOT_INPUT_STREAM_FD,
  SLOT_OUTPUT_STREAM_BUFFER,
  SLOT_OUTPUT_STREAM_FD,
  SLOT_OUTPUT_STREAM_LENGTH,
} from '../bytecode/builtins.generated';
import { shade } from '../vm/cycles';
import { write } from '../vm/env';
import {
  BYT_DATA,
  getField,
  getReference,
  makeImmortal,
  newBytes,
  newInstance,
  setField,
  setReferenceField,
} from '../vm/object';
import { need } from '../vm/reclaim';
import { throwNumbers } from './message';
import { DONE, answerNew } from './native';

const FD_IN: i32 = 0;
export const FD_OUT: i32 = 1;
export const FD_ERR: i32 = 2;
/** Bytes of an unfinished line that are kept. */
const LINE_BYTES: i32 = 1024;
/** Bytes that one read from the console asks for. */
export const READ_BYTES: i32 = 4096;

const EINTR: i32 = 4;

// The three objects, immortal; 0 until first used.
let input: usize = 0;
let output: usize = 0;
let errors: usize = 0;

/** Forgets the streams; the heap was laid out anew. */
export function consoleInit(): void {
  input = 0;
  output = 0;
  errors = 0;
}

/** Roots of the cycle collector. */
export function shadeStreams(): void {
  shade(input);
  shade(output);
  shade(errors);
}

function newConsoleOutput(act: usize, fd: i32): usize {
  need(act, <usize>LINE_BYTES + 256);
  const buffer = newBytes(act, LINE_BYTES);
  const stream = buffer ? newInstance(act, CLASS_OUTPUT_STREAM) : 0;
  if (!stream) return 0;
  setField(stream, SLOT_OUTPUT_STREAM_FD, <i64>fd);
  setReferenceField(stream, SLOT_OUTPUT_STREAM_BUFFER, buffer);
  makeImmortal(stream);
  return stream;
}

export function streamOut(act: usize, window: usize): i32 {
  if (!output) output = newConsoleOutput(act, FD_OUT);
  return answerNew(window, output);
}

/** The `ERR` object; 0: exception pending. */
export function errorStream(act: usize): usize {
  if (!errors) errors = newConsoleOutput(act, FD_ERR);
  return errors;
}

export function streamErr(act: usize, window: usize): i32 {
  return answerNew(window, errorStream(act));
}

export function streamIn(act: usize, window: usize): i32 {
  if (!input) {
    need(act, <usize>READ_BYTES + 256);
    const buffer = newBytes(act, READ_BYTES);
    const stream = buffer ? newInstance(act, CLASS_INPUT_STREAM) : 0;
    if (stream) {
      setField(stream, SLOT_INPUT_STREAM_FD, <i64>FD_IN);
      setReferenceField(stream, SLOT_INPUT_STREAM_BUFFER, buffer);
      makeImmortal(stream);
    }
    input = stream;
  }
  return answerNew(window, input);
}

/** Throws what a failed console call means. */
export function throwConsole(act: usize, result: i32, reading: bool): i32 {
  const errno = -result;
  if (errno == EINTR) return throwNumbers(act, CLASS_INTERRUPTED_EXCEPTION, 'a signal came', 0, 0);
  if (reading)
    return throwNumbers(act, CLASS_IO_EXCEPTION, 'reading from the console failed, errno {a}', <i64>errno, 0);
  return throwNumbers(act, CLASS_IO_EXCEPTION, 'writing to the console failed, errno {a}', <i64>errno, 0);
}

/** Hands bytes to the host. A status. */
function deliver(act: usize, fd: i32, at: usize, bytes: i32): i32 {
  let done = 0;
  while (done < bytes) {
    const result = write(act, fd, at + <usize>done, bytes - done);
    if (result <= 0 || result > bytes - done) return throwConsole(act, result, false);
    done += result;
  }
  return DONE;
}

/** Hands the unfinished line of a console stream on. A status; what could not be written is dropped. */
export function flushConsole(act: usize, stream: usize): i32 {
  const length = <i32>getField(stream, SLOT_OUTPUT_STREAM_LENGTH);
  if (length == 0) return DONE;
  setField(stream, SLOT_OUTPUT_STREAM_LENGTH, 0);
  return deliver(
    act,
    <i32>getField(stream, SLOT_OUTPUT_STREAM_FD),
    getReference(stream, SLOT_OUTPUT_STREAM_BUFFER) + BYT_DATA,
    length,
  );
}

/** Position behind the last line end in the bytes; 0: none. */
function behindLastLine(at: usize, bytes: i32): i32 {
  let p = bytes;
  while (p > 0 && load<u8>(at + <usize>(p - 1)) != 10) p--;
  return p;
}

/** Takes text for the console: whole lines go on at once, the rest waits for its end. A status. */
export function writeConsole(act: usize, stream: usize, at: usize, bytes: i32): i32 {
  const fd = <i32>getField(stream, SLOT_OUTPUT_STREAM_FD);
  const line = getReference(stream, SLOT_OUTPUT_STREAM_BUFFER) + BYT_DATA;
  let from = at;
  let left = bytes;
  while (left > 0) {
    const held = <i32>getField(stream, SLOT_OUTPUT_STREAM_LENGTH);
    const whole = behindLastLine(from, left);
    if (held == 0 && whole > 0) {
      const status = deliver(act, fd, from, whole);
      if (status != DONE) return status;
      from += <usize>whole;
      left -= whole;
      continue;
    }
    // A started line is completed in the buffer, so that it leaves in one piece.
    // What no stream of ours can hold: an image without a compiler took another object for one. Never go round for nothing.
    if (<u32>held >= <u32>LINE_BYTES) unreachable();
    let take = min(left, LINE_BYTES - held);
    if (whole > 0) {
      let first = 0;
      while (load<u8>(from + <usize>first) != 10) first++;
      take = min(take, first + 1);
    }
    memory.copy(line + <usize>held, from, <usize>take);
    setField(stream, SLOT_OUTPUT_STREAM_LENGTH, <i64>(held + take));
    from += <usize>take;
    left -= take;
    if (held + take == LINE_BYTES || load<u8>(from - 1) == 10) {
      const status = flushConsole(act, stream);
      if (status != DONE) return status;
    }
  }
  return DONE;
}

/** Hands the unfinished line on; nobody hears of it if that fails. */
function flushQuietly(act: usize, stream: usize): void {
  const length = <i32>getField(stream, SLOT_OUTPUT_STREAM_LENGTH);
  setField(stream, SLOT_OUTPUT_STREAM_LENGTH, 0);
  if (length != 0)
    write(
      act,
      <i32>getField(stream, SLOT_OUTPUT_STREAM_FD),
      getReference(stream, SLOT_OUTPUT_STREAM_BUFFER) + BYT_DATA,
      length,
    );
}

/**
 * The end of a call from outside that came to `status`: hands on unfinished lines, `OUT` first. Returns the status; one
 * that was 0 may become 1, with the exception of a write that failed. Another pending exception stays.
 */
export function consoleFinish(act: usize, status: i32): i32 {
  let end = status;
  if (end == DONE && output) end = flushConsole(act, output);
  if (end == DONE && errors) end = flushConsole(act, errors);
  if (end != DONE && output) flushQuietly(act, output);
  if (end != DONE && errors) flushQuietly(act, errors);
  return end;
}
