import { type Plan, planStatus } from "../../engine/plan/plan.ts";
import type { RunRequest, StoredPlan } from "../../engine/state/service-store.ts";
import type { RunDeps } from "./run-deps.ts";

/** More plans of one mapping than one wait only while two processes store them at the same moment. */
const waitingMax = 20;

/** A request of the mapping whose plan waits for a person. */
export interface Waiting {
  readonly request: RunRequest;
  readonly stored: StoredPlan;
}

export async function waitingPlans(
  { state }: RunDeps,
  { workspace, mapping }: RunRequest,
): Promise<readonly Waiting[]> {
  const requests = await state.service.requests({
    ...{ workspace, mapping, statuses: ["waiting"] },
    limit: waitingMax,
  });
  const found: Waiting[] = [];
  for (const request of requests) {
    const { planId } = request;
    const stored = planId === undefined ? null : await state.service.plan({ workspace, planId });
    if (stored) found.push({ request, stored });
  }
  return found;
}

/** Whether the plan says nothing that the one that waits does not say, and that one can still be applied. */
export function saysTheSame(plan: Plan, { plan: waiting }: StoredPlan): boolean {
  return (
    plan.digest === waiting.digest &&
    plan.header.purpose === waiting.header.purpose &&
    plan.header.configurationDigest === waiting.header.configurationDigest
  );
}

/** A plan that could not see everything and has nothing to write is no better than the one that waits. */
export function isNewer(plan: Plan): boolean {
  return planStatus(plan) !== "incomplete" || plan.changes.length > 0;
}

/** A newer plan takes the place of those that wait. One that a person has decided about in the meantime stays as it is. */
export async function supersede(deps: RunDeps, waiting: readonly Waiting[]): Promise<void> {
  const { service } = deps.state;
  for (const { request, stored } of waiting) {
    const { workspace, id } = request;
    const at = deps.clock.now();
    const key = { workspace, planId: stored.plan.id };
    const status = "superseded" as const;
    if (!(await service.decidePlan(key, ["waiting"], { status, decidedAt: at }))) continue;
    await service.moveRequest(id, ["waiting"], {
      status: "cancelled",
      finishedAt: at,
      code: "plan-superseded",
      note: "A newer plan of the mapping has taken its place.",
    });
    await deps.changes.tell({ requestId: id, workspace });
  }
}
