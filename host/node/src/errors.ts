/** The engine's wasm has not been built. */
export class EngineMissingError extends Error {
  constructor(readonly path: string) {
    super(`${path} is missing: run "npm run build"`);
    this.name = 'EngineMissingError';
  }
}

/** A bug of the engine: it trapped or broke the ABI. The instance that raised it must not be used again. */
export class EngineTrap extends Error {
  constructor(what: string, cause?: unknown) {
    super(`the engine failed: ${what}`, { cause });
    this.name = 'EngineTrap';
  }
}

/** The isolate refused an image; `code` is the verifier's (see docs/image-format.md) or a negative errno. */
export class LoadError extends Error {
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
    this.name = 'LoadError';
  }
}
