/** Natives of floats: of Float (whose `this` is the plain float, not a box), Math, String and Int. In user space only. */
import {
  CLASS_OUT_OF_INDEX_EXCEPTION,
  CLASS_SCRIPT_EXCEPTION,
  CLASS_TYPE_EXCEPTION,
  N_FLOAT_ABS,
  N_FLOAT_CEIL,
  N_FLOAT_FLOOR,
  N_FLOAT_FROM_BITS,
  N_FLOAT_IS_FINITE,
  N_FLOAT_IS_INFINITE,
  N_FLOAT_IS_NAN,
  N_FLOAT_MAX,
  N_FLOAT_MIN,
  N_FLOAT_ROUND,
  N_FLOAT_TO_BITS,
  N_FLOAT_TO_FIXED,
  N_FLOAT_TO_INT,
  N_FORMAT_FLOAT,
  N_INT_TO_FLOAT,
  N_MATH_ABS_FLOAT,
  N_MATH_ACOS,
  N_MATH_ASIN,
  N_MATH_ATAN,
  N_MATH_ATAN2,
  N_MATH_CBRT,
  N_MATH_CEIL,
  N_MATH_COS,
  N_MATH_EXP,
  N_MATH_FLOOR,
  N_MATH_HYPOT,
  N_MATH_LOG,
  N_MATH_LOG10,
  N_MATH_MAX_FLOAT,
  N_MATH_MIN_FLOAT,
  N_MATH_POW_FLOAT,
  N_MATH_RANDOM,
  N_MATH_ROUND,
  N_MATH_SIN,
  N_MATH_SQRT_FLOAT,
  N_MATH_TAN,
  N_STRING_TO_FLOAT,
} from '../bytecode/builtins.generated';
import { INFINITE, NOT_A_NUMBER, SIGN, floatEnd, readFloat } from '../numbers/read-float';
import { MOST_DECIMALS, writeFixed } from '../numbers/write-float';
import { time } from '../vm/env';
import { wholeOf } from '../vm/floats';
import { STR_BYTES, STR_DATA, newStringFrom } from '../vm/object';
import { need } from '../vm/reclaim';
import { formatFloat } from './float-format';
import { throwNumbers, throwString } from './message';
import { DONE, answer, answerBoolean, answerNew, argumentSlot, charge, integer, reference } from './native';
import { lengthWithoutSpace, spaceInFront } from './string';

function float(window: usize, index: i32): f64 {
  return load<f64>(argumentSlot(window, index));
}

function give(window: usize, value: f64): i32 {
  store<f64>(window, value);
  return DONE;
}

function rounded(x: f64): i64 {
  const below = floor<f64>(x);
  return wholeOf(x - below >= 0.5 ? below + 1 : below);
}

/** Calls a native that only user space has, as `callNative` does. */
export function callFloat(act: usize, id: i32, window: usize): i32 {
  const x = float(window, 0);
  switch (id) {
    case N_FLOAT_IS_NAN:
      return answerBoolean(window, x != x);
    case N_FLOAT_IS_INFINITE:
      return answerBoolean(window, abs<f64>(x) == Infinity);
    case N_FLOAT_IS_FINITE:
      return answerBoolean(window, x - x == 0);
    case N_FLOAT_TO_INT:
      return answer(window, wholeOf(x));
    case N_FLOAT_TO_BITS:
      return answer(window, x != x ? <i64>NOT_A_NUMBER : integer(window, 0));
    case N_FLOAT_FROM_BITS:
      return answer(window, integer(window, 0));
    case N_FLOAT_TO_FIXED:
      return floatToFixed(act, window);
    case N_FORMAT_FLOAT:
      return formatFloat(act, window);
    case N_FLOAT_ROUND:
    case N_MATH_ROUND:
      return answer(window, rounded(x));
    case N_INT_TO_FLOAT:
      return give(window, <f64>integer(window, 0));
    case N_STRING_TO_FLOAT:
      return stringToFloat(act, window);
    case N_FLOAT_ABS:
    case N_MATH_ABS_FLOAT:
      return give(window, abs<f64>(x));
    case N_FLOAT_FLOOR:
    case N_MATH_FLOOR:
      return give(window, floor<f64>(x));
    case N_FLOAT_CEIL:
    case N_MATH_CEIL:
      return give(window, ceil<f64>(x));
    case N_FLOAT_MIN:
    case N_MATH_MIN_FLOAT:
      return give(window, min<f64>(x, float(window, 1)));
    case N_FLOAT_MAX:
    case N_MATH_MAX_FLOAT:
      return give(window, max<f64>(x, float(window, 1)));
    case N_MATH_SQRT_FLOAT:
      return give(window, sqrt<f64>(x));
    case N_MATH_POW_FLOAT:
      return give(window, NativeMath.pow(x, float(window, 1)));
    case N_MATH_SIN:
      return give(window, NativeMath.sin(x));
    case N_MATH_COS:
      return give(window, NativeMath.cos(x));
    case N_MATH_TAN:
      return give(window, NativeMath.tan(x));
    case N_MATH_ASIN:
      return give(window, NativeMath.asin(x));
    case N_MATH_ACOS:
      return give(window, NativeMath.acos(x));
    case N_MATH_ATAN:
      return give(window, NativeMath.atan(x));
    case N_MATH_ATAN2:
      return give(window, NativeMath.atan2(x, float(window, 1)));
    case N_MATH_EXP:
      return give(window, NativeMath.exp(x));
    case N_MATH_LOG:
      return give(window, NativeMath.log(x));
    case N_MATH_LOG10:
      return give(window, NativeMath.log10(x));
    case N_MATH_CBRT:
      return give(window, NativeMath.cbrt(x));
    case N_MATH_HYPOT:
      return give(window, NativeMath.hypot(x, float(window, 1)));
    case N_MATH_RANDOM:
      return give(window, random(act));
    default:
      return throwNumbers(act, CLASS_TYPE_EXCEPTION, 'there is no native {a}', <i64>id, 0);
  }
}

function fixed(): usize {
  return memory.data(1344);
}

function floatToFixed(act: usize, window: usize): i32 {
  const decimals = integer(window, 1);
  if (decimals < 0 || decimals > <i64>MOST_DECIMALS)
    return throwNumbers(
      act,
      CLASS_OUT_OF_INDEX_EXCEPTION,
      '{a} decimals: there are 0 to {b}',
      decimals,
      <i64>MOST_DECIMALS,
    );
  need(act, 2048);
  const end = writeFixed(fixed(), <u64>integer(window, 0), <i32>decimals);
  return answerNew(window, newStringFrom(act, fixed(), <i32>(end - fixed())));
}

/** Is it a number as `readFloat` reads one, without `_`? */
function isDecimal(from: usize, end: usize): bool {
  let digits = false;
  for (let p = from; p < end; p++) {
    const c = <u32>load<u8>(p);
    if (c == 95) return false;
    if (c - 48 < 10) digits = true;
    else if (c != 46 && !digits) return false;
  }
  return digits;
}

function isText(at: usize, end: usize, word: string): bool {
  let p = at;
  let from = changetype<usize>(word);
  const last = from + <usize>load<u32>(from - 4);
  for (; from < last; from += 2, p++) if (p >= end || load<u8>(p) != load<u8>(from)) return false;
  return p == end;
}

function stringToFloat(act: usize, window: usize): i32 {
  const text = reference(window, 0);
  const bytes = load<i32>(text, STR_BYTES);
  const status = charge(act, <i64>bytes);
  if (status != DONE) return status;
  let p = text + STR_DATA;
  let end = p + <usize>bytes;
  p += <usize>spaceInFront(p, bytes);
  end = p + <usize>lengthWithoutSpace(p, <i32>(end - p));
  const negative = p < end && load<u8>(p) == 45;
  if (p < end && (negative || load<u8>(p) == 43)) p++;
  let bits: u64 = 0;
  if (isText(p, end, 'NaN')) bits = NOT_A_NUMBER;
  else if (isText(p, end, 'Infinity')) bits = INFINITE;
  else {
    if (isDecimal(p, end)) bits = readFloat(p, end);
    if (!isDecimal(p, end) || floatEnd != end)
      return throwString(act, CLASS_SCRIPT_EXCEPTION, '"{s}" is not a number', 0, text);
  }
  return answer(window, <i64>(negative ? bits | SIGN : bits));
}

const GOLDEN: u64 = 0x9e3779b97f4a7c15;
let seed: u64 = 0;

/** SplitMix64 (G. Steele, D. Lea, C. Flood, 2014), begun by the clock. */
function random(act: usize): f64 {
  if (seed == 0) seed = (<u64>time(act, 0)) | 1;
  seed += GOLDEN;
  let z = seed;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return <f64>((z ^ (z >> 31)) >> 11) * (1.0 / 9007199254740992.0);
}
