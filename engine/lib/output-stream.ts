/** Natives of OutputStream: a device's output gathers in a growing buffer, a console's goes by lines. */
import {
  CLASS_IO_EXCEPTION,
  SLOT_OUTPUT_STREAM_BUFFER,
  SLOT_OUTPUT_STREAM_FD,
  SLOT_OUTPUT_STREAM_LENGTH,
} from '../bytecode/builtins.generated';
import { MAX_OUTPUT as OUTPUT_BYTES } from '../bytecode/layout';
import { decimalLength, writeDecimalAt } from '../vm/literal';
import {
  BYT_CAPACITY,
  BYT_DATA,
  STR_DATA,
  getField,
  getReference,
  isBytes,
  newBytes,
  setField,
  setReferenceField,
} from '../vm/object';
import { need } from '../vm/reclaim';
import { flushConsole, writeConsole } from './console';
import { throwNumbers } from './message';
import { DONE, answerNothing, chargeBytes, integer, reference } from './native';
import { bytesOf } from './string';

const MAX_OUTPUT: i32 = <i32>OUTPUT_BYTES;
/** First size of a device's buffer. */
const FIRST_BYTES: i32 = 256;
/** A text from this length on, all that a stream has, is its buffer as it is: texts do not change. */
const WHOLE_BYTES: i32 = 512;

/** Bytes on their way to a console; filled and handed on within one native. */
const scratch: usize = memory.data(32);
const lineEnd: usize = memory.data<u8>([10]);

function isConsole(stream: usize): bool {
  return getField(stream, SLOT_OUTPUT_STREAM_FD) > 0;
}

/**
 * Room for `bytes` more bytes in the buffer of the device stream that is argument 0; the address to write them to, and
 * they count as written. 0: exception pending, nothing was written.
 */
function extend(act: usize, window: usize, bytes: i32): usize {
  let stream = reference(window, 0);
  if (getField(stream, SLOT_OUTPUT_STREAM_FD) < 0) {
    throwNumbers(act, CLASS_IO_EXCEPTION, 'the operation that this stream belongs to is over', 0, 0);
    return 0;
  }
  const length = <i32>getField(stream, SLOT_OUTPUT_STREAM_LENGTH);
  const wanted = length + bytes;
  if (bytes > MAX_OUTPUT || wanted > MAX_OUTPUT) {
    throwNumbers(act, CLASS_IO_EXCEPTION, 'more than {a} bytes of output that nobody has read', <i64>MAX_OUTPUT, 0);
    return 0;
  }
  let buffer = getReference(stream, SLOT_OUTPUT_STREAM_BUFFER);
  // A text in its place has no room behind it.
  const whole = buffer != 0 && !isBytes(buffer);
  if (!buffer || whole || wanted > load<i32>(buffer, BYT_CAPACITY)) {
    let capacity = buffer && !whole ? load<i32>(buffer, BYT_CAPACITY) << 1 : FIRST_BYTES;
    // No buffer of ours is empty: an image without a compiler took another object for one.
    if (capacity <= 0) unreachable();
    while (capacity < wanted) capacity <<= 1;
    if (capacity > MAX_OUTPUT) capacity = MAX_OUTPUT;
    need(act, <usize>capacity + 64);
    const wider = newBytes(act, capacity);
    if (!wider) return 0;
    stream = reference(window, 0);
    buffer = getReference(stream, SLOT_OUTPUT_STREAM_BUFFER);
    if (buffer) memory.copy(wider + BYT_DATA, buffer + (whole ? STR_DATA : BYT_DATA), <usize>length);
    setReferenceField(stream, SLOT_OUTPUT_STREAM_BUFFER, wider);
    buffer = wider;
  }
  setField(stream, SLOT_OUTPUT_STREAM_LENGTH, <i64>wanted);
  return buffer + BYT_DATA + <usize>length;
}

/** Sends argument 1, and a line end if wanted. All or nothing to a device. */
function send(act: usize, window: usize, line: bool): i32 {
  const bytes = bytesOf(reference(window, 1));
  let status = chargeBytes(act, <i64>bytes);
  if (status != DONE) return status;
  if (isConsole(reference(window, 0))) {
    status = writeConsole(act, reference(window, 0), reference(window, 1) + STR_DATA, bytes);
    if (status == DONE && line) status = writeConsole(act, reference(window, 0), lineEnd, 1);
    return status != DONE ? status : answerNothing(window);
  }
  if (bytes > MAX_OUTPUT)
    return throwNumbers(
      act,
      CLASS_IO_EXCEPTION,
      'more than {a} bytes of output that nobody has read',
      <i64>MAX_OUTPUT,
      0,
    );
  const stream = reference(window, 0);
  if (
    !line &&
    bytes >= WHOLE_BYTES &&
    getField(stream, SLOT_OUTPUT_STREAM_FD) == 0 &&
    getField(stream, SLOT_OUTPUT_STREAM_LENGTH) == 0
  ) {
    setReferenceField(stream, SLOT_OUTPUT_STREAM_BUFFER, reference(window, 1));
    setField(stream, SLOT_OUTPUT_STREAM_LENGTH, <i64>bytes);
    return answerNothing(window);
  }
  const to = extend(act, window, line ? bytes + 1 : bytes);
  if (!to) return 1;
  memory.copy(to, reference(window, 1) + STR_DATA, <usize>bytes);
  if (line) store<u8>(to + <usize>bytes, 10);
  return answerNothing(window);
}

/** Also `write`. */
export function outputPrint(act: usize, window: usize): i32 {
  return send(act, window, false);
}

export function outputPrintln(act: usize, window: usize): i32 {
  return send(act, window, true);
}

export function outputWriteByte(act: usize, window: usize): i32 {
  const byte = <u8>integer(window, 1);
  if (isConsole(reference(window, 0))) {
    store<u8>(scratch, byte);
    const status = writeConsole(act, reference(window, 0), scratch, 1);
    return status != DONE ? status : answerNothing(window);
  }
  const to = extend(act, window, 1);
  if (!to) return 1;
  store<u8>(to, byte);
  return answerNothing(window);
}

export function outputPrintInt(act: usize, window: usize): i32 {
  const value = integer(window, 1);
  const length = decimalLength(value);
  if (isConsole(reference(window, 0))) {
    writeDecimalAt(scratch, value, length);
    const status = writeConsole(act, reference(window, 0), scratch, length);
    return status != DONE ? status : answerNothing(window);
  }
  const to = extend(act, window, length);
  if (!to) return 1;
  writeDecimalAt(to, value, length);
  return answerNothing(window);
}

export function outputFlush(act: usize, window: usize): i32 {
  const stream = reference(window, 0);
  const status = isConsole(stream) ? flushConsole(act, stream) : DONE;
  return status != DONE ? status : answerNothing(window);
}
