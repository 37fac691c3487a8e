/** Fuel: 1 unit a back edge and a call; natives and long instructions charge for their length. */
import { ACT_FUEL, ACT_KILLED, ACT_SLICE, sliceUnits } from './activation';
import { safepoint } from './env';
import { throwTimeout } from './exceptions';

/**
 * The slice is used up: asks the host, then takes the next slice.
 * 0: go on; 1: no fuel, `Timeout!!` is pending; 2: the host says stop.
 */
export function refuel(act: usize): i32 {
  store<i32>(act, 0, ACT_SLICE);
  if (safepoint(act) != 0) {
    store<i32>(act, 1, ACT_KILLED);
    return 2;
  }
  const fuel = load<i64>(act, ACT_FUEL);
  if (fuel <= 0) return throwTimeout(act);
  const slice = fuel < sliceUnits ? fuel : sliceUnits;
  store<i32>(act, <i32>slice, ACT_SLICE);
  store<i64>(act, fuel - slice, ACT_FUEL);
  return 0;
}

/** Units that are left, the slice's among them. */
export function fuelOf(act: usize): i64 {
  return load<i64>(act, ACT_FUEL) + <i64>load<i32>(act, ACT_SLICE);
}

/** Makes the slice one of up to `units` units; what it has more, or lacks, the fuel behind it takes or gives. */
export function resizeSlice(act: usize, units: i64): void {
  const all = fuelOf(act);
  const slice = all < units ? all : units;
  store<i32>(act, <i32>slice, ACT_SLICE);
  store<i64>(act, all - slice, ACT_FUEL);
}

/** Takes up to `units` for work that is done; the next back edge or call finds out if there were not so many. */
export function spend(act: usize, units: i64): void {
  const slice = <i64>load<i32>(act, ACT_SLICE);
  if (units <= slice) {
    store<i32>(act, <i32>(slice - units), ACT_SLICE);
    return;
  }
  const fuel = load<i64>(act, ACT_FUEL) + slice - units;
  store<i32>(act, 0, ACT_SLICE);
  store<i64>(act, fuel < 0 ? 0 : fuel, ACT_FUEL);
}

/** Takes `units` before long work. 0, or 1: not that much left, `Timeout!!` is pending. */
export function charge(act: usize, units: i64): i32 {
  const slice = <i64>load<i32>(act, ACT_SLICE);
  if (units <= slice) {
    store<i32>(act, <i32>(slice - units), ACT_SLICE);
    return 0;
  }
  const enough = load<i64>(act, ACT_FUEL) + slice >= units;
  spend(act, units);
  return enough ? 0 : throwTimeout(act);
}
