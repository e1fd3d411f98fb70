import type { RunRequest } from "../../engine/state/service-store.ts";

/*
 * Each attempt at a request has a name of its own in the request's `worker`: the store refuses what an attempt that lost
 * the request still wants to change. The name also tells how many attempts before it ended without a word. A request at
 * which process after process dies comes to an end that way; one that happened to run beside it, or that gets a little
 * further each time, has many more tries.
 */

/** Each attempt that ended without a word and had written nothing weighs this much, any other one 1. */
const weightOfNothing = 4;

/** Five attempts that wrote nothing, or twenty that did. */
export const silentEndsMax = 20;

export function attemptName(processName: string, id: string, silentEnds: number): string {
  return `${processName} ${id} ${silentEnds}`;
}

/** How much the attempts that ended without a word weigh together. Whoever gives a request back clears its worker. */
export function silentEndsOf(request: Pick<RunRequest, "status" | "worker" | "progress">): number {
  const { status, worker, progress } = request;
  if (status === "queued" || worker === undefined) return 0;
  const before = Number(/ ([0-9]+)$/.exec(worker)?.[1] ?? 0);
  const hasWritten = progress?.phase === "writing" && progress.done > 0;
  return before + (hasWritten ? 1 : weightOfNothing);
}
