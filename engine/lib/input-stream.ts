/**
 * Natives of InputStream. The bytes position … length of the buffer are there to be read; a console's buffer is
 * filled again when it is empty, or widened when a line does not fit.
 */
import {
  SLOT_INPUT_STREAM_BUFFER,
  SLOT_INPUT_STREAM_FD,
  SLOT_INPUT_STREAM_LENGTH,
  SLOT_INPUT_STREAM_POSITION,
} from '../bytecode/builtins.generated';
import { read } from '../vm/env';
import { throwOutOfMemory } from '../vm/exceptions';
import {
  BYT_CAPACITY,
  BYT_DATA,
  MAX_PAYLOAD,
  STR_CHARS,
  STR_DATA,
  countChars,
  getField,
  getReference,
  newBytes,
  newString,
  setField,
  setReferenceField,
} from '../vm/object';
import { need } from '../vm/reclaim';
import { READ_BYTES, throwConsole } from './console';
import { DONE, answer, answerNew, answerNothing, answerReference, chargeBytes, reference } from './native';
import { plainBytes, sanitize, sanitizedLength } from './utf8';

/** `fd` of a stream that gets nothing from the host. */
const FD_NONE: i64 = -1;

function position(stream: usize): i32 {
  return <i32>getField(stream, SLOT_INPUT_STREAM_POSITION);
}

/** Bytes in the buffer that nobody has read. */
function held(stream: usize): i32 {
  return getReference(stream, SLOT_INPUT_STREAM_BUFFER)
    ? <i32>getField(stream, SLOT_INPUT_STREAM_LENGTH) - position(stream)
    : 0;
}

/** Address of the next byte. */
function nextAddress(stream: usize): usize {
  return getReference(stream, SLOT_INPUT_STREAM_BUFFER) + BYT_DATA + <usize>position(stream);
}

function skip(stream: usize, bytes: i32): void {
  setField(stream, SLOT_INPUT_STREAM_POSITION, <i64>(position(stream) + bytes));
}

/**
 * Gets more bytes from the console behind those that are held. A status; `held` grows, or not at the end of input and
 * never for a device's input.
 */
function fill(act: usize, window: usize): i32 {
  let stream = reference(window, 0);
  if (getField(stream, SLOT_INPUT_STREAM_FD) < 0) return DONE;
  const rest = held(stream);
  let buffer = getReference(stream, SLOT_INPUT_STREAM_BUFFER);
  if ((rest > 0 && position(stream) > 0) || rest == 0) {
    memory.copy(buffer + BYT_DATA, nextAddress(stream), <usize>rest);
    setField(stream, SLOT_INPUT_STREAM_POSITION, 0);
    setField(stream, SLOT_INPUT_STREAM_LENGTH, <i64>rest);
  }
  const capacity = load<i32>(buffer, BYT_CAPACITY);
  if (capacity - rest < READ_BYTES >> 1) {
    if (<usize>capacity >= MAX_PAYLOAD >> 1) return throwOutOfMemory(act);
    need(act, ((<usize>capacity) << 1) + 64);
    const wider = newBytes(act, capacity << 1);
    if (!wider) return 1;
    stream = reference(window, 0);
    buffer = getReference(stream, SLOT_INPUT_STREAM_BUFFER);
    memory.copy(wider + BYT_DATA, buffer + BYT_DATA, <usize>rest);
    setReferenceField(stream, SLOT_INPUT_STREAM_BUFFER, wider);
    buffer = wider;
  }
  const room = load<i32>(buffer, BYT_CAPACITY) - rest;
  const got = read(act, <i32>getField(stream, SLOT_INPUT_STREAM_FD), buffer + BYT_DATA + <usize>rest, room);
  if (got < 0 || got > room) return throwConsole(act, got, true);
  setField(stream, SLOT_INPUT_STREAM_LENGTH, <i64>(rest + got));
  return DONE;
}

export function inputRead(act: usize, window: usize): i32 {
  const stream = reference(window, 0);
  if (held(stream) <= 0) {
    const status = fill(act, window);
    if (status != DONE) return status;
    if (held(stream) <= 0) return answer(window, -1);
  }
  const byte = load<u8>(nextAddress(stream));
  skip(stream, 1);
  return answer(window, <i64>byte);
}

/** Answers the next `bytes` bytes as text and moves behind them and `more` bytes. The fuel for copying is taken here. */
function answerText(act: usize, window: usize, bytes: i32, more: i32): i32 {
  const status = chargeBytes(act, <i64>bytes * 2);
  if (status != DONE) return status;
  const at = nextAddress(reference(window, 0));
  const plain = plainBytes(at, bytes) == bytes;
  const length = plain ? <i64>bytes : sanitizedLength(at, bytes);
  if (length > <i64>MAX_PAYLOAD - 64) return throwOutOfMemory(act);
  need(act, <usize>length + 64);
  const stream = reference(window, 0);
  const text = newString(act, <i32>length, bytes);
  if (!text) return 1;
  const from = nextAddress(stream);
  if (length == <i64>bytes) memory.copy(text + STR_DATA, from, <usize>bytes);
  else sanitize(text + STR_DATA, from, bytes);
  if (!plain) store<u32>(text, <u32>countChars(text + STR_DATA, <i32>length), STR_CHARS);
  skip(stream, bytes + more);
  return answerNew(window, text);
}

export function inputReadLine(act: usize, window: usize): i32 {
  let scanned = 0;
  while (true) {
    const stream = reference(window, 0);
    const bytes = held(stream);
    const at = nextAddress(stream);
    const status = chargeBytes(act, <i64>(bytes - scanned));
    if (status != DONE) return status;
    while (scanned < bytes && load<u8>(at + <usize>scanned) != 10) scanned++;
    if (scanned < bytes) {
      const carriage = scanned > 0 && load<u8>(at + <usize>(scanned - 1)) == 13;
      return carriage ? answerText(act, window, scanned - 1, 2) : answerText(act, window, scanned, 1);
    }
    const filled = fill(act, window);
    if (filled != DONE) return filled;
    if (held(stream) <= scanned) break;
  }
  return scanned == 0 ? answerReference(window, 0) : answerText(act, window, scanned, 0);
}

export function inputReadAll(act: usize, window: usize): i32 {
  while (true) {
    const before = held(reference(window, 0));
    const status = fill(act, window);
    if (status != DONE) return status;
    if (held(reference(window, 0)) == before) break;
  }
  return answerText(act, window, held(reference(window, 0)), 0);
}

export function inputAvailable(window: usize): i32 {
  return answer(window, <i64>max(held(reference(window, 0)), 0));
}

export function inputClose(window: usize): i32 {
  const stream = reference(window, 0);
  setField(stream, SLOT_INPUT_STREAM_POSITION, getField(stream, SLOT_INPUT_STREAM_LENGTH));
  setField(stream, SLOT_INPUT_STREAM_FD, FD_NONE);
  return answerNothing(window);
}
