import { useMemo, useState } from "preact/hooks";
import type { Change } from "../../../../../engine/plan/plan.ts";
import { alongText, tick, untick, type Waiting, waitingAmong } from "./ticks.ts";

export interface Ticks {
  readonly ticked: ReadonlySet<string>;
  /** What the last tick has brought along, in words; empty if nothing. */
  readonly along: string;
  readonly waiting: Waiting;
  readonly onTick: (ids: readonly string[], isTicked: boolean) => void;
}

/** What a person has ticked of the changes that have been read. */
export function useTicks(changes: readonly Change[]): Ticks {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [along, setAlong] = useState("");
  const waiting = useMemo(() => waitingAmong(changes), [changes]);
  return {
    ticked,
    along,
    waiting,
    onTick: (ids, isTicked) => {
      const next = isTicked ? tick(ticked, ids, waiting) : untick(ticked, ids, waiting);
      setTicked(next.ticked);
      setAlong(alongText(next.along, isTicked ? "ticked" : "unticked"));
    },
  };
}
