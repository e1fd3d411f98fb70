import type { Change } from "../plan/plan.ts";
import type { Outcome } from "./outcome.ts";

/**
 * The change with the ids of the records that earlier changes of the plan have created. Those changes were applied, or
 * this one would not be tried.
 */
export function withReferences(change: Change, outcomes: ReadonlyMap<string, Outcome>): Change {
  if (!("fields" in change) || change.fields.every(({ awaits }) => awaits === undefined)) {
    return change;
  }
  const fields = change.fields.map((field) => {
    if (field.awaits === undefined) return field;
    const target = outcomes.get(field.awaits)?.target;
    if (!target) throw new Error(`the change ${field.awaits} has made no record`);
    const { awaits: _awaits, ...rest } = field;
    return { ...rest, after: target.id };
  });
  return { ...change, fields };
}
