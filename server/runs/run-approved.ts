import { approvedPlan } from "../../engine/plan/approve.ts";
import type { StoredPlan } from "../../engine/state/service-store.ts";
import { applyStored } from "./apply-plan.ts";
import type { Course } from "./course.ts";
import type { End } from "./end-of-attempt.ts";
import { makePlan } from "./make-plan.ts";
import { planCounts } from "./plan-counts.ts";
import { decideOn } from "./run-plan.ts";
import { sameChanges } from "./same-changes.ts";

/** Applies exactly what a person has approved. */
export async function runApproved(course: Course, stored: StoredPlan): Promise<End> {
  const applied = await applyStored(course, stored.plan);
  return applied.kind === "end" ? applied.end : runRest(course, stored);
}

/** The plan was begun before and cannot be applied again: what is left of it is planned anew, and nothing else is written. */
async function runRest(course: Course, stored: StoredPlan): Promise<End> {
  const { deps, attempt, request } = course;
  const known = stored.plan.guards.flatMap((guard) => guard.allow ?? []);
  const planned = await makePlan(course, known);
  if (!planned.ok) return planned.end;
  const { plan } = planned;
  const approved = sameChanges(plan, stored.plan);
  if (approved.length === 0 && plan.changes.length > 0) {
    await close(course, stored);
    const note = "The rest of what was approved is done, or is no longer to be done.";
    return { kind: "ended", status: "done", note, plan: stored.plan };
  }
  // Guards look at all that is to be done by now; of what is left of it here, a person has approved every change.
  const allow = plan.guards.flatMap((guard) => guard.allow ?? []);
  const part = approved.length === 0 ? {} : { changes: approved };
  const rest = approvedPlan(plan, { ...part, allow });
  if (!rest.ok) {
    await close(course, stored);
    return decideOn(course, plan);
  }
  const { workspace, id: requestId } = request;
  const { decidedBy, decidedAt } = stored;
  await deps.state.service.storePlan({
    ...{ plan: rest.plan, workspace, requestId, status: "approved", approved },
    ...(decidedBy === undefined ? {} : { decidedBy }),
    ...(decidedAt === undefined ? {} : { decidedAt }),
  });
  const moved = await attempt.move(["applying"], {
    status: "planning",
    planId: rest.plan.id,
    counts: planCounts(rest.plan, request.mapping),
  });
  if (!moved) return { kind: "lost" };
  await close(course, stored);
  const applied = await applyStored(course, rest.plan);
  return applied.kind === "end" ? applied.end : { kind: "ended", status: "done", plan: rest.plan };
}

async function close({ deps, request }: Course, { plan }: StoredPlan): Promise<void> {
  const key = { workspace: request.workspace, planId: plan.id };
  await deps.state.service.decidePlan(key, ["approved"], { status: "applied" });
}
