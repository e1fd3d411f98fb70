import type { Change, FieldChange, Plan } from "../../engine/plan/plan.ts";
import { canonicalJson } from "../../engine/value/canonical-json.ts";
import type { Value } from "../../engine/value/value.ts";

/*
 * A plan that was being applied cannot be applied again, so that the rest is planned anew. What of the new plan is the
 * same as what was accepted before? Only that may be written without asking again.
 */

/** Ids of those changes of the new plan that the accepted one holds as well, with everything that they wait for. */
export function sameChanges(plan: Plan, accepted: Plan): readonly string[] {
  const known = new Map(accepted.changes.map((change) => [change.id, change]));
  const same = new Set<string>();
  // What a change waits for stands before it.
  for (const change of plan.changes) {
    const before = known.get(change.id);
    const isSame = before ? isEqual(change, before) : isRestOfCreate(change, accepted);
    if (isSame && change.after.every((id) => same.has(id))) same.add(change.id);
  }
  return [...same];
}

function isEqual(one: Change, other: Change): boolean {
  return (
    one.kind === other.kind &&
    canonicalJson(one.target) === canonicalJson(other.target) &&
    hasSameFields(fieldsOf(one), fieldsOf(other))
  );
}

function fieldsOf(change: Change): readonly FieldChange[] {
  return "fields" in change ? change.fields : [];
}

function hasSameFields(now: readonly FieldChange[], before: readonly FieldChange[]): boolean {
  if (now.length !== before.length) return false;
  const accepted = new Map(before.map((one) => [one.field, one]));
  return now.every((one) => {
    const other = accepted.get(one.field);
    return other !== undefined && isSameField(one, other);
  });
}

/** A record that was to be created first is there by now: its id stands where nothing was known, under the same name. */
function isSameField(now: FieldChange, before: FieldChange): boolean {
  const isThereNow =
    before.awaits !== undefined && now.awaits === undefined && now.label === before.label;
  return (
    canonicalJson(now.before ?? null) === canonicalJson(before.before ?? null) &&
    (isThereNow || canonicalJson(now.after) === canonicalJson(before.after))
  );
}

/**
 * A create whose answer was lost has happened: what is left of it is the link, which writes to no system, and an update to
 * what the create was to have made. Not every list tells all values, nor which are empty.
 */
function isRestOfCreate(change: Change, accepted: Plan): boolean {
  const create = accepted.changes.find(
    (one): one is Extract<Change, { readonly kind: "create" }> =>
      one.kind === "create" &&
      one.mapping === change.mapping &&
      one.rule === change.rule &&
      canonicalJson(one.source) === canonicalJson(change.source),
  );
  if (!create) return false;
  if (change.kind === "link") return true;
  if (change.kind !== "update") return false;
  // Empty values are not sent; the create would have left them empty.
  const made = { ...create.agreed, ...Object.fromEntries(create.fields.map(pairOf)) };
  return change.fields.every(
    ({ field, after }) =>
      Object.hasOwn(made, field) && canonicalJson(made[field]) === canonicalJson(after),
  );
}

function pairOf({ field, after }: FieldChange): readonly [field: string, value: Value] {
  return [field, after];
}
