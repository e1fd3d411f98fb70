import type { ApplyResult } from "../../engine/apply/outcome.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import { nextQuietStart, quietUntil } from "../schedule/quiet.ts";
import type { Course } from "./course.ts";
import { type End, endOfApply, endOfStop } from "./end-of-attempt.ts";
import { planCounts } from "./plan-counts.ts";
import { waitForQuiet } from "./quiet.ts";
import { timingOf } from "./run-deps.ts";

/** What has become of a plan that was to be applied. */
export type Applied =
  | { readonly kind: "end"; readonly end: End }
  /** It was used before: by an attempt that ended without a word, or was stopped. */
  | { readonly kind: "used" };

/** Applies a stored plan, as far as nothing comes in between. */
export async function applyStored(course: Course, plan: Plan): Promise<Applied> {
  const { deps, attempt, request, project, watch, engine } = course;
  const now = deps.clock.now();
  const quiet = quietUntil(project.quiet, project.timezone, now);
  if (quiet) return { kind: "end", end: waitForQuiet(quiet, now) };
  const { commit } = course;
  const moved = await attempt.move(["planning"], {
    status: "applying",
    planId: plan.id,
    counts: planCounts(plan, request.mapping),
    configurationDigest: project.digest,
    commit: commit ?? null,
  });
  if (!moved) return { kind: "end", end: { kind: "lost" } };
  watch.stopAt(nextQuietStart(project.quiet, project.timezone, now));
  const { signal } = watch;
  const { requestedBy: startedBy, id } = request;
  const result = await engine.apply(plan, { startedBy, request: id, signal });
  if (result.refusal?.code === "plan-used") return { kind: "used" };
  return { kind: "end", end: await endOf(course, plan, result) };
}

async function endOf(
  { deps, request, watch }: Course,
  plan: Plan,
  result: ApplyResult,
): Promise<End> {
  if (result.refusal?.code === "mapping-busy") {
    const { busyMs } = timingOf(deps);
    return { kind: "again", delayMs: busyMs, note: "Another run of the mapping is writing." };
  }
  const reason = watch.reason();
  const end = reason ? endOfStop(reason, plan, result) : endOfApply(plan, result);
  if (end.kind === "ended") {
    const key = { workspace: request.workspace, planId: plan.id };
    const status = end.status === "refused" ? "rejected" : "applied";
    await deps.state.service.decidePlan(key, ["approved"], { status });
  }
  return end;
}
