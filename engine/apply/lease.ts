import type { Clock } from "../connector/connector.ts";
import type { Lease, StateStore } from "../state/store.ts";

/*
 * The right to write, one lease a mapping, kept up while the run goes on. Every write to the state carries the leases,
 * and the store refuses it when one was lost, so that a process that slept too long can do no harm.
 */

/** How long a lease outlives the process that holds it, milliseconds. It is renewed three times in that time. */
const leaseMsDefault = 60_000;

export type Leases =
  | {
      readonly ok: true;
      readonly leases: readonly Lease[];
      /** Aborts when a lease was lost. */
      readonly lost: AbortSignal;
      release(): Promise<void>;
    }
  /** `what`: "the mapping people". */
  | { readonly ok: false; readonly what: string; readonly holder: string; readonly until: Date };

export interface LeaseDeps {
  readonly store: StateStore;
  readonly clock: Clock;
  readonly leaseMs?: number;
}

/** `lists`: lists of a system in which records are created, as `connection/list`. Only one run at a time may do that. */
export async function takeLeases(
  mappings: readonly string[],
  holder: string,
  deps: LeaseDeps,
  lists: readonly string[] = [],
): Promise<Leases> {
  const leases: Lease[] = [];
  const leaseMs = deps.leaseMs ?? leaseMsDefault;
  const wanted = [
    ...mappings.map((mapping) => ({ name: leaseName(mapping), what: `the mapping ${mapping}` })),
    ...lists.map((list) => ({ name: `list:${list}`, what: `the list ${list}` })),
  ];
  for (const { name, what } of wanted) {
    const result = await deps.store.acquireLease(name, holder, leaseMs);
    if (!result.ok) {
      await releaseAll(leases, deps.store);
      return { ok: false, what, holder: result.holder, until: result.until };
    }
    leases.push(result.lease);
  }
  const done = new AbortController();
  const lost = new AbortController();
  const renewing = renew(leases, { done: done.signal, lost }, deps);
  return {
    ok: true,
    leases,
    lost: lost.signal,
    release: async () => {
      done.abort();
      await renewing;
      await releaseAll(leases, deps.store);
    },
  };
}

function leaseName(mapping: string): string {
  return `mapping:${mapping}`;
}

async function releaseAll(leases: readonly Lease[], store: StateStore): Promise<void> {
  for (const lease of leases) await store.releaseLease(lease);
}

async function renew(
  leases: Lease[],
  signals: { readonly done: AbortSignal; readonly lost: AbortController },
  deps: LeaseDeps,
): Promise<void> {
  const leaseMs = deps.leaseMs ?? leaseMsDefault;
  for (;;) {
    await deps.clock.sleep(leaseMs / 3, signals.done);
    if (signals.done.aborted) return;
    for (const [index, lease] of leases.entries()) {
      const result = await deps.store.acquireLease(lease.name, lease.holder, leaseMs);
      // A token that grew by one went from us to us: our lease ran out, and nobody was there to take it.
      if (!result.ok || result.lease.token > lease.token + 1) {
        signals.lost.abort();
        return;
      }
      leases[index] = result.lease;
    }
  }
}
