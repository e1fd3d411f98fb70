import type { Code } from "../codes.ts";
import { sealPlan } from "./build-plan.ts";
import { withoutIdle, withWhatTheyNeed } from "./part.ts";
import type { Change, GuardResult, Plan } from "./plan.ts";

/*
 * What a person has approved of a plan: all of it or a part, and the guards that they let through. The result is a plan
 * as any other, sealed anew, and applied exactly as it stands.
 */

export interface Approval {
  /** Ids of the changes that are approved; what they wait for comes with them. Absent: all. */
  readonly changes?: readonly string[];
  /** Every guard that stands against the plan, by its `allow`. */
  readonly allow: readonly string[];
}

export type ApprovedPlan =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly code: Code; readonly message: string };

/** Pure. Gives the very same plan where everything is approved and no guard stood against it. */
export function approvedPlan(plan: Plan, what: Approval): ApprovedPlan {
  const kept = keptChanges(plan, what.changes);
  if ("code" in kept) return kept;
  const refusal = guardRefusal(plan.guards, what.allow);
  if (refusal) return refusal;
  const isWhole = kept.changes.length === plan.changes.length;
  if (isWhole && plan.guards.every(({ allowed }) => allowed)) return { ok: true, plan };
  const { format: _format, id: _id, header, digest: _digest, ...body } = plan;
  const guards = plan.guards.map((guard) => ({ ...guard, allowed: true }));
  return {
    ok: true,
    plan: sealPlan(header, { ...body, guards, ...(isWhole ? {} : partOf(plan, kept.changes)) }),
  };
}

type Refusal = Extract<ApprovedPlan, { readonly ok: false }>;

function keptChanges(
  { changes }: Plan,
  ids: Approval["changes"],
): { readonly changes: readonly Change[] } | Refusal {
  if (ids === undefined) return { changes };
  const known = new Set(changes.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) {
    return refuse("change-unknown", `The plan has no change ${JSON.stringify(unknown)}.`);
  }
  const kept = withWhatTheyNeed(changes, new Set(ids));
  const left = withoutIdle(changes.filter(({ id }) => kept.has(id)));
  if (left.length > 0 || changes.length === 0) return { changes: left };
  return refuse(
    "nothing-approved",
    ids.length === 0
      ? "No change was chosen. Reject the plan if none of it is wanted."
      : "What was chosen is created for other changes only, and none of those was chosen.",
  );
}

function guardRefusal(
  guards: readonly GuardResult[],
  allow: readonly string[],
): Refusal | undefined {
  const standing = guards.filter(({ allowed }) => !allowed);
  const final = standing.find((guard) => guard.allow === undefined);
  // No flag lets such a plan through, and no person: its own code says what has to be done first.
  if (final) return refuse(final.code, final.message);
  const unnamed = standing.filter((guard) => !allow.includes(guard.allow ?? ""));
  if (unnamed.length === 0) return undefined;
  const names = unnamed.map((guard) => guard.allow).join(", ");
  const messages = unnamed.map(({ message }) => message).join(" ");
  return refuse("guard-not-named", `To be let through by name: ${names}. ${messages}`);
}

/** What differs in a plan of which a part is left. */
function partOf(plan: Plan, changes: readonly Change[]): Partial<Plan> {
  const { only = [], exclude = [], leftOut = 0 } = plan.selection ?? {};
  return {
    changes,
    estimate: estimateOf(plan, changes),
    // A part of a linking run turns no mapping round, and every view says that it is a part.
    selection: { only, exclude, leftOut: leftOut + plan.changes.length - changes.length },
  };
}

/** What one call can take is not known here, so that a part costs at most a call a record, and never more than the whole. */
function estimateOf(plan: Plan, changes: readonly Change[]): Plan["estimate"] {
  return plan.estimate.flatMap(({ connection, calls }) => {
    const writes = changes.filter(
      ({ kind, target }) =>
        kind !== "link" && kind !== "unlink" && target.connection === connection,
    );
    return writes.length > 0 ? [{ connection, calls: Math.min(calls, writes.length) }] : [];
  });
}

function refuse(code: Code, message: string): Refusal {
  return { ok: false, code, message };
}
