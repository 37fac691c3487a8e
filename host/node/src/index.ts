/** The Node host's public surface. */
export {
  bind,
  Binding,
  BindError,
  BindingError,
  type BindOptions,
  type BoundValue,
  type Implementation,
} from './binding.js';
export { bundle, type ReadFile } from './bundle.js';
export {
  compile,
  Compilation,
  CompileMemoryError,
  declare,
  type Declarations,
  type CompileOptions,
  type Settings,
} from './compiler.js';
export { parseDiagnostics, type Diagnostic } from './diagnostic.js';
export { type Device, type Operations } from './device.js';
export { DeviceFile, type OpenOptions } from './device-file.js';
export { EngineMissingError, EngineTrap, LoadError } from './errors.js';
export { errnoName, ERRNO } from './errno.js';
export { engineModule, enginePath, type EngineName } from './engine-module.js';
export { Isolate, type IsolateOptions, type VmBuild } from './isolate.js';
export { type NativeCode, type NativeHost } from './native.js';
export { ALL, WHAT_IS_HOT, wasmCode, type Eagerness } from './jit/wasm-code.js';
export { isFailure, type Failure, type Outcome } from './outcome.js';
export { Session, type Entry, type SessionOptions } from './session.js';
export { scan, type Scan, type Token, type TokenClass } from './scanner.js';
export { analyse, type Declaration, type DeclarationKind, type Place, type Symbols, type Use } from './symbols.js';
export { collector, processStreams, textInput, type InputSource, type OutputSink, type Streams } from './streams.js';
