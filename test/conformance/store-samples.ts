import type { Binding } from "../../engine/state/binding.ts";
import type {
  Intent,
  Lease,
  Link,
  RunEntry,
  RunStart,
  Settlement,
  StateStore,
} from "../../engine/state/store.ts";
import type { RecordAddress } from "../../engine/value/address.ts";

/* Small worlds for the store suite. Every value can be replaced; what a test does not name does not matter to it. */

export const morning = new Date("2026-03-02T06:00:00.000Z");

export function minutesAfter(minutes: number): Date {
  return new Date(morning.getTime() + minutes * 60_000);
}

export function source(id: string): RecordAddress {
  return { connection: "wfp", stream: "people", id };
}

export function target(id: string): RecordAddress {
  return { connection: "procore", stream: "users", id };
}

/** Source `id` and target `t-id`. */
export function link(id: string, more: Partial<Link> = {}): Link {
  return {
    mapping: "people",
    rule: "users",
    source: source(id),
    target: target(`t-${id}`),
    origin: "matched",
    baseline: { first_name: "Ilse", is_active: true, job_title: null },
    ruleDigest: "digest-1",
    writtenAt: morning,
    ...more,
  };
}

/** An open create of source `id`. */
export function intent(id: string, more: Partial<Intent> = {}): Intent {
  return {
    changeId: `change-${id}`,
    runId: "run-1",
    kind: "create",
    mapping: "people",
    rule: "users",
    source: source(id),
    stream: { connection: "procore", stream: "users" },
    fields: { first_name: "Ilse" },
    at: morning,
    ...more,
  };
}

export function entry(sequence: number, more: Partial<RunEntry> = {}): RunEntry {
  return {
    sequence,
    mapping: "people",
    rule: "users",
    source: source(String(sequence)),
    label: `Person ${sequence}`,
    action: "create",
    status: "applied",
    reason: "",
    fields: [{ field: "first_name", after: "Ilse", why: "new" }],
    ...more,
  };
}

/** What the end of an applied create of source `id` does. */
export function settlement(
  id: string,
  sequence: number,
  more: Partial<Settlement> = {},
): Settlement {
  return {
    changeId: `change-${id}`,
    closeIntent: true,
    link: link(id, { origin: "created" }),
    entry: entry(sequence, { source: source(id) }),
    ...more,
  };
}

/** What a change that touched no link leaves behind. */
export function plainSettlement(id: string, sequence: number, closeIntent: boolean): Settlement {
  return { changeId: `change-${id}`, closeIntent, entry: entry(sequence, { source: source(id) }) };
}

export function run(id: string, more: Partial<RunStart> = {}): RunStart {
  return {
    runId: id,
    planId: `plan-of-${id}`,
    planDigest: "plan-digest",
    purpose: "sync",
    mappings: ["people"],
    configurationDigest: "configuration-digest",
    startedAt: morning,
    startedBy: "cli",
    ...more,
  };
}

/** Takes the lease of a mapping, which must be free. */
export async function take(store: StateStore, name = "people", holder = "run-1"): Promise<Lease> {
  const result = await store.acquireLease(name, holder, 60_000);
  if (!result.ok) throw new Error(`The lease ${name} is held by ${result.holder}.`);
  return result.lease;
}

/** The ids of the sources that have a link, and of the changes that are open. */
export async function contents(
  store: StateStore,
  mapping = "people",
): Promise<{ readonly links: readonly string[]; readonly intents: readonly string[] }> {
  const { links, intents } = await store.load(mapping);
  return {
    links: links.map((one) => `${one.source.id} -> ${one.target.id}`).sort(),
    intents: intents.map((one) => one.changeId).sort(),
  };
}

/** Accounts by connection; the system of a connection is its own name unless another is given. */
export function binding(
  mapping: string,
  accounts: Readonly<Record<string, string>>,
  systems: Readonly<Record<string, string>> = {},
): Binding {
  return {
    mapping,
    accounts: Object.entries(accounts).map(([connection, account]) => {
      const system = systems[connection] ?? connection;
      return { connection, system, title: `The system ${system}`, account: `company ${account}` };
    }),
    systemOfRecord: "wfp/people",
    at: morning,
  };
}
