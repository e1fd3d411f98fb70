import type { RunRequest } from "../../engine/state/service-store.ts";

/** What is to become of a slot. */
export type Verdict =
  /** A run is asked for. */
  | "start"
  /** Nothing is to run for it, now or later. */
  | "pass"
  /** Looked at again at the next tick. */
  | "wait";

export interface Standing {
  readonly slot: Date;
  /** Absent for a mapping that the schedule sees for the first time. */
  readonly claimed: Date | undefined;
  readonly isOn: boolean;
  /** It was run before: the first run is a person's. */
  readonly isBound: boolean;
  /** Requests of the mapping that are queued or under way. */
  readonly open: readonly Pick<RunRequest, "status" | "startedAt">[];
}

/**
 * A slot that is not wanted now is passed over, so that what was off for a week does not start at the moment at which it is
 * switched on. A run that has not begun to read when the slot comes serves it. One that has may have missed what changed since, so
 * the slot waits for its end.
 */
export function judgeSlot({ slot, claimed, isOn, isBound, open }: Standing): Verdict {
  if (claimed === undefined || !isOn || !isBound) return "pass";
  if (open.length === 0) return "start";
  const serves = ({ status, startedAt }: Standing["open"][number]) =>
    status === "queued" || (startedAt !== undefined && startedAt >= slot);
  return open.some(serves) ? "pass" : "wait";
}
