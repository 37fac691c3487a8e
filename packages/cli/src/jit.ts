/** `--jit`, for all that runs scripts. */
import { ALL, wasmCode, WHAT_IS_HOT, type IsolateOptions } from '@konoha/host-node';
import { Option } from 'commander';

/** Which methods are compiled: none, what runs often, all as soon as can be. */
export const JITS = ['off', 'on', 'all'] as const;
export type Jit = (typeof JITS)[number];

export function jitOption(): Option {
  return new Option('--jit <which>', 'native code: none, of what runs often, or of all as soon as can be')
    .choices(JITS)
    .default('on');
}

/** What an isolate or a machine is given. */
export function nativeOf(jit: Jit = 'on'): Pick<IsolateOptions, 'native'> {
  return jit === 'off' ? {} : { native: wasmCode(jit === 'all' ? ALL : WHAT_IS_HOT) };
}
