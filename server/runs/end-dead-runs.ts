import { takeLeases } from "../../engine/apply/lease.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";
import { type RunDeps, timingOf } from "./run-deps.ts";

/** Milliseconds beyond the end of a lease until it is asked for again. */
const afterLeaseMs = 100;

/**
 * Runs of the engine that an earlier attempt has left open are closed. Taking their leases first proves that nobody
 * carries them out any more, and keeps a process that only slept from writing another word. Gives null, or how many
 * milliseconds to wait because somebody still has the right to write.
 */
export async function endDeadRuns(deps: RunDeps, request: RunRequest): Promise<number | null> {
  const store = deps.state.workspace(request.workspace);
  const { leaseMs, busyMs } = timingOf(deps);
  for (const runId of request.runIds) {
    const run = await store.run(runId);
    if (run?.status !== "running") continue;
    const holder = `${deps.processName} (closes run ${runId})`;
    const leases = await takeLeases(run.mappings, holder, { store, clock: deps.clock, leaseMs });
    if (!leases.ok) {
      const left = leases.until.getTime() - deps.clock.now().getTime();
      return Math.min(Math.max(left, 0) + afterLeaseMs, busyMs);
    }
    try {
      await store.finishRun(runId, {
        status: "partial",
        finishedAt: deps.clock.now(),
        note: "The process that carried it out ended before it was done.",
      });
    } finally {
      await leases.release();
    }
    deps.log.warn("a run was left open by a process that has ended", {
      run: request.id,
      workspace: request.workspace,
      mapping: request.mapping,
    });
  }
  return null;
}
