/**
 * The register machine: one loop, few locals, no recursion. `docs/opcodes.md` says what each instruction does; the
 * verifier has checked every operand. Hot instructions are written out here, everything that allocates or can fail
 * with a message lives in operations.ts and faults.ts.
 *
 * A call stores the two saved u32 words of frame.ts, and reads the two of a method record, as one u64 each.
 *
 * A case ends in `continue` when the instruction is done. It ends in `break` to take the jump by `offset`
 * instructions, or with `fault` set.
 */
import { ACT_EXCEPTION, ACT_FP, ACT_KILLED, ACT_PC, ACT_SLICE, stackEnd } from './activation';
import { IMG_CALL_COUNT, IMG_CALL_SLOT, IMG_SITE_CLASS, IMG_SITE_TARGET, IMG_VTABLE_NATIVE } from '../bytecode/image';
import {
  OP_ALDI,
  OP_ALDR,
  OP_ALEN,
  OP_APUSHB,
  OP_APUSHF,
  OP_APUSHI,
  OP_APUSHR,
  OP_ASTB,
  OP_ASTF,
  OP_ASTI,
  OP_ASTR,
  OP_B2S,
  OP_BNOT,
  OP_BOXB,
  OP_BOXF,
  OP_BOXI,
  OP_CALL,
  OP_CALLF,
  OP_CALLH,
  OP_CALLI,
  OP_CALLN,
  OP_CALLV,
  OP_CAST,
  OP_F2I,
  OP_F2S,
  OP_FADD,
  OP_FDIV,
  OP_FEQ,
  OP_FLE,
  OP_FLT,
  OP_FMOD,
  OP_FMUL,
  OP_FNEG,
  OP_FSUB,
  OP_ATYPE,
  OP_CONV,
  OP_DCALL,
  OP_DGET,
  OP_DOP,
  OP_DPUT,
  OP_DRES,
  OP_GETI,
  OP_GETR,
  OP_GGET,
  OP_GPUTI,
  OP_GPUTR,
  OP_I2F,
  OP_I2S,
  OP_IADD,
  OP_IADDI,
  OP_IAND,
  OP_IANDI,
  OP_IDIV,
  OP_IEQ,
  OP_ILE,
  OP_ILT,
  OP_IMOD,
  OP_IMUL,
  OP_IMULI,
  OP_INE,
  OP_INEG,
  OP_INOT,
  OP_IOR,
  OP_ISA,
  OP_ISHL,
  OP_ISHLI,
  OP_ISHR,
  OP_ISHRI,
  OP_ISUB,
  OP_IUSHR,
  OP_IUSHRI,
  OP_IXOR,
  OP_JEQ,
  OP_JEQI,
  OP_JF,
  OP_JGEI,
  OP_JGTI,
  OP_JLE,
  OP_JLEI,
  OP_JLT,
  OP_JLTI,
  OP_JMP,
  OP_JNE,
  OP_JNEI,
  OP_JNNULL,
  OP_JNULL,
  OP_JT,
  OP_LDC,
  OP_LDI,
  OP_LDNULL,
  OP_LDS,
  OP_MOV,
  OP_NEW,
  OP_NEWA,
  OP_NEWAN,
  OP_NNULL,
  OP_NOP,
  OP_PUTI,
  OP_PUTR,
  OP_REQ,
  OP_RET,
  OP_RETV,
  OP_SCAT,
  OP_SCMP,
  OP_SEQ,
  OP_THROW,
  OP_UNBOX,
  OP_VEQ,
} from '../bytecode/opcodes.generated';
import { callNative } from '../lib/dispatch';
import { hostCall } from '../lib/host-call';
import { EVALUATES, WAITING } from '../lib/native';
import { classVirtual, classVirtualCount } from './classes';
import { MEMBER_DONE, MEMBER_THROWN, boxResult, useMember } from './dynamic-members';
import { opDynamic } from './dynamic-operators';
import {
  FAULT_CAST,
  FAULT_DEPTH,
  FAULT_EVALUATES,
  FAULT_FUEL,
  FAULT_INDEX,
  FAULT_KILLED,
  FAULT_METHOD,
  FAULT_NATIVE,
  FAULT_NULL,
  FAULT_PENDING,
  FAULT_WAITING,
  FAULT_ZERO,
  throwFault,
} from './faults';
import {
  METHOD_CODE,
  METHOD_ENTRY,
  METHOD_SHAPE,
  METHOD_SHIFT,
  WINDOW_BYTES,
  WINDOW_METHOD,
  frameMethod,
  methodRecord,
  methodTable,
} from './frame';
import { wholeOf } from './floats';
import { refuel } from './fuel';
import { adaptArguments, stubFor } from './function-call';
import { NO_TARGET, SITE_SHIFT, lookUp, sites } from './interfaces';
import { falseText, globals, ints, literals, trueText } from './link';
import {
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_BOOLEANS,
  ARR_FLAG_FLOATS,
  ARR_FLAG_REFS,
  ARR_SIZE,
  BOX_VALUE,
  OBJ_FIELDS,
  classOf,
  isInstance,
  setReference,
} from './object';
import { loadBoxed, loadUnboxed, storeBoxed, storeUnboxed } from './elements';
import {
  NATIVE_LEFT,
  NATIVE_REFUSED,
  NATIVE_RETURNED,
  OP_NATIVE,
  WANTS_NATIVE,
  enterNative,
  nativeLoop,
  nativeOn,
  noticeHot,
} from './native';
import {
  opAppend,
  opBox,
  opCompareText,
  opEqualText,
  opEqualValues,
  opFloatText,
  opIntText,
  opJoin,
  opLiteral,
  opNew,
  opNewArray,
  opNewArraySized,
  opThrow,
  slotA,
  slotB,
  slotC,
} from './operations';
import { convertSlot, noteElements } from './type-codes';
import { unwind } from './unwind';

/** What a native's status other than 0 means for the instruction that called it. */
function nativeFault(status: i32): i32 {
  if (status == FAULT_PENDING) return FAULT_PENDING;
  return status == WAITING ? FAULT_WAITING : status == EVALUATES ? FAULT_EVALUATES : FAULT_KILLED;
}

/** What a store into an array takes its value for. */
function storedKind(op: i32): u32 {
  return op == OP_ASTB ? ARR_FLAG_BOOLEANS : op == OP_ASTF ? ARR_FLAG_FLOATS : 0;
}

/** Runs the method of that index, whose window lies at the bottom of the stack, its arguments in place; a status, as of `interpret`. */
export function enterMethod(act: usize, window: usize, index: i32): i32 {
  const method = methodRecord(index);
  store<u64>(window, 0);
  store<i32>(window, index, WINDOW_METHOD);
  store<u32>(act, <u32>(window + WINDOW_BYTES), ACT_FP);
  store<u32>(act, load<u32>(method, METHOD_ENTRY), ACT_PC);
  return interpret(act);
}

/** From a pending exception, thrown by the instruction in front of ACT_PC, to its handler, and on; a status. */
export function raise(act: usize): i32 {
  const at = unwind(act);
  if (!at) {
    store<u32>(act, 0, ACT_FP);
    return load<i32>(act, ACT_KILLED) != 0 ? 2 : 1;
  }
  store<u32>(act, <u32>at, ACT_PC);
  return interpret(act);
}

/**
 * Runs the activation from the instruction at ACT_PC in the frame ACT_FP. 0: the outermost method's result is in the
 * first slot of its window; 1: an exception is pending; 2: killed; 3: it waits, 4: it waits for an evaluation, its stack is parked.
 */
export function interpret(act: usize): i32 {
  let fp = <usize>load<u32>(act, ACT_FP);
  const limit = stackEnd;
  let pc = <usize>load<u32>(act, ACT_PC);
  let slice = load<i32>(act, ACT_SLICE);

  while (true) {
    const i = load<u64>(pc);
    pc += 8;
    let fault = 0;
    let offset = 0;
    switch (<i32>(i & 0xffff)) {
      case OP_NOP:
        continue;
      case OP_MOV:
        store<u64>(slotA(fp, i), load<u64>(slotB(fp, i)));
        continue;
      case OP_LDI:
        store<i64>(slotA(fp, i), (<i64>i) >> 32);
        continue;
      case OP_LDC:
        store<u64>(slotA(fp, i), load<u64>(ints + ((<usize>(i >> 32)) << 3)));
        continue;
      case OP_LDS: {
        const ref = load<u32>(literals + ((<usize>(i >> 32)) << 2));
        if (ref != 0) {
          store<u64>(slotA(fp, i), <u64>ref);
          continue;
        }
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opLiteral(act, fp, i);
        if (fault == 0) continue;
        break;
      }
      case OP_LDNULL:
        store<u64>(slotA(fp, i), 0);
        continue;
      case OP_GGET:
        store<u64>(slotA(fp, i), load<u64>(globals + ((<usize>(i >> 32)) << 3)));
        continue;
      case OP_GPUTI:
        store<u64>(globals + ((<usize>(i >> 32)) << 3), load<u64>(slotA(fp, i)));
        continue;
      case OP_GPUTR:
        setReference(globals + ((<usize>(i >> 32)) << 3), <usize>load<u32>(slotA(fp, i)));
        continue;

      case OP_IADD:
        store<i64>(slotA(fp, i), load<i64>(slotB(fp, i)) + load<i64>(slotC(fp, i)));
        continue;
      case OP_ISUB:
        store<i64>(slotA(fp, i), load<i64>(slotB(fp, i)) - load<i64>(slotC(fp, i)));
        continue;
      case OP_IMUL:
        store<i64>(slotA(fp, i), load<i64>(slotB(fp, i)) * load<i64>(slotC(fp, i)));
        continue;
      case OP_IDIV: {
        const divisor = load<i64>(slotC(fp, i));
        if (divisor == 0) {
          fault = FAULT_ZERO;
          break;
        }
        // The machine's division traps on the smallest int divided by -1.
        store<i64>(slotA(fp, i), divisor == -1 ? -load<i64>(slotB(fp, i)) : load<i64>(slotB(fp, i)) / divisor);
        continue;
      }
      case OP_IMOD: {
        const divisor = load<i64>(slotC(fp, i));
        if (divisor == 0) {
          fault = FAULT_ZERO;
          break;
        }
        store<i64>(slotA(fp, i), divisor == -1 ? 0 : load<i64>(slotB(fp, i)) % divisor);
        continue;
      }
      case OP_IAND:
        store<u64>(slotA(fp, i), load<u64>(slotB(fp, i)) & load<u64>(slotC(fp, i)));
        continue;
      case OP_IOR:
        store<u64>(slotA(fp, i), load<u64>(slotB(fp, i)) | load<u64>(slotC(fp, i)));
        continue;
      case OP_IXOR:
        store<u64>(slotA(fp, i), load<u64>(slotB(fp, i)) ^ load<u64>(slotC(fp, i)));
        continue;
      case OP_ISHL: {
        const count = load<i64>(slotC(fp, i)) & 63;
        store<i64>(slotA(fp, i), load<i64>(slotB(fp, i)) << count);
        continue;
      }
      case OP_ISHR:
        store<i64>(slotA(fp, i), load<i64>(slotB(fp, i)) >> (load<i64>(slotC(fp, i)) & 63));
        continue;
      case OP_IUSHR:
        store<u64>(slotA(fp, i), load<u64>(slotB(fp, i)) >> (load<u64>(slotC(fp, i)) & 63));
        continue;
      case OP_INEG:
        store<i64>(slotA(fp, i), -load<i64>(slotB(fp, i)));
        continue;
      case OP_INOT:
        store<i64>(slotA(fp, i), ~load<i64>(slotB(fp, i)));
        continue;
      case OP_BNOT:
        store<u64>(slotA(fp, i), load<u64>(slotB(fp, i)) == 0 ? 1 : 0);
        continue;
      case OP_IADDI:
        store<i64>(slotA(fp, i), load<i64>(slotB(fp, i)) + ((<i64>i) >> 48));
        continue;
      case OP_IMULI:
        store<i64>(slotA(fp, i), load<i64>(slotB(fp, i)) * ((<i64>i) >> 48));
        continue;
      case OP_IANDI:
        store<i64>(slotA(fp, i), load<i64>(slotB(fp, i)) & ((<i64>i) >> 48));
        continue;
      case OP_ISHLI: {
        const count = (i >> 48) & 63;
        store<u64>(slotA(fp, i), load<u64>(slotB(fp, i)) << count);
        continue;
      }
      case OP_ISHRI:
        store<i64>(slotA(fp, i), load<i64>(slotB(fp, i)) >> (((<i64>i) >> 48) & 63));
        continue;
      case OP_IUSHRI:
        store<u64>(slotA(fp, i), load<u64>(slotB(fp, i)) >> ((i >> 48) & 63));
        continue;

      case OP_IEQ:
        store<u64>(slotA(fp, i), load<i64>(slotB(fp, i)) == load<i64>(slotC(fp, i)) ? 1 : 0);
        continue;
      case OP_INE:
        store<u64>(slotA(fp, i), load<i64>(slotB(fp, i)) != load<i64>(slotC(fp, i)) ? 1 : 0);
        continue;
      case OP_ILT:
        store<u64>(slotA(fp, i), load<i64>(slotB(fp, i)) < load<i64>(slotC(fp, i)) ? 1 : 0);
        continue;
      case OP_ILE:
        store<u64>(slotA(fp, i), load<i64>(slotB(fp, i)) <= load<i64>(slotC(fp, i)) ? 1 : 0);
        continue;
      case OP_REQ:
        store<u64>(slotA(fp, i), load<u64>(slotB(fp, i)) == load<u64>(slotC(fp, i)) ? 1 : 0);
        continue;
      case OP_SEQ: {
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opEqualText(act, fp, i);
        slice = load<i32>(act, ACT_SLICE);
        if (fault == 0) continue;
        break;
      }
      case OP_VEQ: {
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opEqualValues(act, fp, i);
        slice = load<i32>(act, ACT_SLICE);
        if (fault == 0) continue;
        break;
      }
      case OP_SCMP: {
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opCompareText(act, fp, i);
        slice = load<i32>(act, ACT_SLICE);
        if (fault == 0) continue;
        break;
      }

      case OP_JMP:
        offset = <i32>(i >> 32);
        break;
      case OP_JT:
      case OP_JNNULL:
        if (load<u64>(slotA(fp, i)) == 0) continue;
        offset = <i32>(i >> 32);
        break;
      case OP_JF:
      case OP_JNULL:
        if (load<u64>(slotA(fp, i)) != 0) continue;
        offset = <i32>(i >> 32);
        break;
      case OP_JEQ:
        if (load<i64>(slotA(fp, i)) != load<i64>(slotB(fp, i))) continue;
        offset = <i32>((<i64>i) >> 48);
        break;
      case OP_JNE:
        if (load<i64>(slotA(fp, i)) == load<i64>(slotB(fp, i))) continue;
        offset = <i32>((<i64>i) >> 48);
        break;
      case OP_JLT:
        if (load<i64>(slotA(fp, i)) >= load<i64>(slotB(fp, i))) continue;
        offset = <i32>((<i64>i) >> 48);
        break;
      case OP_JLE:
        if (load<i64>(slotA(fp, i)) > load<i64>(slotB(fp, i))) continue;
        offset = <i32>((<i64>i) >> 48);
        break;
      case OP_JEQI:
        if (load<i64>(slotA(fp, i)) != (<i64>(i << 16)) >> 48) continue;
        offset = <i32>((<i64>i) >> 48);
        break;
      case OP_JNEI:
        if (load<i64>(slotA(fp, i)) == (<i64>(i << 16)) >> 48) continue;
        offset = <i32>((<i64>i) >> 48);
        break;
      case OP_JLTI:
        if (load<i64>(slotA(fp, i)) >= (<i64>(i << 16)) >> 48) continue;
        offset = <i32>((<i64>i) >> 48);
        break;
      case OP_JLEI:
        if (load<i64>(slotA(fp, i)) > (<i64>(i << 16)) >> 48) continue;
        offset = <i32>((<i64>i) >> 48);
        break;
      case OP_JGTI:
        if (load<i64>(slotA(fp, i)) <= (<i64>(i << 16)) >> 48) continue;
        offset = <i32>((<i64>i) >> 48);
        break;
      case OP_JGEI:
        if (load<i64>(slotA(fp, i)) < (<i64>(i << 16)) >> 48) continue;
        offset = <i32>((<i64>i) >> 48);
        break;

      case OP_I2S: {
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opIntText(act, fp, i);
        if (fault == 0) continue;
        break;
      }
      case OP_B2S:
        store<u64>(slotA(fp, i), <u64>(load<u64>(slotB(fp, i)) != 0 ? trueText : falseText));
        continue;
      case OP_SCAT: {
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opJoin(act, fp, i);
        slice = load<i32>(act, ACT_SLICE);
        if (fault == 0) continue;
        break;
      }

      case OP_NEWA: {
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opNewArray(act, fp, i);
        if (fault == 0) continue;
        break;
      }
      case OP_NEWAN: {
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opNewArraySized(act, fp, i);
        slice = load<i32>(act, ACT_SLICE);
        if (fault == 0) continue;
        break;
      }
      case OP_ALEN: {
        const array = <usize>load<u32>(slotB(fp, i));
        if (!array) {
          fault = FAULT_NULL;
          break;
        }
        store<u64>(slotA(fp, i), <u64>load<u32>(array, ARR_SIZE));
        continue;
      }
      case OP_ALDI: {
        const array = <usize>load<u32>(slotB(fp, i));
        if (!array) {
          fault = FAULT_NULL;
          break;
        }
        const index = load<u64>(slotC(fp, i));
        if (index >= <u64>load<u32>(array, ARR_SIZE)) {
          fault = FAULT_INDEX;
          break;
        }
        if (<u32>load<u16>(array, ARR_FLAGS) != ARR_FLAG_REFS) {
          store<u64>(slotA(fp, i), load<u64>(<usize>load<u32>(array, ARR_DATA) + ((<usize>index) << 3)));
          continue;
        }
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = loadUnboxed(act, array, index, slotA(fp, i));
        if (fault == 0) continue;
        break;
      }
      case OP_ALDR: {
        const array = <usize>load<u32>(slotB(fp, i));
        if (!array) {
          fault = FAULT_NULL;
          break;
        }
        const index = load<u64>(slotC(fp, i));
        if (index >= <u64>load<u32>(array, ARR_SIZE)) {
          fault = FAULT_INDEX;
          break;
        }
        if (<u32>load<u16>(array, ARR_FLAGS) == ARR_FLAG_REFS) {
          store<u64>(slotA(fp, i), load<u64>(<usize>load<u32>(array, ARR_DATA) + ((<usize>index) << 3)));
          continue;
        }
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = loadBoxed(act, array, index, slotA(fp, i));
        if (fault == 0) continue;
        break;
      }
      case OP_ASTI:
      case OP_ASTF:
      case OP_ASTB: {
        const array = <usize>load<u32>(slotA(fp, i));
        if (!array) {
          fault = FAULT_NULL;
          break;
        }
        const index = load<u64>(slotB(fp, i));
        if (index >= <u64>load<u32>(array, ARR_SIZE)) {
          fault = FAULT_INDEX;
          break;
        }
        if (<u32>load<u16>(array, ARR_FLAGS) != ARR_FLAG_REFS) {
          store<u64>(<usize>load<u32>(array, ARR_DATA) + ((<usize>index) << 3), load<u64>(slotC(fp, i)));
          continue;
        }
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = storeBoxed(act, array, index, storedKind(<i32>(i & 0xffff)), load<i64>(slotC(fp, i)));
        if (fault == 0) continue;
        break;
      }
      case OP_ASTR: {
        const array = <usize>load<u32>(slotA(fp, i));
        if (!array) {
          fault = FAULT_NULL;
          break;
        }
        const index = load<u64>(slotB(fp, i));
        if (index >= <u64>load<u32>(array, ARR_SIZE)) {
          fault = FAULT_INDEX;
          break;
        }
        if (<u32>load<u16>(array, ARR_FLAGS) == ARR_FLAG_REFS) {
          setReference(<usize>load<u32>(array, ARR_DATA) + ((<usize>index) << 3), <usize>load<u32>(slotC(fp, i)));
          continue;
        }
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = storeUnboxed(act, array, index, <usize>load<u32>(slotC(fp, i)));
        if (fault == 0) continue;
        break;
      }
      case OP_APUSHI: {
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opAppend(act, fp, i, 0);
        if (fault == 0) continue;
        break;
      }
      case OP_APUSHF:
      case OP_APUSHB: {
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opAppend(act, fp, i, <i32>(i & 0xffff) == OP_APUSHB ? ARR_FLAG_BOOLEANS : ARR_FLAG_FLOATS);
        if (fault == 0) continue;
        break;
      }
      case OP_APUSHR: {
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opAppend(act, fp, i, ARR_FLAG_REFS);
        if (fault == 0) continue;
        break;
      }

      case OP_NEW: {
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opNew(act, fp, i);
        slice = load<i32>(act, ACT_SLICE);
        if (fault == 0) continue;
        break;
      }
      case OP_GETI:
      case OP_GETR: {
        const ref = <usize>load<u32>(slotB(fp, i));
        if (!ref) {
          fault = FAULT_NULL;
          break;
        }
        store<u64>(slotA(fp, i), load<u64>(ref + <usize>((i >> 45) & 0x7fff8), OBJ_FIELDS));
        continue;
      }
      case OP_PUTI: {
        const ref = <usize>load<u32>(slotA(fp, i));
        if (!ref) {
          fault = FAULT_NULL;
          break;
        }
        store<u64>(ref + <usize>((i >> 29) & 0x7fff8), load<u64>(slotC(fp, i)), OBJ_FIELDS);
        continue;
      }
      case OP_PUTR: {
        const ref = <usize>load<u32>(slotA(fp, i));
        if (!ref) {
          fault = FAULT_NULL;
          break;
        }
        setReference(ref + OBJ_FIELDS + <usize>((i >> 29) & 0x7fff8), <usize>load<u32>(slotC(fp, i)));
        continue;
      }
      case OP_ISA:
        store<u64>(slotA(fp, i), isInstance(<usize>load<u32>(slotB(fp, i)), <i32>(i >> 48)) ? 1 : 0);
        continue;
      case OP_CAST: {
        const ref = <usize>load<u32>(slotA(fp, i));
        if (!ref || isInstance(ref, <i32>(i >> 32))) continue;
        fault = FAULT_CAST;
        break;
      }
      case OP_NNULL:
        if (load<u64>(slotA(fp, i)) != 0) continue;
        fault = FAULT_NULL;
        break;
      case OP_BOXI: {
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opBox(act, fp, i, 0);
        if (fault == 0) continue;
        break;
      }
      case OP_BOXB:
      case OP_BOXF: {
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opBox(act, fp, i, <i32>(i & 0xffff) == OP_BOXB ? ARR_FLAG_BOOLEANS : ARR_FLAG_FLOATS);
        if (fault == 0) continue;
        break;
      }
      case OP_UNBOX: {
        const ref = <usize>load<u32>(slotB(fp, i));
        if (!ref) {
          fault = FAULT_NULL;
          break;
        }
        store<u64>(slotA(fp, i), load<u64>(ref, BOX_VALUE));
        continue;
      }

      case OP_CONV: {
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        if (convertSlot(act, slotA(fp, i), <u32>(i >> 32)) == 0) continue;
        fault = FAULT_PENDING;
        break;
      }
      case OP_ATYPE:
        noteElements(slotA(fp, i), <u32>(i >> 32));
        continue;
      case OP_DOP: {
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opDynamic(act, fp, i);
        slice = load<i32>(act, ACT_SLICE);
        if (fault == 0) continue;
        break;
      }
      case OP_DGET:
      case OP_DPUT:
      case OP_DCALL: {
        if (--slice < 0) {
          fault = FAULT_FUEL;
          break;
        }
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        const window = slotA(fp, i);
        const op = <i32>(i & 0xffff);
        const site = sites + ((<usize>(i >> 32)) << SITE_SHIFT);
        const callee = useMember(act, window, site, op == OP_DCALL ? 0 : op == OP_DGET ? 1 : 2, methodTable);
        slice = load<i32>(act, ACT_SLICE);
        if (callee >= 0) {
          store<u64>(window, (<u64>pc) | ((<u64>fp) << 32));
          store<u32>(window, <u32>callee, WINDOW_METHOD);
          fp = window + WINDOW_BYTES;
          pc = <usize>load<u32>(methodTable + ((<usize>callee) << METHOD_SHIFT));
          continue;
        }
        if (callee == MEMBER_DONE) continue;
        fault = callee == MEMBER_THROWN ? FAULT_PENDING : FAULT_KILLED;
        break;
      }
      case OP_DRES: {
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        if (boxResult(act, slotA(fp, i)) == 0) continue;
        fault = FAULT_PENDING;
        break;
      }

      case OP_CALL: {
        const callee = <u32>(i >> 32);
        const record = load<u64>(methodTable + ((<usize>callee) << METHOD_SHIFT));
        const window = slotA(fp, i);
        if (window + WINDOW_BYTES + <usize>(record >> 32) > limit) {
          fault = FAULT_DEPTH;
          break;
        }
        if (--slice < 0) {
          fault = FAULT_FUEL;
          break;
        }
        store<u64>(window, (<u64>pc) | ((<u64>fp) << 32));
        store<u32>(window, callee, WINDOW_METHOD);
        fp = window + WINDOW_BYTES;
        pc = <usize>(<u32>record);
        continue;
      }
      case OP_CALLV:
      case OP_CALLI: {
        const window = slotA(fp, i);
        const receiver = <usize>load<u32>(window, WINDOW_BYTES);
        if (!receiver) {
          fault = FAULT_NULL;
          break;
        }
        const cls = classOf(receiver);
        let entry: u32;
        if (<i32>(i & 0xffff) == OP_CALLV) {
          const slot = (<u32>(i >> 32)) & 0xffff;
          entry = slot < classVirtualCount(cls) ? classVirtual(cls, slot) : NO_TARGET;
        } else {
          const site = sites + ((<usize>(i >> 32)) << SITE_SHIFT);
          entry = load<u32>(site, IMG_SITE_TARGET);
          if (load<u32>(site, IMG_SITE_CLASS) != <u32>cls + 1) entry = lookUp(site, cls);
        }
        if (entry == NO_TARGET) {
          fault = FAULT_METHOD;
          break;
        }
        if ((entry & IMG_VTABLE_NATIVE) == 0) {
          const record = load<u64>(methodTable + ((<usize>entry) << METHOD_SHIFT));
          if (window + WINDOW_BYTES + <usize>(record >> 32) > limit) {
            fault = FAULT_DEPTH;
            break;
          }
          if (--slice < 0) {
            fault = FAULT_FUEL;
            break;
          }
          store<u64>(window, (<u64>pc) | ((<u64>fp) << 32));
          store<u32>(window, entry, WINDOW_METHOD);
          fp = window + WINDOW_BYTES;
          pc = <usize>(<u32>record);
          continue;
        }
        if (--slice < 0) {
          fault = FAULT_FUEL;
          break;
        }
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = callNative(act, <i32>(entry & ~IMG_VTABLE_NATIVE), window);
        slice = load<i32>(act, ACT_SLICE);
        if (fault == 0) continue;
        fault = nativeFault(fault);
        break;
      }
      case OP_CALLF: {
        let window = slotA(fp, i);
        const called = <usize>load<u32>(window, WINDOW_BYTES);
        if (!called) {
          fault = FAULT_NULL;
          break;
        }
        const cls = classOf(called);
        const entry = IMG_CALL_SLOT < classVirtualCount(cls) ? classVirtual(cls, IMG_CALL_SLOT) : IMG_VTABLE_NATIVE;
        if ((entry & IMG_VTABLE_NATIVE) != 0) {
          fault = FAULT_METHOD;
          break;
        }
        const callee = methodTable + ((<usize>entry) << METHOD_SHIFT);
        const record = load<u64>(callee);
        const shape = load<u32>(callee, METHOD_SHAPE);
        const kinds = <u32>(i >> 32);
        // A stub's window and frame would lie between.
        const room = window + WINDOW_BYTES + <usize>(record >> 32) + (shape == kinds ? 0 : WINDOW_BYTES);
        if (room > limit) {
          fault = FAULT_DEPTH;
          break;
        }
        if (--slice < 0) {
          fault = FAULT_FUEL;
          break;
        }
        if (shape != kinds) {
          store<i32>(act, slice, ACT_SLICE);
          store<u32>(act, <u32>pc, ACT_PC);
          store<u32>(act, <u32>fp, ACT_FP);
          fault = adaptArguments(act, window, kinds, shape);
          slice = load<i32>(act, ACT_SLICE);
          if (fault != 0) break;
          const stub = stubFor(act, kinds, shape);
          if (stub > 0) {
            fault = FAULT_PENDING;
            break;
          }
          if (stub < 0) {
            const inner = window + WINDOW_BYTES;
            memory.copy(inner + WINDOW_BYTES, inner, (<usize>(((kinds >> IMG_CALL_COUNT) & 15) + 1)) << 3);
            store<u64>(window, (<u64>pc) | ((<u64>fp) << 32));
            store<i32>(window, stub, WINDOW_METHOD);
            fp = inner;
            pc = <usize>load<u32>(methodRecord(stub), METHOD_CODE) + 8;
            window = inner;
          }
        }
        store<u64>(window, (<u64>pc) | ((<u64>fp) << 32));
        store<u32>(window, entry, WINDOW_METHOD);
        fp = window + WINDOW_BYTES;
        pc = <usize>(<u32>record);
        continue;
      }
      case OP_CALLN: {
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = callNative(act, <i32>(i >> 32), slotA(fp, i));
        slice = load<i32>(act, ACT_SLICE);
        if (fault == 0) continue;
        fault = nativeFault(fault);
        break;
      }
      case OP_RET: {
        const window = fp - WINDOW_BYTES;
        const back = load<u64>(window);
        store<u64>(window, load<u64>(slotA(fp, i)));
        pc = <usize>(<u32>back);
        fp = <usize>(back >> 32);
        if (pc) continue;
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, 0, ACT_FP);
        return 0;
      }
      case OP_RETV: {
        const back = load<u64>(fp - WINDOW_BYTES);
        pc = <usize>(<u32>back);
        fp = <usize>(back >> 32);
        if (pc) continue;
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, 0, ACT_FP);
        return 0;
      }
      case OP_THROW: {
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opThrow(act, fp, i);
        break;
      }
      case OP_CALLH: {
        store<i32>(act, slice, ACT_SLICE);
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = hostCall(act, slotA(fp, i), <u32>(i >> 32));
        slice = load<i32>(act, ACT_SLICE);
        if (fault == 0) continue;
        if (fault != FAULT_PENDING) fault = FAULT_KILLED;
        break;
      }
      case OP_FADD:
        if (isDefined(FLOATS)) {
          store<f64>(slotA(fp, i), load<f64>(slotB(fp, i)) + load<f64>(slotC(fp, i)));
          continue;
        }
        unreachable();
      case OP_FSUB:
        if (isDefined(FLOATS)) {
          store<f64>(slotA(fp, i), load<f64>(slotB(fp, i)) - load<f64>(slotC(fp, i)));
          continue;
        }
        unreachable();
      case OP_FMUL:
        if (isDefined(FLOATS)) {
          store<f64>(slotA(fp, i), load<f64>(slotB(fp, i)) * load<f64>(slotC(fp, i)));
          continue;
        }
        unreachable();
      case OP_FDIV:
        if (isDefined(FLOATS)) {
          store<f64>(slotA(fp, i), load<f64>(slotB(fp, i)) / load<f64>(slotC(fp, i)));
          continue;
        }
        unreachable();
      case OP_FMOD:
        if (isDefined(FLOATS)) {
          store<f64>(slotA(fp, i), load<f64>(slotB(fp, i)) % load<f64>(slotC(fp, i)));
          continue;
        }
        unreachable();
      case OP_FNEG:
        if (isDefined(FLOATS)) {
          store<f64>(slotA(fp, i), -load<f64>(slotB(fp, i)));
          continue;
        }
        unreachable();
      case OP_FEQ:
        if (isDefined(FLOATS)) {
          store<u64>(slotA(fp, i), load<f64>(slotB(fp, i)) == load<f64>(slotC(fp, i)) ? 1 : 0);
          continue;
        }
        unreachable();
      case OP_FLT:
        if (isDefined(FLOATS)) {
          store<u64>(slotA(fp, i), load<f64>(slotB(fp, i)) < load<f64>(slotC(fp, i)) ? 1 : 0);
          continue;
        }
        unreachable();
      case OP_FLE:
        if (isDefined(FLOATS)) {
          store<u64>(slotA(fp, i), load<f64>(slotB(fp, i)) <= load<f64>(slotC(fp, i)) ? 1 : 0);
          continue;
        }
        unreachable();
      case OP_I2F:
        if (isDefined(FLOATS)) {
          store<f64>(slotA(fp, i), <f64>load<i64>(slotB(fp, i)));
          continue;
        }
        unreachable();
      case OP_F2I:
        if (isDefined(FLOATS)) {
          store<i64>(slotA(fp, i), wholeOf(load<f64>(slotB(fp, i))));
          continue;
        }
        unreachable();
      case OP_F2S: {
        store<u32>(act, <u32>pc, ACT_PC);
        store<u32>(act, <u32>fp, ACT_FP);
        fault = opFloatText(act, fp, i);
        if (fault == 0) continue;
        break;
      }
      default:
        if (<i32>(i & 0xffff) != OP_NATIVE) unreachable();
        fault = FAULT_NATIVE;
    }

    if (fault == 0) {
      if (offset < 0 && --slice < 0) {
        fault = FAULT_FUEL;
      } else {
        pc += (<usize>offset) << 3;
        continue;
      }
    }
    store<i32>(act, slice, ACT_SLICE);
    store<u32>(act, <u32>pc, ACT_PC);
    store<u32>(act, <u32>fp, ACT_FP);
    if (fault == FAULT_WAITING) return WAITING;
    if (fault == FAULT_EVALUATES) return EVALUATES;
    let entry = 0;
    if (fault == FAULT_FUEL) {
      fault = refuel(act);
      if (fault == 0) {
        if (nativeOn) {
          entry = offset < 0 ? nativeLoop(pc + ((<usize>offset) << 3)) : 0;
          if (entry == 0 && noticeHot(act, fp, pc - 8)) return WANTS_NATIVE;
        }
        slice = load<i32>(act, ACT_SLICE);
        pc -= 8;
        if (entry == 0) continue;
        // The back edge is taken, and the loop goes on in native code.
        store<i32>(act, --slice, ACT_SLICE);
        fault = FAULT_NATIVE;
      }
      if (fault == 2) fault = FAULT_KILLED;
    }
    if (fault == FAULT_NATIVE) {
      const back = load<u64>(fp - WINDOW_BYTES);
      const status = enterNative(act, fp, entry);
      slice = load<i32>(act, ACT_SLICE);
      if (status == NATIVE_RETURNED) {
        pc = <usize>(<u32>back);
        fp = <usize>(back >> 32);
        if (pc) continue;
        store<u32>(act, 0, ACT_FP);
        return 0;
      }
      if (status == NATIVE_REFUSED) {
        if (entry == 0) pc = <usize>load<u32>(frameMethod(fp), METHOD_CODE);
        else pc += (<usize>(offset + 1)) << 3;
        continue;
      }
      pc = <usize>load<u32>(act, ACT_PC);
      fp = <usize>load<u32>(act, ACT_FP);
      const killed = load<i32>(act, ACT_KILLED) != 0;
      // Nothing is pending: the runtime wants the instruction to be done here.
      if (status == NATIVE_LEFT || (!killed && load<u32>(act, ACT_EXCEPTION) == 0)) continue;
      fault = killed ? FAULT_KILLED : FAULT_PENDING;
    }
    if (fault != FAULT_KILLED) {
      throwFault(act, fault);
      pc = unwind(act);
      slice = load<i32>(act, ACT_SLICE);
      if (pc) {
        fp = <usize>load<u32>(act, ACT_FP);
        continue;
      }
    }
    store<u32>(act, 0, ACT_FP);
    return fault == FAULT_KILLED || load<i32>(act, ACT_KILLED) != 0 ? 2 : 1;
  }
}
