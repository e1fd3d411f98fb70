import type { Clock } from "../connector/connector.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { accountsBarrier, directionBarrier } from "../plan/barrier.ts";
import type { Plan } from "../plan/plan.ts";
import { type Accounts, bindingOf } from "../run/bind.ts";
import type { Binding } from "../state/binding.ts";
import type { Lease, StateStore } from "../state/store.ts";
import type { Refusal } from "./refusal.ts";

/**
 * Binds the mappings of a plan to their accounts before anything is written for them. The plan has looked as well;
 * what another process has bound or turned round since stands against it here.
 */
export async function bindMappings(
  plan: Plan,
  mappings: readonly Mapping[],
  leases: readonly Lease[],
  deps: { readonly store: StateStore; readonly clock: Clock; readonly accounts: Accounts },
): Promise<Refusal | null> {
  const names = new Set(plan.rules.map((rule) => rule.mapping));
  const known = await deps.store.bindings();
  for (const mapping of mappings.filter(({ name }) => names.has(name))) {
    const wanted = bindingOf(mapping, deps.accounts, deps.clock.now());
    const bound = known.find((binding) => binding.mapping === mapping.name);
    const direction =
      plan.header.purpose === "sync"
        ? directionBarrier(mapping, { bound, links: [] }, wanted)
        : null;
    if (direction) return direction;
    const conflict = await deps.store.bind(leases, turned(plan, wanted, bound));
    if (conflict) return accountsBarrier(wanted, conflict);
  }
  return null;
}

/** A part of a linking run does not turn a mapping round: the rest is still linked in the old direction. */
function turned(plan: Plan, wanted: Binding, bound: Binding | undefined): Binding {
  return plan.selection && bound ? { ...wanted, systemOfRecord: bound.systemOfRecord } : wanted;
}
