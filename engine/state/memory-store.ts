import type { Clock } from "../connector/connector.ts";
import { memoryBindings } from "./memory-bindings.ts";
import { type MemoryIntents, memoryIntents } from "./memory-intents.ts";
import { memoryLeases } from "./memory-leases.ts";
import {
  keyText,
  linkChanges,
  linkKey,
  type MemoryLinks,
  memoryLinks,
  targetText,
} from "./memory-links.ts";
import { type MemoryRuns, memoryRuns } from "./memory-runs.ts";
import type { Link, PastReading, Settlement, StateStore } from "./store.ts";

/*
 * The reference: what a store does, without a database. Every member checks first and changes afterwards, so that what
 * throws has changed nothing. Values are copied on the way in and on the way out; nobody holds a part of the state.
 */
export function memoryStore(clock: Clock, runs: MemoryRuns = memoryRuns()): StateStore {
  const links = memoryLinks();
  const intents = memoryIntents();
  const readings = new Map<string, PastReading>();
  const leases = memoryLeases(clock);
  const bindings = memoryBindings();
  const parts = { links, intents, runs };

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
      settle(parts, runId, settlements);
    },
    refresh: async (held, agreed) => {
      leases.require(held);
      for (const link of agreed) refresh(links, link);
    },
    finishRun: async (runId, end) => runs.finish(runId, end),

    runs: async (limit) => runs.newest(limit),
    run: async (runId) => runs.summary(runId),
    entries: async (runId, page) => runs.entries(runId, page),
    history: async (record, limit) => runs.history(record, limit),

    addLink: async (link) => add(parts, link),
    addLinks: async (given) => given.filter((link) => !add(parts, link)),
    removeLink: async (key) => links.remove(key),
    closeIntent: async (changeId) => intents.close(changeId),

    bindings: async () => structuredClone(bindings.all()),
    bind: async (held, binding) => {
      leases.require(held);
      return bindings.bind(binding);
    },
    unbind: async (held, mapping) => {
      leases.require(held);
      bindings.forget(mapping);
      return { links: links.forget(mapping), intents: intents.forget(mapping) };
    },

    acquireLease: async (name, holder, ttlMs) => leases.acquire(name, holder, ttlMs),
    releaseLease: async (lease) => leases.release(lease),

    close: async () => {},
  };
}

interface Parts {
  readonly links: MemoryLinks;
  readonly intents: MemoryIntents;
  readonly runs: MemoryRuns;
}

function settle(
  { links, intents, runs }: Parts,
  runId: string,
  settlements: readonly Settlement[],
): void {
  const entries = settlements.map((one) => one.entry);
  runs.check(runId, entries);
  links.apply(linkChanges(settlements));
  runs.add(runId, entries);
  for (const { changeId, closeIntent } of settlements) {
    if (closeIntent) intents.close(changeId);
  }
  intents.answer(settlements.flatMap(({ link }) => link ?? []));
}

/** False when the target has a link of another source. */
function add({ links, intents }: Parts, link: Link): boolean {
  if (links.rival(link)) return false;
  links.apply(new Map([[keyText(linkKey(link)), link]]));
  intents.answer([link]);
  return true;
}

/** A link that has another target by now is left as it is. */
function refresh(links: MemoryLinks, agreed: Link): void {
  const stored = links.get(agreed);
  if (!stored || targetText(stored) !== targetText(agreed)) return;
  const { baseline, ruleDigest, writtenAt } = agreed;
  const link = { ...stored, baseline, ruleDigest, writtenAt };
  links.apply(new Map([[keyText(linkKey(link)), link]]));
}
