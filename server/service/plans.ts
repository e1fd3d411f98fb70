import type { RunRequest, StoredPlan } from "../../engine/state/service-store.ts";
import type { Answer, Service } from "../service.ts";
import { admitToRequest } from "./admit.ts";
import { fine, refuse } from "./answer.ts";
import { approveWaiting } from "./approve.ts";
import { keyOf } from "./decide-plan.ts";
import type { ServiceDeps } from "./deps.ts";
import { rejectWaiting } from "./reject.ts";

type PlansPart = Pick<Service, "plan" | "approve" | "reject">;

/** Plans, and what people decide about them. */
export function plansPart(deps: ServiceDeps): PlansPart {
  return {
    async plan(actor, id) {
      const admitted = await admitToRequest(deps, actor, "viewer", id);
      return admitted.ok ? planOf(deps, admitted.value) : admitted;
    },
    async approve(actor, id, what) {
      const admitted = await admitToRequest(deps, actor, "operator", id);
      if (!admitted.ok) return admitted;
      return approveWaiting(deps, admitted.value, actor.name, what);
    },
    async reject(actor, id) {
      const admitted = await admitToRequest(deps, actor, "operator", id);
      if (!admitted.ok) return admitted;
      return rejectWaiting(deps, id, actor.name, `Rejected by ${actor.name}.`);
    },
  };
}

async function planOf({ state }: ServiceDeps, request: RunRequest): Promise<Answer<StoredPlan>> {
  if (request.planId === undefined) {
    return refuse(404, "plan-missing", "The run has not been planned.");
  }
  const stored = await state.service.plan(keyOf(request));
  return stored
    ? fine(stored)
    : refuse(404, "plan-missing", "The plan of this run is not kept any more.");
}
