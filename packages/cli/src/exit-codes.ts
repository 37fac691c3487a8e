/** What the command's exit status says. */
export const EXIT_OK = 0;
/** Diagnostics, or an uncaught exception. */
export const EXIT_FAILED = 1;
/** Wrong usage, a file that cannot be read, or an engine that cannot be built. */
export const EXIT_USAGE = 2;
/** A bug of the engine itself. */
export const EXIT_ENGINE = 70;
/** The reader of our output went away (128 + SIGPIPE). */
export const EXIT_PIPE = 141;
