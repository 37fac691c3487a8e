/** Constants that a build may define (`use` in asconfig.json); ask with `isDefined`, which the compiler answers. */

/** The hostile build, vm-hostile.wasm: see vm/hostile.ts. */
declare const HOSTILE: i32;

/** User space: the VM has floats; see docs/architecture.md. */
declare const FLOATS: i32;
