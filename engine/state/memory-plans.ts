import type { PlanDecision, PlanKey, PlanStatus, StoredPlan } from "./service-store.ts";

export interface MemoryPlans {
  store(plan: StoredPlan): void;
  one(key: PlanKey): StoredPlan | null;
  decision(key: PlanKey): PlanDecision | null;
  decide(key: PlanKey, from: readonly PlanStatus[], decision: PlanDecision): boolean;
  /** Removes those that are old, and gives their number. */
  forget(isOld: (plan: StoredPlan) => boolean): number;
}

export function memoryPlans(): MemoryPlans {
  const plans = new Map<string, StoredPlan>();

  return {
    store: (stored) => {
      const key = keyText({ workspace: stored.workspace, planId: stored.plan.id });
      if (!plans.has(key)) plans.set(key, structuredClone(stored));
    },
    one: (key) => structuredClone(plans.get(keyText(key)) ?? null),
    decision: (key) => {
      const stored = plans.get(keyText(key));
      if (!stored) return null;
      const { plan: _plan, workspace: _workspace, requestId: _requestId, ...decision } = stored;
      return structuredClone(decision);
    },
    decide: (key, from, decision) => {
      const stored = plans.get(keyText(key));
      if (!stored || !from.includes(stored.status)) return false;
      plans.set(keyText(key), { ...stored, ...structuredClone(decision) });
      return true;
    },
    forget: (isOld) => {
      const old = [...plans].filter(([, stored]) => isOld(stored));
      for (const [key] of old) plans.delete(key);
      return old.length;
    },
  };
}

function keyText({ workspace, planId }: PlanKey): string {
  return JSON.stringify([workspace, planId]);
}
