import type { Code } from "../codes.ts";

/**
 * Thrown by a member of an open store whose home failed: the server went away, the disk is full. Expected trouble, but
 * none that a caller could go on from: the message is for the person. Holds nothing of a record.
 */
export class StateError extends Error {
  override readonly name = "StateError";
  readonly code: Code;

  constructor(code: Code, message: string) {
    super(message);
    this.code = code;
  }
}
