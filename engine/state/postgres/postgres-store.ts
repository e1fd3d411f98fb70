import type { StateStore } from "../store.ts";
import { allBindings, removeBinding, storeBinding } from "./bindings.ts";
import { type Home, read, readTogether, type Scope, transact } from "./database.ts";
import { addEntries, entriesAbout, entriesOf } from "./entries.ts";
import { closeCreates, closeIntents, intentsOf, storeIntents } from "./intents.ts";
import { acquireLease, releaseLease, requireLeases } from "./leases.ts";
import { linkKey, linksOf, refreshLinks, removeLink, storeLink, storeLinks } from "./links.ts";
import { pastReadings, recordReadings } from "./readings.ts";
import { finishRun, newestRuns, oneRun, startRun } from "./runs.ts";
import { settle } from "./settle.ts";

/** `read`, `readTogether` and `transact`, over the rows of one workspace. */
interface Access {
  read<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
  readTogether<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
  transact<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
}

/** The store of a workspace over PostgreSQL, embedded or not. `engine/state/store.ts` says what the members promise. */
export function postgresStore(home: Home, workspace: string): StateStore {
  const own: Access = {
    read: (work) => read(home, (database) => work({ database, workspace })),
    readTogether: (work) => readTogether(home, (database) => work({ database, workspace })),
    transact: (work) => transact(home, (database) => work({ database, workspace })),
  };
  return {
    load: (mapping) =>
      own.readTogether(async (tx) => ({
        links: await linksOf(tx, mapping),
        intents: await intentsOf(tx, mapping),
      })),
    pastReadings: () => own.read(pastReadings),
    recordReadings: (readings) => own.transact((tx) => recordReadings(tx, readings)),

    startRun: (run) => own.transact((tx) => startRun(tx, run)),
    addEntries: (runId, entries) => own.transact((tx) => addEntries(tx, runId, entries)),
    begin: (leases, intents) =>
      own.transact(async (tx) => {
        await requireLeases(tx, leases);
        await storeIntents(tx, intents);
      }),
    settle: (leases, runId, settlements) =>
      own.transact(async (tx) => {
        await requireLeases(tx, leases);
        await settle(tx, runId, settlements);
      }),
    refresh: (leases, links) =>
      own.transact(async (tx) => {
        await requireLeases(tx, leases);
        await refreshLinks(tx, links);
      }),
    finishRun: async (runId, end) => {
      await own.transact((tx) => finishRun(tx, runId, end));
      await home.afterRun();
    },

    runs: (limit) => own.readTogether((tx) => newestRuns(tx, limit)),
    run: (runId) => own.readTogether((tx) => oneRun(tx, runId)),
    entries: (runId, page) => own.read((scope) => entriesOf(scope, runId, page)),
    history: (record, limit) => own.read((scope) => entriesAbout(scope, record, limit)),

    ...byHand(own),
    ...bound(own),

    acquireLease: (name, holder, ttlMs) =>
      own.transact((tx) => acquireLease(tx, home.now(), { name, holder, ttlMs })),
    releaseLease: (lease) => own.transact((tx) => releaseLease(tx, lease)),

    close: async () => {},
  };
}

/** What a person decides. */
function byHand(
  own: Access,
): Pick<StateStore, "addLink" | "addLinks" | "removeLink" | "closeIntent"> {
  return {
    addLink: (link) =>
      own.transact(async (tx) => {
        if (!(await storeLink(tx, link))) return false;
        await closeCreates(tx, [linkKey(link)]);
        return true;
      }),
    addLinks: (given) =>
      own.transact(async (tx) => {
        const { stored, refused } = await storeLinks(tx, given);
        await closeCreates(tx, stored.map(linkKey));
        return refused;
      }),
    removeLink: (key) => own.transact((tx) => removeLink(tx, key)),
    closeIntent: (changeId) => own.transact(async (tx) => (await closeIntents(tx, [changeId])) > 0),
  };
}

/** The accounts that mappings work with. */
function bound(own: Access): Pick<StateStore, "bindings" | "bind" | "unbind"> {
  return {
    bindings: () => own.read(allBindings),
    bind: (leases, binding) =>
      own.transact(async (tx) => {
        await requireLeases(tx, leases);
        return storeBinding(tx, binding);
      }),
    unbind: (leases, mapping) =>
      own.transact(async (tx) => {
        await requireLeases(tx, leases);
        return removeBinding(tx, mapping);
      }),
  };
}
