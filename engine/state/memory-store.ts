import type { Clock } from "../connector/connector.ts";
import { type Binding, bindingConflict } from "./binding.ts";
import { memoryIntents } from "./memory-intents.ts";
import { memoryLeases } from "./memory-leases.ts";
import { keyText, linkChanges, linkKey, memoryLinks, targetText } from "./memory-links.ts";
import { memoryRuns } from "./memory-runs.ts";
import type { PastReading, StateStore } from "./store.ts";

/*
 * The reference: what a store does, without a database. Every member checks first and changes afterwards, so that what
 * throws has changed nothing. Values are copied on the way in and on the way out; nobody holds a part of the state.
 */
export function memoryStore(clock: Clock): StateStore {
  const links = memoryLinks();
  const intents = memoryIntents();
  const readings = new Map<string, PastReading>();
  const leases = memoryLeases(clock);
  const bindings = new Map<string, Binding>();
  const runs = memoryRuns();

  return {
    load: async (mapping) =>
      structuredClone({
        links: links.of(mapping),
        intents: intents.of(mapping),
      }),
    pastReadings: async () => structuredClone([...readings.values()]),
    recordReadings: async (given) => {
      for (const reading of structuredClone(given)) {
        readings.set(JSON.stringify([reading.connection, reading.stream]), reading);
      }
    },

    startRun: async (run) => runs.start(run),
    addEntries: async (runId, entries) => runs.add(runId, entries),
    begin: async (held, opened) => {
      leases.require(held);
      intents.open(opened);
    },
    settle: async (held, runId, settlements) => {
      leases.require(held);
      const entries = settlements.map((one) => one.entry);
      runs.check(runId, entries);
      links.apply(linkChanges(settlements));
      runs.add(runId, entries);
      for (const { changeId, closeIntent } of settlements) {
        if (closeIntent) intents.close(changeId);
      }
      intents.answer(settlements.flatMap(({ link }) => link ?? []));
    },
    refresh: async (held, agreed) => {
      leases.require(held);
      for (const link of agreed) {
        const stored = links.get(link);
        if (!stored || targetText(stored) !== targetText(link)) continue;
        const { baseline, ruleDigest, writtenAt } = link;
        links.apply(
          new Map([[keyText(linkKey(link)), { ...stored, baseline, ruleDigest, writtenAt }]]),
        );
      }
    },
    finishRun: async (runId, end) => runs.finish(runId, end),

    runs: async (limit) => runs.newest(limit),
    run: async (runId) => runs.summary(runId),
    entries: async (runId, page) => runs.entries(runId, page),

    addLink: async (link) => {
      if (links.rival(link)) return false;
      links.apply(new Map([[keyText(linkKey(link)), link]]));
      intents.answer([link]);
      return true;
    },
    removeLink: async (key) => links.remove(key),
    closeIntent: async (changeId) => intents.close(changeId),

    bindings: async () =>
      structuredClone([...bindings.values()].sort((a, b) => (a.mapping < b.mapping ? -1 : 1))),
    bind: async (held, binding) => {
      leases.require(held);
      const conflict = bindingConflict([...bindings.values()], binding);
      if (conflict) return structuredClone(conflict);
      const at = bindings.get(binding.mapping)?.at ?? binding.at;
      bindings.set(binding.mapping, structuredClone({ ...binding, at }));
      return null;
    },
    unbind: async (held, mapping) => {
      leases.require(held);
      bindings.delete(mapping);
      return { links: links.forget(mapping), intents: intents.forget(mapping) };
    },

    acquireLease: async (name, holder, ttlMs) => leases.acquire(name, holder, ttlMs),
    releaseLease: async (lease) => leases.release(lease),

    close: async () => {},
  };
}
