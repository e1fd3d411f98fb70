import type { Code } from "../codes.ts";
import type { Place } from "./place.ts";

/** One thing that is wrong in the files of a project: where, what, and what to do. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: "error" | "warning";
  /** What is wrong, in one sentence, with the text that is wrong in quotes. */
  readonly message: string;
  /** What to do. */
  readonly help: string;
  /** Absent only when there is no file to point at, such as an unreadable folder. */
  readonly at?: Place;
}
