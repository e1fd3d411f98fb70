import type { Purged, PurgeLimits, ServiceStore } from "../../service-store.ts";
import { boundMappings } from "../bindings.ts";
import { type Home, read, readTogether, transact } from "../database.ts";
import * as access from "./access.ts";
import { latestRequests } from "./latest-requests.ts";
import { packPlan } from "./packed-plan.ts";
import { decidePlan, decisionAbout, onePlan, storePlan } from "./plans.ts";
import { purgeBatches } from "./purge.ts";
import { addRequest, moveRequest, oneRequest, requestsOf } from "./requests.ts";
import * as settings from "./settings.ts";

/** What the service remembers, over PostgreSQL, embedded or not. `engine/state/service-store.ts` says what is promised. */
export function postgresServiceStore(home: Home): ServiceStore {
  return {
    addRequest: (request) => transact(home, (tx) => addRequest(tx, request)),
    moveRequest: (id, from, change, worker) =>
      transact(home, (tx) => moveRequest(tx, { id, from, change, worker })),
    requests: (filter) => readTogether(home, (tx) => requestsOf(tx, filter)),
    request: (id) => readTogether(home, (tx) => oneRequest(tx, id)),
    latest: (of) => readTogether(home, (tx) => latestRequests(tx, of)),
    boundMappings: (workspace) => read(home, (database) => boundMappings(database, workspace)),

    storePlan: async (stored) => {
      const packed = await packPlan(stored.plan);
      await transact(home, (tx) => storePlan(tx, stored, packed));
    },
    plan: (key) => read(home, (database) => onePlan(database, key)),
    decision: (key) => read(home, (database) => decisionAbout(database, key)),
    decidePlan: (key, from, decision) =>
      transact(home, (tx) => decidePlan(tx, key, from, decision)),

    ...settingsOf(home),
    ...accessOf(home),

    purge: (limits) => purge(home, limits),
  };
}

function settingsOf(
  home: Home,
): Pick<
  ServiceStore,
  | "overrides"
  | "setOverride"
  | "removeOverride"
  | "switches"
  | "setSwitch"
  | "removeSwitch"
  | "slots"
  | "claimSlot"
  | "notified"
  | "setNotified"
> {
  return {
    overrides: (workspace) => read(home, (database) => settings.overridesOf(database, workspace)),
    setOverride: (override) => transact(home, (tx) => settings.setOverride(tx, override)),
    removeOverride: (key) => transact(home, (tx) => settings.removeOverride(tx, key)),
    switches: (workspace) => read(home, (database) => settings.switchesOf(database, workspace)),
    setSwitch: (one) => transact(home, (tx) => settings.setSwitch(tx, one)),
    removeSwitch: (key) => transact(home, (tx) => settings.removeSwitch(tx, key)),
    slots: () => read(home, settings.allSlots),
    claimSlot: (slot) => transact(home, (tx) => settings.claimSlot(tx, slot)),
    notified: (workspace, mapping) =>
      read(home, (database) => settings.notifiedOf(database, workspace, mapping)),
    setNotified: (one) => transact(home, (tx) => settings.setNotified(tx, one)),
  };
}

function accessOf(
  home: Home,
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
    addToken: (token, hash) => transact(home, (tx) => access.addToken(tx, token, hash)),
    tokens: () => read(home, access.allTokens),
    tokenByHash: (hash) => read(home, (database) => access.tokenByHash(database, hash)),
    touchToken: (id, at) => transact(home, (tx) => access.touchToken(tx, id, at)),
    revokeToken: (id, at) => transact(home, (tx) => access.revokeToken(tx, id, at)),
    addSession: (session, hash) => transact(home, (tx) => access.addSession(tx, session, hash)),
    sessionByHash: (hash) => read(home, (database) => access.sessionByHash(database, hash)),
    endSession: (id) => transact(home, (tx) => access.endSession(tx, id)),
  };
}

async function purge(home: Home, limits: PurgeLimits): Promise<Purged> {
  const total = { requests: 0, runs: 0, entries: 0, plans: 0, sessions: 0 };
  for (const batch of purgeBatches) {
    for (let isFull = true; isFull; ) {
      const done = await transact(home, (tx) => batch(tx, limits));
      total.requests += done.removed.requests ?? 0;
      total.runs += done.removed.runs ?? 0;
      total.entries += done.removed.entries ?? 0;
      total.plans += done.removed.plans ?? 0;
      total.sessions += done.removed.sessions ?? 0;
      isFull = done.isFull;
      await home.pause();
    }
  }
  return total;
}
