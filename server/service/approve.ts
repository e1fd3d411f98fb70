import type { Code } from "../../engine/codes.ts";
import { type Approval, approvedPlan } from "../../engine/plan/approve.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { PlanDecision, RunRequest, StoredPlan } from "../../engine/state/service-store.ts";
import type { Answer, ServiceTrouble } from "../service.ts";
import { fine, type Refused, refuse } from "./answer.ts";
import { asApproved, carryOut, keyOf, notWaiting } from "./decide-plan.ts";
import type { ServiceDeps } from "./deps.ts";

/** Approves the plan that a request waits with, whole or in part, and puts the request back into the queue. */
export async function approveWaiting(
  deps: ServiceDeps,
  request: RunRequest,
  by: string,
  what: Approval,
): Promise<Answer<RunRequest>> {
  const { service } = deps.state;
  if (request.status !== "waiting") return notWaiting(deps, request.id);
  const stored = await service.plan(keyOf(request));
  if (!stored) return refuse(409, "plan-missing", "The plan is not kept any more. Run again.");
  if (stored.status !== "waiting") {
    await carryOut(deps, request, stored);
    return notWaiting(deps, request.id);
  }
  const foreign = foreignPlan(deps, request, stored.plan);
  if (foreign) return foreign;
  const approved = approvedPlan(stored.plan, what);
  if (!approved.ok) return refuse(statusOf(approved.code), approved.code, approved.message);

  const decision = decisionOf(stored.plan, approved.plan, by, deps.clock.now());
  const won = await service.decidePlan(keyOf(request), ["waiting"], decision);
  const decided = await service.plan(keyOf(request));
  const moved = decided && (await carryOut(deps, request, decided));
  if (!won || !decided) return notWaiting(deps, request.id);
  // Another process may have carried our decision out.
  const now = moved ?? (await service.request(request.id));
  if (now && now.status !== "cancelled" && now.planId === asApproved(decided).id) return fine(now);
  await takeBack(deps, decided);
  return notWaiting(deps, request.id);
}

/** What would be refused when it is applied is better refused now: its plan is made from other files than those here. */
function foreignPlan(
  { workspaces }: ServiceDeps,
  { workspace }: RunRequest,
  { header }: Plan,
): Refused | undefined {
  const project = workspaces.get(workspace)?.project;
  if (!project) {
    return refuse(409, "workspace-unknown", "The workspace of this run is not served any more.");
  }
  return project.digest === header.configurationDigest
    ? undefined
    : refuse(
        409,
        "plan-foreign",
        "The mappings, the connections or a variable have changed since the plan was made. Start a new run.",
      );
}

function decisionOf(plan: Plan, approved: Plan, by: string, at: Date): PlanDecision {
  const isWhole = approved.changes.length === plan.changes.length;
  return {
    status: "approved",
    decidedBy: by,
    decidedAt: at,
    ...(isWhole ? {} : { approved: approved.changes.map(({ id }) => id) }),
  };
}

/** The request came to an end while its plan was approved: a newer plan took its place. */
async function takeBack({ state }: ServiceDeps, { plan, workspace }: StoredPlan): Promise<void> {
  const key = { workspace, planId: plan.id };
  await state.service.decidePlan(key, ["approved"], { status: "superseded" });
}

function statusOf(code: Code): ServiceTrouble["status"] {
  return code === "change-unknown" || code === "nothing-approved" ? 422 : 409;
}
