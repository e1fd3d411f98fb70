import type { StreamRecord } from "../connector/connector.ts";
import { type RuleContext, sameInTarget } from "./context.ts";
import type { Standing } from "./situate.ts";

/*
 * A rule can prefer targets that have some values, such as active ones: among several candidates they alone count, and a
 * link moves from a target that has them no longer to the one that has.
 */

/** Whether a target has the values that the rule prefers, as far as the system tells. */
export function isPreferred(context: RuleContext, target: StreamRecord): boolean {
  return Object.entries(context.input.rule.prefer ?? {}).every(([field, value]) => {
    const held = target.fields[field];
    return held === undefined || sameInTarget(context, field, held, value);
  });
}

/** Those that are preferred; all of them if none is, unless only a preferred one is looked for. */
export function preferredOf(
  context: RuleContext,
  candidates: readonly StreamRecord[],
  { only }: { readonly only: boolean },
): readonly StreamRecord[] {
  if (!context.input.rule.prefer) return candidates;
  const preferred = candidates.filter((target) => isPreferred(context, target));
  return only || preferred.length > 0 ? preferred : candidates;
}

/** Linked to a record that is not preferred. What a person has decided stays as it is. */
export function mayMove(
  context: RuleContext,
  standing: Standing,
): standing is Standing & { kind: "linked" } {
  if (!context.input.rule.prefer || standing.kind !== "linked") return false;
  const { source, target } = standing;
  const isDecided = context.decided.pairs.get(source.id)?.by === "file";
  const mayLink = context.input.evaluations.get(source.id)?.mayLink === true;
  return mayLink && !isDecided && !isPreferred(context, target);
}
