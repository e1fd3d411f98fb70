import type { Answered, Change, Finding, Held, NearMatch, PassedOver, Refresh } from "./plan.ts";

/** What was decided for the records of one rule. Stages append to it, in the order of their records. */
export interface Decision {
  readonly changes: Change[];
  readonly held: Held[];
  /** Grouped by code and reason. */
  readonly passedOver: Map<string, PassedOverGroup>;
  readonly findings: Finding[];
  /** The records of the findings about linked records whose source has left or is gone. */
  readonly reported: Map<"source-left" | "source-gone", Finding["records"][number][]>;
  readonly refreshes: Refresh[];
  readonly answered: Answered[];
  readonly nearMatches: NearMatch[];
  inStep: number;
  unsettled: number;
  /** Linked records of other days than those that were read. */
  outside: number;
}

type PassedOverGroup = Omit<PassedOver, "records"> & {
  readonly records: PassedOver["records"][number][];
};

export function emptyDecision(): Decision {
  return {
    changes: [],
    held: [],
    passedOver: new Map(),
    findings: [],
    reported: new Map(),
    refreshes: [],
    answered: [],
    nearMatches: [],
    inStep: 0,
    unsettled: 0,
    outside: 0,
  };
}

/** Adds one record to its group of those that take no part. */
export function passOver(
  decision: Decision,
  group: Omit<PassedOver, "records">,
  record: PassedOver["records"][number],
): void {
  const key = `${group.code} ${group.reason}`;
  const existing = decision.passedOver.get(key);
  if (existing) existing.records.push(record);
  else decision.passedOver.set(key, { ...group, records: [record] });
}
