/** Imports of `vm.wasm` (module `env`), as `docs/abi.md` describes them. */

export declare function safepoint(act: usize): i32;
export declare function device_register(
  act: usize,
  device: usize,
  ops: usize,
  name: usize,
  nameLen: i32,
  mode: i32,
): i32;
export declare function device_unregister(act: usize, device: usize): i32;
export declare function notify(act: usize, object: usize): void;
export declare function write(act: usize, fd: i32, ptr: usize, len: i32): i32;
export declare function read(act: usize, fd: i32, ptr: usize, cap: i32): i32;
export declare function log(act: usize, level: i32, ptr: usize, len: i32): void;
export declare function time(act: usize, clock: i32): i64;
export declare function task(act: usize, field: i32): i64;
export declare function task_comm(act: usize, ptr: usize, cap: i32): i32;
export declare function version(act: usize, ptr: usize, cap: i32): i32;
export declare function host_bind(name: usize, nameLen: i32, signature: usize, signatureLen: i32): i32;
export declare function host_call(act: usize, handle: i32, args: usize, count: i32): i32;
export declare function handle_drop(handle: i32): void;
export declare function arg(act: usize, index: i32, ptr: usize, cap: i32): i32;
export declare function native_enter(act: usize, method: i32, entry: i32, fp: usize, slice: i32, limit: usize): i32;
/** User space only. */
export declare function environment(act: usize, name: usize, nameLen: i32, ptr: usize, cap: i32): i32;
export declare function exit(act: usize, status: i32): void;
