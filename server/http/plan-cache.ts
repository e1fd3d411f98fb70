import type { Clock } from "../../engine/connector/connector.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { StoredPlan } from "../../engine/state/service-store.ts";
import type { Actor, Answer, Service } from "../service.ts";
import type { HttpLimits } from "./options.ts";

/*
 * Plans that people are looking at, unpacked. A plan never changes; what was decided about it does, and is asked for anew
 * each time, together with whether the actor may see it at all.
 */

export interface PlanCache {
  of(actor: Actor, requestId: string): Promise<Answer<StoredPlan>>;
}

interface Kept {
  readonly plan: Plan;
  readonly records: number;
  readonly until: number;
}

export function planCache(
  service: Pick<Service, "plan" | "run">,
  clock: Clock,
  limits: Pick<HttpLimits, "plans" | "planMs" | "planRecords">,
): PlanCache {
  /** The one that was used last stands at the end. */
  const kept = new Map<string, Kept>();
  const coming = new Map<string, Promise<Answer<StoredPlan>>>();

  function keep(key: string, plan: Plan): void {
    kept.delete(key);
    kept.set(key, { plan, records: recordsOf(plan), until: clock.now().getTime() + limits.planMs });
    for (const [old, { until }] of kept) {
      const records = [...kept.values()].reduce((sum, each) => sum + each.records, 0);
      const isTooMuch = kept.size > limits.plans || records > limits.planRecords;
      if (old !== key && (isTooMuch || until <= clock.now().getTime())) kept.delete(old);
    }
  }

  return {
    async of(actor, requestId) {
      const found = await service.run(actor, requestId);
      if (!found.ok) return found;
      const { request, plan: decision } = found.value;
      const { workspace, planId } = request;
      if (decision === undefined || planId === undefined) return service.plan(actor, requestId);
      const key = JSON.stringify([workspace, requestId, planId]);
      const hit = kept.get(key);
      if (hit && hit.until > clock.now().getTime()) {
        keep(key, hit.plan);
        return { ok: true, value: { ...decision, plan: hit.plan, workspace, requestId } };
      }
      // Two pages of one plan that are asked for at the same time unpack it once.
      const asked = coming.get(key) ?? service.plan(actor, requestId);
      coming.set(key, asked);
      try {
        const answer = await asked;
        if (answer.ok) keep(key, answer.value.plan);
        return answer;
      } finally {
        coming.delete(key);
      }
    },
  };
}

function recordsOf({ changes, held, passedOver, findings }: Plan): number {
  const lists = [...passedOver, ...findings].reduce((sum, { records }) => sum + records.length, 0);
  return changes.length + held.length + lists;
}
