/**
 * Told of everything that a load looks at, before it looks: whoever notes down how a file is then will see every change
 * that the load has not seen. What is told is waited for.
 */
export interface LoadWatch {
  /** An absolute path, of a file that need not be there. */
  file(path: string): Promise<void>;
  /** A pattern for files, and the absolute path of the folder that it counts from. */
  pattern(pattern: string, directory: string): Promise<void>;
}
