/** Natives of Task, Kernel, System, File, and the arguments of `main`. */
import {
  CLASS_STRING,
  CLASS_TASK,
  SLOT_FILE_MODE,
  SLOT_TASK_COMM,
  SLOT_TASK_GID,
  SLOT_TASK_PID,
  SLOT_TASK_TGID,
  SLOT_TASK_UID,
} from '../bytecode/builtins.generated';
import { arg, log, task, task_comm, time, version } from '../vm/env';
import { throwOutOfMemory } from '../vm/exceptions';
import {
  ARR_DATA,
  ARR_FLAG_REFS,
  ARR_SIZE,
  MAX_PAYLOAD,
  STR_CHARS,
  STR_DATA,
  countChars,
  getField,
  getReference,
  newArray,
  newInstance,
  newString,
  release,
  retain,
  setField,
  setReferenceField,
  setElementClass,
} from '../vm/object';
import { shade } from '../vm/cycles';
import { need, reclaimPaid } from '../vm/reclaim';
import { compareBytes } from '../vm/text';
import { errorStream, writeConsole } from './console';
import {
  DONE,
  answer,
  answerBoolean,
  answerNew,
  answerNothing,
  answerReference,
  charge,
  chargeBytes,
  reference,
} from './native';
import { bytesOf } from './string';
import { sanitize, sanitizedLength } from './utf8';

const LOG_INFO: i32 = 6;
const CLOCK_BOOT: i32 = 0;
const CLOCK_WALL: i32 = 1;
const MODE_READ: i64 = 1;
const MODE_WRITE: i64 = 2;
/** Longest names that the host gives: a task's, a release. */
const COMM_BYTES: i32 = 16;
const VERSION_BYTES: i32 = 128;

/** What the host answers; used within one native. */
const scratch: usize = memory.data(128);
const lineEnd: usize = memory.data<u8>([10]);

/** The last Task that was made: tasks that look the same are the same object. Counted; 0: none. */
let lastTask: usize = 0;
/** What the host had for it; 0: nothing. */
let lastStamp: i64 = 0;

/** Forgets the task; the heap was laid out anew. */
export function systemInit(): void {
  lastTask = 0;
  lastStamp = 0;
}

/** A string of bytes that may not be UTF-8; 0: exception pending. Never reclaims. */
export function sanitizedString(act: usize, at: usize, bytes: i32): usize {
  const length = <i32>sanitizedLength(at, bytes);
  const text = newString(act, length, 0);
  if (!text) return 0;
  sanitize(text + STR_DATA, at, bytes);
  store<u32>(text, <u32>countChars(text + STR_DATA, length), STR_CHARS);
  return text;
}

/** Bytes of a host's answer in `scratch`, whatever the host returned. */
function answered(result: i32, capacity: i32): i32 {
  return result < 0 ? 0 : min(result, capacity);
}

/** A root of the cycle collector. */
export function shadeTask(): void {
  shade(lastTask);
}

/** Do the last task's fields and name (of `bytes` bytes in `scratch`) say the same as the host? */
function isLastTask(act: usize, bytes: i32): bool {
  if (!lastTask) return false;
  if (getField(lastTask, SLOT_TASK_PID) != task(act, 0) || getField(lastTask, SLOT_TASK_TGID) != task(act, 1))
    return false;
  if (getField(lastTask, SLOT_TASK_UID) != task(act, 2) || getField(lastTask, SLOT_TASK_GID) != task(act, 3))
    return false;
  const comm = getReference(lastTask, SLOT_TASK_COMM);
  return bytesOf(comm) == bytes && compareBytes(comm + STR_DATA, <u32>bytes, scratch, <u32>bytes) == 0;
}

export function taskCurrent(act: usize, window: usize): i32 {
  const stamp = task(act, 4);
  if (stamp != 0 && stamp == lastStamp) return answerReference(window, lastTask);
  const bytes = answered(task_comm(act, scratch, COMM_BYTES), COMM_BYTES);
  if (isLastTask(act, bytes)) {
    lastStamp = stamp;
    return answerReference(window, lastTask);
  }
  need(act, 256);
  const comm = sanitizedString(act, scratch, bytes);
  const current = comm ? newInstance(act, CLASS_TASK) : 0;
  if (!current) return answerNew(window, 0);
  setField(current, SLOT_TASK_PID, task(act, 0));
  setField(current, SLOT_TASK_TGID, task(act, 1));
  setField(current, SLOT_TASK_UID, task(act, 2));
  setField(current, SLOT_TASK_GID, task(act, 3));
  setReferenceField(current, SLOT_TASK_COMM, comm);
  retain(current);
  release(lastTask);
  lastTask = current;
  lastStamp = stamp;
  return answerNew(window, current);
}

export function kernelLog(act: usize, window: usize): i32 {
  const text = reference(window, 0);
  const status = chargeBytes(act, <i64>bytesOf(text));
  if (status != DONE) return status;
  log(act, LOG_INFO, text + STR_DATA, bytesOf(text));
  return answerNothing(window);
}

/** Also `System.nanoTime`. */
export function kernelTime(act: usize, window: usize): i32 {
  return answer(window, time(act, CLOCK_BOOT));
}

export function systemGc(act: usize, window: usize): i32 {
  reclaimPaid(act);
  return answerNothing(window);
}

export function kernelVersion(act: usize, window: usize): i32 {
  const bytes = answered(version(act, scratch, VERSION_BYTES), VERSION_BYTES);
  need(act, 512);
  return answerNew(window, sanitizedString(act, scratch, bytes));
}

export function systemTime(act: usize, window: usize): i32 {
  return answer(window, time(act, CLOCK_WALL));
}

/** A debugging line, on `ERR`. */
export function systemPrint(act: usize, window: usize): i32 {
  let status = chargeBytes(act, <i64>bytesOf(reference(window, 0)));
  if (status != DONE) return status;
  const errors = errorStream(act);
  if (!errors) return 1;
  const text = reference(window, 0);
  status = writeConsole(act, errors, text + STR_DATA, bytesOf(text));
  if (status == DONE) status = writeConsole(act, errors, lineEnd, 1);
  return status != DONE ? status : answerNothing(window);
}

export function fileIsReadable(window: usize): i32 {
  return answerBoolean(window, (getField(reference(window, 0), SLOT_FILE_MODE) & MODE_READ) != 0);
}

export function fileIsWritable(window: usize): i32 {
  return answerBoolean(window, (getField(reference(window, 0), SLOT_FILE_MODE) & MODE_WRITE) != 0);
}

/** Argument `index` of `main`, of `bytes` bytes, as a string; 0: exception pending. Never reclaims. */
function argument(act: usize, index: i32, bytes: i32): usize {
  const text = newString(act, bytes, 0);
  if (!text) return 0;
  arg(act, index, text + STR_DATA, bytes);
  if (sanitizedLength(text + STR_DATA, bytes) != <i64>bytes) return sanitizedString(act, text + STR_DATA, bytes);
  store<u32>(text, <u32>countChars(text + STR_DATA, bytes), STR_CHARS);
  return text;
}

/** Answers the script's arguments; those of a host without any are the empty array. */
export function mainArgs(act: usize, window: usize): i32 {
  const ARGUMENT_BYTES: i64 = 64;
  let count = 0;
  let room: i64 = 64;
  for (let length = arg(act, 0, scratch, 0); length >= 0; length = arg(act, count, scratch, 0)) {
    count++;
    // Text that is not UTF-8 is held twice, and triples.
    room += ((<i64>length) << 2) + ARGUMENT_BYTES;
    if (room > <i64>MAX_PAYLOAD) return throwOutOfMemory(act);
    const status = charge(act, 1 + ((<i64>length) >> 4));
    if (status != DONE) return status;
  }
  need(act, <usize>room);
  const array = newArray(act, ARR_FLAG_REFS, count);
  if (!array) return answerNew(window, 0);
  setElementClass(array, CLASS_STRING, false);
  for (let i = 0; i < count; i++) {
    const length = arg(act, i, scratch, 0);
    const text = argument(act, i, length < 0 ? 0 : length);
    if (!text) return answerNew(window, 0);
    store<u64>(<usize>load<u32>(array, ARR_DATA) + ((<usize>i) << 3), <u64>text);
    store<i32>(array, i + 1, ARR_SIZE);
    retain(text);
  }
  return answerNew(window, array);
}
