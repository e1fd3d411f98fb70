import { warningAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import type { MappingDraft, RuleDraft } from "../draft.ts";

/** Rules for no record at all, and rules for the very records of a rule before them. */
export function checkReachable(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules.flatMap((rule, index) => {
    const at = rule.written.get("when") ?? rule.at;
    if (rule.when?.expression.constant === false) {
      const message = `Rule ${quote(rule.name)} is for no record: its \`when\` is always false.`;
      return [warningAt("rule-unreachable", at, message)];
    }
    const twin = mapping.rules.slice(0, index).find((earlier) => isTwin(earlier, rule));
    if (!twin) return [];
    const message = `Rule ${quote(rule.name)} is for the same records and the same target as rule ${quote(twin.name)}.`;
    return [warningAt("rule-unreachable", at, message, "Join the two rules, or correct `when`.")];
  });
}

function isTwin(one: RuleDraft, other: RuleDraft): boolean {
  return (
    one.direction !== undefined &&
    one.direction.from === other.direction?.from &&
    one.direction.to === other.direction.to &&
    one.when?.expression.source === other.when?.expression.source &&
    one.enabled?.expression.source === other.enabled?.expression.source &&
    one.written.has("when") === other.written.has("when")
  );
}
