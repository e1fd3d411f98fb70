import type { Clock } from "../connector/connector.ts";
import { type Lease, LeaseLostError, type LeaseResult } from "./store.ts";

export interface MemoryLeases {
  acquire(name: string, holder: string, ttlMs: number): LeaseResult;
  release(lease: Lease): void;
  /** A lease that ran out and that nobody took is still held, so that its holder can write down what it has done. */
  require(held: readonly Lease[]): void;
}

export function memoryLeases(clock: Clock): MemoryLeases {
  /** Released leases stay, without a holder: tokens must go on growing. */
  const leases = new Map<string, Lease & { readonly until: number }>();

  function isHeld(lease: Lease): boolean {
    const row = leases.get(lease.name);
    return row?.holder === lease.holder && row.token === lease.token;
  }

  return {
    acquire: (name, holder, ttlMs) => {
      const now = clock.now().getTime();
      const row = leases.get(name) ?? { name, holder: "", token: 0, until: 0 };
      const expired = row.until <= now;
      if (!expired && row.holder !== holder) {
        return { ok: false, holder: row.holder, until: new Date(row.until) };
      }
      const lease = { name, holder, token: expired ? row.token + 1 : row.token };
      leases.set(name, { ...lease, until: now + ttlMs });
      return { ok: true, lease };
    },
    release: (lease) => {
      if (isHeld(lease)) leases.set(lease.name, { ...lease, holder: "", until: 0 });
    },
    require: (held) => {
      for (const lease of held) {
        if (!isHeld(lease)) {
          throw new LeaseLostError(
            `Another process has taken over "${lease.name}". Nothing was written.`,
          );
        }
      }
    },
  };
}
