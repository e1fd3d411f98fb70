import { approvedPlan } from "../../engine/plan/approve.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { StoredPlan } from "../../engine/state/service-store.ts";
import { applyStored } from "./apply-plan.ts";
import type { Course } from "./course.ts";
import type { End } from "./end-of-attempt.ts";
import { makePlan } from "./make-plan.ts";
import { planCounts } from "./plan-counts.ts";
import { sameChanges } from "./same-changes.ts";
import { verdictOn } from "./verdict.ts";
import { isNewer, saysTheSame, supersede, waitingPlans } from "./waiting-plans.ts";

/**
 * Plans, and decides what becomes of the plan. `interrupted`: what an earlier attempt of the same request was applying
 * when it ended.
 */
export async function runPlan(course: Course, interrupted: StoredPlan | null): Promise<End> {
  const planned = await makePlan(course, course.request.allow);
  if (!planned.ok) return planned.end;
  return decideOn(course, goesOn(planned.plan, interrupted));
}

/** What the policy and the guards say about a new plan. */
export async function decideOn(course: Course, plan: Plan): Promise<End> {
  const { deps, request, project } = course;
  const verdict = verdictOn(plan, request, project.mappings);
  const waiting = await waitingPlans(deps, request);
  if (verdict.kind === "wait") {
    const same = waiting.find(({ stored }) => saysTheSame(plan, stored));
    if (same) return keepWaiting(course, same.stored.plan);
    if (!(await keep(course, plan, "waiting"))) return { kind: "lost" };
    await supersede(deps, waiting);
    return { kind: "waiting", plan };
  }
  const isKept = await keep(course, plan, verdict.kind === "refuse" ? "rejected" : "approved");
  if (!isKept) return { kind: "lost" };
  if (isNewer(plan)) await supersede(deps, waiting);
  if (verdict.kind === "refuse") {
    const { code, message: note } = verdict;
    return { kind: "ended", status: "refused", code, note, plan };
  }
  const applied = await applyStored(course, plan);
  // The same plan in the same millisecond: with nothing to do, somebody else has done it.
  return applied.kind === "end" ? applied.end : { kind: "ended", status: "done", plan };
}

/**
 * The rest of what was being applied may look like too much to a guard, because the first part counts as linked by now.
 * Nobody is asked twice about the same changes: what the interrupted plan held as well has passed already.
 */
function goesOn(plan: Plan, interrupted: StoredPlan | null): Plan {
  if (!interrupted || plan.changes.length === 0) return plan;
  if (sameChanges(plan, interrupted.plan).length < plan.changes.length) return plan;
  const allow = plan.guards.flatMap((guard) => guard.allow ?? []);
  const rest = approvedPlan(plan, { allow });
  return rest.ok ? rest.plan : plan;
}

/** Stores the plan, and that it is the request's. False when the request is no longer ours. */
async function keep(course: Course, plan: Plan, status: StoredPlan["status"]): Promise<boolean> {
  const { deps, attempt, request, project, commit } = course;
  const { workspace, id: requestId } = request;
  const { service } = deps.state;
  await service.storePlan({ plan, workspace, requestId, status });
  const moved = await attempt.move(["planning", "applying"], {
    status: "planning",
    planId: plan.id,
    counts: planCounts(plan, request.mapping),
    configurationDigest: project.digest,
    commit: commit ?? null,
  });
  const earlier = attempt.planId;
  if (moved && earlier !== undefined && earlier !== plan.id)
    await service.decidePlan({ workspace, planId: earlier }, ["approved"], {
      status: "superseded",
    });
  return moved !== null;
}

/** The older request goes on waiting; whoever was to decide about it need not hear of another one. */
async function keepWaiting({ attempt, request }: Course, plan: Plan): Promise<End> {
  const counts = planCounts(plan, request.mapping);
  const moved = await attempt.move(["planning", "applying"], { planId: plan.id, counts });
  if (!moved) return { kind: "lost" };
  return {
    kind: "ended",
    status: "done",
    code: "plan-waits-already",
    note: "The plan is the same as the one that waits for a person already.",
  };
}
