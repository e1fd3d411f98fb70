import type { StateStore } from "../store.ts";
import { allBindings, removeBinding, storeBinding } from "./bindings.ts";
import { type Home, read, readTogether, transact } from "./database.ts";
import { addEntries, entriesOf } from "./entries.ts";
import { closeCreates, closeIntents, intentsOf, storeIntents } from "./intents.ts";
import { acquireLease, releaseLease, requireLeases } from "./leases.ts";
import { linkKey, linksOf, refreshLinks, removeLink, storeLink, storeLinks } from "./links.ts";
import { pastReadings, recordReadings } from "./readings.ts";
import { finishRun, newestRuns, oneRun, startRun } from "./runs.ts";
import { settle } from "./settle.ts";

/** The store over PostgreSQL, embedded or not. `engine/state/store.ts` says what the members promise. */
export function postgresStore(home: Home): StateStore {
  return {
    load: (mapping) =>
      readTogether(home, async (tx) => ({
        links: await linksOf(tx, mapping),
        intents: await intentsOf(tx, mapping),
      })),
    pastReadings: () => read(home, pastReadings),
    recordReadings: (readings) => transact(home, (tx) => recordReadings(tx, readings)),

    startRun: (run) => transact(home, (tx) => startRun(tx, run)),
    addEntries: (runId, entries) => transact(home, (tx) => addEntries(tx, runId, entries)),
    begin: (leases, intents) =>
      transact(home, async (tx) => {
        await requireLeases(tx, leases);
        await storeIntents(tx, intents);
      }),
    settle: (leases, runId, settlements) =>
      transact(home, async (tx) => {
        await requireLeases(tx, leases);
        await settle(tx, runId, settlements);
      }),
    refresh: (leases, links) =>
      transact(home, async (tx) => {
        await requireLeases(tx, leases);
        await refreshLinks(tx, links);
      }),
    finishRun: async (runId, end) => {
      await transact(home, (tx) => finishRun(tx, runId, end));
      await home.afterRun();
    },

    runs: (limit) => readTogether(home, (tx) => newestRuns(tx, limit)),
    run: (runId) => readTogether(home, (tx) => oneRun(tx, runId)),
    entries: (runId, page) => read(home, (database) => entriesOf(database, runId, page)),

    ...byHand(home),

    bindings: () => read(home, allBindings),
    bind: (leases, binding) =>
      transact(home, async (tx) => {
        await requireLeases(tx, leases);
        return storeBinding(tx, binding);
      }),
    unbind: (leases, mapping) =>
      transact(home, async (tx) => {
        await requireLeases(tx, leases);
        return removeBinding(tx, mapping);
      }),

    acquireLease: (name, holder, ttlMs) =>
      transact(home, (tx) => acquireLease(tx, home.now(), { name, holder, ttlMs })),
    releaseLease: (lease) => transact(home, (tx) => releaseLease(tx, lease)),

    close: home.close,
  };
}

/** What a person decides. */
function byHand(
  home: Home,
): Pick<StateStore, "addLink" | "addLinks" | "removeLink" | "closeIntent"> {
  return {
    addLink: (link) =>
      transact(home, async (tx) => {
        if (!(await storeLink(tx, link))) return false;
        await closeCreates(tx, [linkKey(link)]);
        return true;
      }),
    addLinks: (given) =>
      transact(home, async (tx) => {
        const { stored, refused } = await storeLinks(tx, given);
        await closeCreates(tx, stored.map(linkKey));
        return refused;
      }),
    removeLink: (key) => transact(home, (tx) => removeLink(tx, key)),
    closeIntent: (changeId) =>
      transact(home, async (tx) => (await closeIntents(tx, [changeId])) > 0),
  };
}
