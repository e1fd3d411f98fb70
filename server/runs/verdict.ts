import type { Code } from "../../engine/codes.ts";
import type { Mapping } from "../../engine/mapping/mapping.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";

export type Verdict =
  | { readonly kind: "apply" }
  /** A person has to look at it first. */
  | { readonly kind: "wait" }
  /** Something has to be done first that no approval replaces. */
  | { readonly kind: "refuse"; readonly code: Code; readonly message: string };

/**
 * What becomes of a plan. Guards always ask, whatever the mapping says. Whoever lets guards through beforehand has not
 * seen what they would let through, so that such a plan is shown to them as well.
 */
export function verdictOn(
  plan: Plan,
  request: Pick<RunRequest, "allow">,
  mappings: readonly Mapping[],
): Verdict {
  const standing = plan.guards.filter((guard) => !guard.allowed);
  const final = standing.find((guard) => guard.allow === undefined);
  if (final) return { kind: "refuse", code: final.code, message: final.message };
  if (standing.length > 0) return { kind: "wait" };
  const changed = new Set(plan.changes.map(({ mapping }) => mapping));
  const asks = mappings.some(({ name, policy }) => changed.has(name) && policy === "approve");
  const isChecked = request.allow.length > 0 && changed.size > 0;
  return { kind: asks || isChecked ? "wait" : "apply" };
}
