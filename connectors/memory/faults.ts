import type { Stream } from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";

/** A member of `Stream` that calls the system. Of `read`, every page is a call. */
export type MemoryCall = Exclude<keyof Stream, "schema" | "readLagMs">;

export type MemoryAbility = Exclude<MemoryCall, "read">;

/** Which calls a fault strikes, and how often. */
interface MemoryFaultTarget {
  readonly stream?: string;
  readonly call?: MemoryCall;
  /** Lets this many matching calls pass first. Default 0. */
  readonly after?: number;
  /** Strikes this many times, then is gone. Default 1; `Infinity` for always. */
  readonly times?: number;
}

type MemoryFaultEffect =
  /** The system carries the call out, and its answer never comes. */
  | { readonly kind: "lose-answer" }
  /** The system never gets the call, and to us it looks the same. */
  | { readonly kind: "lose-request" }
  /** The system does nothing and says why. */
  | { readonly kind: "refuse"; readonly problem: Problem };

export type MemoryFault = MemoryFaultTarget & MemoryFaultEffect;

export interface MemoryFaults {
  add(fault: MemoryFault): void;
  clear(): void;
  /** What befalls this call. The fault that was added first is asked first. */
  strike(stream: string, call: MemoryCall): MemoryFaultEffect | null;
}

export function createMemoryFaults(): MemoryFaults {
  const waiting: { fault: MemoryFault; toPass: number; toStrike: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, toPass: fault.after ?? 0, toStrike: fault.times ?? 1 });
    },
    clear() {
      waiting.length = 0;
    },
    strike(stream, call) {
      for (const candidate of waiting) {
        const { fault, toPass, toStrike } = candidate;
        if (toStrike <= 0 || (fault.stream ?? stream) !== stream) continue;
        if ((fault.call ?? call) !== call) continue;
        if (toPass > 0) {
          candidate.toPass -= 1;
          continue;
        }
        candidate.toStrike -= 1;
        return fault;
      }
      return null;
    },
  };
}
