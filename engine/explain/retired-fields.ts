import { sameInTarget } from "../plan/context.ts";
import type { FieldChange } from "../plan/plan.ts";
import type { Standing } from "../plan/situate.ts";
import type { Value } from "../value/value.ts";
import type { FieldStep } from "./explanation.ts";
import { writtenWhy } from "./field-words.ts";
import type { RuleView } from "./view.ts";

/** The fields that retiring writes. None where the rule does something else with a record that left or is gone. */
export function retiredFields(
  view: RuleView,
  standing: Standing & { readonly kind: "left" | "gone" },
  planned: ReadonlyMap<string, FieldChange>,
): readonly FieldStep[] {
  const { rule } = view.input;
  const { target, link } = standing;
  if (rule.on[standing.kind] !== "retire" || !rule.retire || !target) return [];
  return Object.entries(rule.retire).map(([field, given]): FieldStep => {
    const actual = target.fields[field];
    const baseline = link.baseline[field];
    const at = rule.fields.find((one) => one.field === field)?.at ?? rule.at;
    return {
      field,
      at,
      from: JSON.stringify(given),
      reads: [],
      value: given,
      given,
      ...(actual === undefined ? {} : { target: actual }),
      ...(baseline === undefined ? {} : { baseline }),
      ...outcomeOf(view, { field, given, actual, baseline }, planned.get(field)),
    };
  });
}

function outcomeOf(
  { context }: RuleView,
  at: {
    readonly field: string;
    readonly given: Value;
    readonly actual: Value | undefined;
    readonly baseline: Value | undefined;
  },
  planned: FieldChange | undefined,
): Pick<FieldStep, "outcome" | "reason" | "why"> {
  if (planned) return { outcome: "written", reason: planned.why, why: writtenWhy[planned.why] };
  const believed = at.actual === undefined ? at.baseline : at.actual;
  const same = believed !== undefined && sameInTarget(context, at.field, believed, at.given);
  if (!same) return { outcome: "waits", why: "It is not part of this plan." };
  return at.actual === undefined
    ? {
        outcome: "untold",
        why: "The target does not tell this field. It was retired with this value before.",
      }
    : { outcome: "same", why: "The target is retired already." };
}
