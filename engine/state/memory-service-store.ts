import { type MemoryAccess, memoryAccess } from "./memory-access.ts";
import { memoryPlans } from "./memory-plans.ts";
import { memoryRequests } from "./memory-requests.ts";
import type { MemoryRuns } from "./memory-runs.ts";
import { memorySettings } from "./memory-settings.ts";
import type { MappingName, Purged, PurgeLimits, ServiceStore } from "./service-store.ts";
import type { StateStore } from "./store.ts";

/** The reference: what the service remembers, without a database. `runs` and `stores` are those of each workspace. */
export function memoryServiceStore(
  runs: ReadonlyMap<string, MemoryRuns>,
  stores: ReadonlyMap<string, Pick<StateStore, "bindings">>,
): ServiceStore {
  const requests = memoryRequests(runs);
  const plans = memoryPlans();
  const settings = memorySettings();
  const access = memoryAccess();

  function purge(limits: PurgeLimits): Purged {
    const gone = requests.forget(limits.requests);
    const removedPlans = plans.forget(
      ({ plan, requestId }) =>
        gone.has(requestId) ||
        (new Date(plan.header.createdAt) < limits.plans && !requests.isOpen(requestId)),
    );
    let [removedRuns, entries] = [0, 0];
    for (const [workspace, own] of runs) {
      const removed = own.forget(
        limits.requests,
        (id) => requests.one(id)?.workspace === workspace,
      );
      removedRuns += removed.runs;
      entries += removed.entries;
    }
    return {
      requests: gone.size,
      runs: removedRuns,
      entries,
      plans: removedPlans,
      sessions: access.endedBefore(limits.now),
    };
  }

  return {
    addRequest: async (request) => requests.add(request),
    moveRequest: async (id, from, change, worker) => requests.move(id, from, change, worker),
    requests: async (filter) => requests.page(filter),
    request: async (id) => requests.one(id),
    latest: async (of) => of.map(requests.latest),
    boundMappings: async (workspace) => boundMappings(stores, workspace),

    storePlan: async (plan) => plans.store(plan),
    plan: async (key) => plans.one(key),
    decision: async (key) => plans.decision(key),
    decidePlan: async (key, from, decision) => plans.decide(key, from, decision),

    overrides: async (workspace) => settings.overrides.of(workspace),
    setOverride: async (override) => settings.overrides.set(override),
    removeOverride: async (key) => settings.overrides.remove(key),
    switches: async (workspace) => settings.switches.of(workspace),
    setSwitch: async (one) => settings.switches.set(one),
    removeSwitch: async (key) => settings.switches.remove(key),
    slots: async () => settings.slots.of(),
    claimSlot: async (slot) => {
      const stored = settings.slots.one(slot);
      if (stored !== null && stored.at >= slot.at) return false;
      settings.slots.set(slot);
      return true;
    },
    notified: async (workspace, mapping) => settings.notified.one({ workspace, mapping }),
    setNotified: async (one) => settings.notified.set(one),

    ...accessMembers(access),

    purge: async (limits) => purge(limits),
  };
}

async function boundMappings(
  stores: ReadonlyMap<string, Pick<StateStore, "bindings">>,
  wanted: string | undefined,
): Promise<readonly MappingName[]> {
  const asked = [...stores].filter(([name]) => wanted === undefined || name === wanted);
  const names = asked.map(async ([workspace, store]) =>
    (await store.bindings()).map(({ mapping }) => ({ workspace, mapping })),
  );
  const found = (await Promise.all(names)).flat();
  return found.sort((a, b) => (a.workspace < b.workspace ? -1 : a.workspace > b.workspace ? 1 : 0));
}

function accessMembers(
  access: MemoryAccess,
): Pick<
  ServiceStore,
  | "addToken"
  | "tokens"
  | "tokenByHash"
  | "touchToken"
  | "revokeToken"
  | "addSession"
  | "sessionByHash"
  | "endSession"
> {
  return {
    addToken: async (token, hash) => access.addToken(token, hash),
    tokens: async () => access.tokens(),
    tokenByHash: async (hash) => access.tokenByHash(hash),
    touchToken: async (id, at) => access.touch(id, at),
    revokeToken: async (id, at) => access.revoke(id, at),
    addSession: async (session, hash) => access.addSession(session, hash),
    sessionByHash: async (hash) => access.sessionByHash(hash),
    endSession: async (id) => access.endSession(id),
  };
}
