import { approvedPlan } from "../../engine/plan/approve.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { PlanKey, RunRequest, StoredPlan } from "../../engine/state/service-store.ts";
import { planCounts } from "../runs/plan-counts.ts";
import { unknownRequest } from "./admit.ts";
import { type Refused, refuse } from "./answer.ts";
import type { ServiceDeps } from "./deps.ts";
import { tell } from "./tell.ts";

/*
 * What people decide about plans that wait. Of several who decide at once, the one whose decision the store takes first
 * wins. The decision stands with the plan, and what follows from it can be told from there: whoever comes next carries it
 * out as well, so that a process that dies between the two leaves nothing stuck.
 */

export function keyOf({ workspace, planId = "" }: RunRequest): PlanKey {
  return { workspace, planId };
}

/** Gives the request as it is then; null when it does not wait any more. `stored`: the plan, decided. */
export async function carryOut(
  deps: ServiceDeps,
  request: RunRequest,
  stored: StoredPlan,
  note?: string,
): Promise<RunRequest | null> {
  switch (stored.status) {
    case "approved":
      return queueApproved(deps, request, stored);
    case "rejected":
      return end(deps, request, note ?? `Rejected by ${stored.decidedBy ?? "a person"}.`);
    case "waiting":
    case "superseded":
    case "applied":
      return null;
  }
}

async function end(
  deps: ServiceDeps,
  { id }: RunRequest,
  note: string,
): Promise<RunRequest | null> {
  const ended = await deps.state.service.moveRequest(id, ["waiting"], {
    status: "cancelled",
    finishedAt: deps.clock.now(),
    note,
    code: null,
  });
  return ended && tell(deps, ended);
}

/** The plan as it was approved: a function of the plan and of the changes alone, because all guards have to be named. */
export function asApproved({ plan, approved }: Pick<StoredPlan, "plan" | "approved">): Plan {
  const allow = plan.guards.flatMap((guard) => guard.allow ?? []);
  const result = approvedPlan(plan, { allow, ...(approved ? { changes: approved } : {}) });
  if (!result.ok) throw new Error(`what was approved cannot be approved: ${result.message}`);
  return result.plan;
}

/** Between two tries, somebody asks for another run of the mapping. */
const triesMax = 5;

async function queueApproved(
  deps: ServiceDeps,
  request: RunRequest,
  stored: StoredPlan,
): Promise<RunRequest | null> {
  const { service } = deps.state;
  const plan = asApproved(stored);
  if (plan.id !== stored.plan.id) await service.storePlan({ ...stored, plan });
  for (let tried = 1; tried <= triesMax; tried += 1) {
    const queued = await service.moveRequest(request.id, ["waiting"], {
      status: "queued",
      planId: plan.id,
      counts: planCounts(plan, request.mapping),
      note: null,
      code: null,
      progress: null,
      worker: null,
      stopAskedBy: null,
    });
    if (queued) {
      // Should we die here, the sweep finds a request that is in no queue.
      await deps.enqueue(queued);
      return tell(deps, queued);
    }
    if ((await service.request(request.id))?.status !== "waiting") return null;
    await makeWay(deps, request);
  }
  throw new Error(`the run ${request.id} finds no place in the queue`);
}

/** One request of a mapping is queued at a time: what a person has approved comes before what has not been planned yet. */
async function makeWay(deps: ServiceDeps, { workspace, mapping }: RunRequest): Promise<void> {
  const { service } = deps.state;
  const [other] = await service.requests({ workspace, mapping, statuses: ["queued"], limit: 1 });
  if (!other) return;
  const gone = await service.moveRequest(other.id, ["queued"], {
    status: "cancelled",
    finishedAt: deps.clock.now(),
    note: "An approved plan of the same mapping came first. Start the run again if it is still wanted.",
  });
  if (gone) await tell(deps, gone);
}

/** Why nothing can be decided about the plan of a request any more. */
export async function notWaiting({ state }: ServiceDeps, id: string): Promise<Refused> {
  const request = await state.service.request(id);
  if (!request) return unknownRequest(id);
  const decision =
    request.planId === undefined ? null : await state.service.decision(keyOf(request));
  const { status, decidedBy, decidedAt } = decision ?? {};
  const by = decidedBy === undefined ? "" : ` by ${decidedBy}`;
  const at = decidedAt === undefined ? "" : ` at ${decidedAt.toISOString()}`;
  const isDecided = status !== undefined && status !== "waiting";
  const what = isDecided ? ` Its plan was ${status}${by}${at}.` : "";
  const note = request.note === undefined ? "" : ` ${request.note}`;
  const message = `The run does not wait for a person: it is ${request.status}.${what}${note}`;
  return refuse(409, "plan-not-waiting", message);
}
