import type { Code } from "../codes.ts";
import type { RecordAddress } from "../value/address.ts";

/**
 * What came of one change.
 *
 * - `applied`: done, and recorded with its link.
 * - `failed`: the system refused it or could not be asked; surely nothing was written.
 * - `in-doubt`: we cannot tell whether it was written. The next plan finds out before anything is created again.
 * - `stale`: the record is not as it was when the plan was made; nothing was written.
 * - `skipped`: a change that it depends on was not applied, or the run was stopped.
 */
export type OutcomeStatus = "applied" | "failed" | "in-doubt" | "stale" | "skipped";

export interface Outcome {
  readonly changeId: string;
  readonly status: OutcomeStatus;
  /** Present unless applied. */
  readonly code?: Code;
  /** Present unless applied: why, and what to do. */
  readonly reason?: string;
  /** The target, where it is known. */
  readonly target?: RecordAddress;
}

export interface ApplyResult {
  readonly runId: string;
  readonly planId: string;
  /** `refused`: nothing was tried. `partial`: at least one change was not applied, or something was not read. */
  readonly status: "applied" | "partial" | "refused";
  /** Why it was refused. */
  readonly refusal?: { readonly code: Code; readonly message: string };
  /** In the order of the plan's changes. */
  readonly outcomes: readonly Outcome[];
}
