import type { Plan } from "../plan/plan.ts";
import type { Lease, Link, MappingState, StateStore } from "../state/store.ts";

/* What applying a plan changes in the state without writing to any system. */

/** The links whose baseline or rule has moved on, as they are to be stored. */
function refreshedLinks(plan: Plan, states: ReadonlyMap<string, MappingState>): readonly Link[] {
  const digests = new Map(plan.rules.map((rule) => [`${rule.mapping} ${rule.rule}`, rule.digest]));
  const links = new Map<string, Link>();
  if (plan.refreshes.length === 0) return [];
  for (const state of states.values()) {
    for (const link of state.links)
      links.set(`${link.mapping} ${link.rule} ${link.source.id}`, link);
  }
  return plan.refreshes.flatMap(({ mapping, rule, source, agreed }): Link[] => {
    const link = links.get(`${mapping} ${rule} ${source.id}`);
    if (!link) return [];
    const ruleDigest = digests.get(`${mapping} ${rule}`) ?? link.ruleDigest;
    return [{ ...link, baseline: { ...link.baseline, ...agreed }, ruleDigest }];
  });
}

/** Intents that the plan has answered. One that was begun since is another question. */
function answeredIntents(plan: Plan, states: ReadonlyMap<string, MappingState>): readonly string[] {
  const plannedAt = new Date(plan.header.createdAt).getTime();
  const since = new Set<string>();
  for (const { intents } of states.values()) {
    for (const { changeId, at } of intents) if (at.getTime() >= plannedAt) since.add(changeId);
  }
  return plan.answered.flatMap(({ changeId }) => (since.has(changeId) ? [] : [changeId]));
}

export async function keepBooks(
  plan: Plan,
  states: ReadonlyMap<string, MappingState>,
  to: { readonly store: StateStore; readonly leases: readonly Lease[] },
): Promise<void> {
  const refreshed = refreshedLinks(plan, states);
  if (refreshed.length > 0) await to.store.refresh(to.leases, refreshed);
  for (const changeId of answeredIntents(plan, states)) await to.store.closeIntent(changeId);
  const at = new Date(plan.header.createdAt);
  const ended = plan.readings.filter((reading) => reading.ended && !reading.window);
  await to.store.recordReadings(
    ended.map(({ connection, stream, records }) => ({ connection, stream, records, at })),
  );
}
