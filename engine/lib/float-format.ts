/** `%8.2f`: a float with as many decimals as a directive says, six if it says nothing. In user space only. */
import { formatHasZeros, formatIsLeft, formatPrecision, formatWidth } from '../bytecode/format-directives';
import { INFINITE } from '../numbers/read-float';
import { FIXED_BYTES, writeFixed } from '../numbers/write-float';
import { STR_DATA, newString } from '../vm/object';
import { need } from '../vm/reclaim';
import { DONE, answerNew, charge, integer } from './native';

const DECIMALS: i32 = 6;

function scratch(): usize {
  return memory.data(1344);
}

// The digits, with their sign, into the scratch; how many bytes.
function digits(bits: u64, directive: i32): i32 {
  const precision = formatPrecision(directive);
  return <i32>(writeFixed(scratch(), bits, precision < 0 ? DECIMALS : precision) - scratch());
}

/** Bytes of the float as the directive says; all of them ASCII. */
export function fixedBytes(bits: u64, directive: i32): i32 {
  return max(digits(bits, directive), formatWidth(directive));
}

/** Writes it. */
export function writeFixedAt(to: usize, bits: u64, directive: i32): void {
  const length = digits(bits, directive);
  const spaces = formatWidth(directive) - length;
  const room: usize = spaces > 0 ? <usize>spaces : 0;
  if (formatIsLeft(directive)) {
    memory.copy(to, scratch(), <usize>length);
    memory.fill(to + <usize>length, 32, room);
    return;
  }
  // Zeros stand behind the sign; NaN and Infinity have none.
  const zeros = formatHasZeros(directive) && (bits & INFINITE) != INFINITE;
  const sign: usize = zeros && load<u8>(scratch()) == 45 ? 1 : 0;
  if (sign != 0) store<u8>(to, 45);
  memory.fill(to + sign, zeros ? 48 : 32, room);
  memory.copy(to + sign + room, scratch() + sign, <usize>length - sign);
}

/** Answers the text of the float that is argument 0, as the directive that is argument 1 says. */
export function formatFloat(act: usize, window: usize): i32 {
  const directive = <i32>integer(window, 1);
  const status = charge(act, (<i64>FIXED_BYTES) >> 4);
  if (status != DONE) return status;
  need(act, 2048);
  const bytes = fixedBytes(<u64>integer(window, 0), directive);
  const text = newString(act, bytes, bytes);
  if (text) writeFixedAt(text + STR_DATA, <u64>integer(window, 0), directive);
  return answerNew(window, text);
}
