import type { Fault, FaultEffect, Faults } from "./simulator.ts";

/*
 * createFaults(): FaultList
 *   add(fault), clear(), struck     the public side, `simulator.faults`
 *   strike(method, path)            the server's side: the effect for this request, or null
 */

export interface FaultList extends Faults {
  /**
   * What befalls this request. Faults are asked in the order in which they were added, and the first that is ready
   * strikes; a request that one fault strikes does not count for the `after` of the ones behind it.
   */
  strike(method: string, path: string): FaultEffect | null;
}

interface Waiting {
  readonly fault: Fault;
  toPass: number;
  toStrike: number;
}

export function createFaults(): FaultList {
  const waiting: Waiting[] = [];
  const struck: Record<string, number> = {};
  return {
    struck,
    add(fault) {
      waiting.push({ fault, toPass: fault.after ?? 0, toStrike: fault.times ?? 1 });
    },
    clear() {
      waiting.length = 0;
    },
    strike(method, path) {
      for (const candidate of waiting) {
        if (!matches(candidate, method, path)) continue;
        if (candidate.toPass > 0) {
          candidate.toPass -= 1;
          continue;
        }
        candidate.toStrike -= 1;
        struck[candidate.fault.kind] = (struck[candidate.fault.kind] ?? 0) + 1;
        return candidate.fault;
      }
      return null;
    },
  };
}

function matches({ fault, toStrike }: Waiting, method: string, path: string): boolean {
  if (toStrike <= 0) return false;
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  // `search` and not `test`: a pattern with the flag `g` would remember where it stopped.
  return fault.path === undefined || path.search(fault.path) >= 0;
}
