import type { ChangeKind, Plan } from "../../engine/plan/plan.ts";
import type { PlanCounts } from "../../engine/state/service-store.ts";

/** `mapping`: the one that was asked for. What others keep in step is no matter of this run. */
export function planCounts(plan: Plan, mapping: string): PlanCounts {
  const changes = (kind: ChangeKind) => plan.changes.filter((one) => one.kind === kind).length;
  return {
    create: changes("create"),
    update: changes("update"),
    link: changes("link"),
    retire: changes("retire"),
    delete: changes("delete"),
    unlink: changes("unlink"),
    held: plan.held.length,
    passedOver: sum(plan.passedOver.map(({ records }) => records.length)),
    inStep: sum(plan.rules.filter((rule) => rule.mapping === mapping).map(({ inStep }) => inStep)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
