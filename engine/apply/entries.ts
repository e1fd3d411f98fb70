import type { Change, Held, PassedOver, Plan } from "../plan/plan.ts";
import type { RunEntry } from "../state/store.ts";
import type { Outcome } from "./outcome.ts";

/*
 * The row-level log of a run: who was written, who was not, and why. Held and passed-over records come first, then the
 * changes in the order of the plan.
 */

/** Passed-over records of one reason that are listed by name; the rest of them are counted. */
const passedOverMax = 1_000;

export function entriesBefore(plan: Plan): readonly RunEntry[] {
  const entries = [...plan.held.map(heldEntry), ...plan.passedOver.flatMap(passedOverEntries)];
  return entries.map((entry, sequence) => ({ ...entry, sequence }));
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
