import type { Change, Finding, Held, PassedOver, Plan } from "../plan/plan.ts";
import type { RunEntry } from "../state/store.ts";
import type { Outcome } from "./outcome.ts";

/*
 * The row-level log of a run: who was written, who was not, and why. Held and passed-over records come first, then the
 * changes in the order of the plan.
 */

/** Passed-over records of one reason that are listed by name; the rest of them are counted. */
const passedOverMax = 1_000;

export function entriesBefore(plan: Plan): readonly RunEntry[] {
  const entries = [
    ...plan.held.map(heldEntry),
    ...reported(plan).flatMap(reportedEntries),
    ...plan.passedOver.flatMap(passedOverEntries),
  ];
  return entries.map((entry, sequence) => ({ ...entry, sequence }));
}

/** The sequence of the first change: behind everything above. */
export function firstSequence(plan: Plan): number {
  const groups = [...reported(plan), ...plan.passedOver];
  return groups.reduce((sum, { records }) => sum + records.length, plan.held.length);
}

/** Linked records whose source has left or is gone, where the rule says to report that. */
function reported({ findings }: Plan): readonly Finding[] {
  return findings.filter(({ code }) => code === "source-left" || code === "source-gone");
}

type Unnumbered = Omit<RunEntry, "sequence">;

function heldEntry(held: Held): Unnumbered {
  return {
    mapping: held.mapping,
    rule: held.rule,
    source: held.source,
    label: held.label,
    action: "none",
    status: "held",
    code: held.code,
    reason: `${held.reason} ${held.todo}`,
    fields: [],
  };
}

function reportedEntries({
  mapping,
  rule = "",
  code,
  message,
  records,
}: Finding): readonly Unnumbered[] {
  return records.map(({ address, label }) => ({
    mapping,
    rule,
    source: address,
    label,
    action: "none",
    status: "passed-over",
    code,
    reason: message,
    fields: [],
  }));
}

function passedOverEntries(group: PassedOver): readonly Unnumbered[] {
  const listed = group.records.slice(0, passedOverMax);
  const more = group.records.length - listed.length;
  return listed.map(({ address, label }, index) => ({
    mapping: group.mapping,
    rule: group.rule ?? "",
    source: address,
    label,
    action: "none",
    status: "passed-over",
    code: group.code,
    reason:
      more > 0 && index === listed.length - 1 ? `${group.reason} (and ${more} more)` : group.reason,
    fields: [],
  }));
}

export function entryOf(change: Change, outcome: Outcome, sequence: number): RunEntry {
  const target = outcome.target ?? ("id" in change.target ? change.target : undefined);
  return {
    sequence,
    mapping: change.mapping,
    rule: change.rule,
    source: change.source,
    ...(target ? { target } : {}),
    label: change.label,
    action: change.kind,
    status: outcome.status,
    ...(outcome.code ? { code: outcome.code } : {}),
    reason: outcome.reason ?? change.reason,
    fields: "fields" in change ? change.fields : [],
  };
}
