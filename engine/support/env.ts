/** The host's imports: the file's name is the import module's. */

/** Called at least once a statement and every 4 KiB of source; non-zero: give up. */
export declare function safepoint(): i32;
