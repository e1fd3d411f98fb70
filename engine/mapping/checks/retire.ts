import { errorAt, warningAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import type { MappingDraft, RuleDraft } from "../draft.ts";

/** Retiring needs values to write, and values need a situation in which to write them. */
export function checkRetire(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules.filter((rule) => rule.role !== "feedback").flatMap(checkRule);
}

function checkRule(rule: RuleDraft): readonly Diagnostic[] {
  const { on, written } = rule;
  const retiring = (["left", "gone"] as const).filter((situation) => on[situation] === "retire");
  const at = written.get("retire");
  if (at && retiring.length === 0) {
    const message = `Rule ${quote(rule.name)} never retires a record.`;
    return [warningAt("retire-unused", at, message)];
  }
  const [first] = retiring;
  if (at || first === undefined) return [];
  const message = `Rule ${quote(rule.name)} retires records and does not say how.`;
  return [errorAt("retire-missing", written.get(`on.${first}`) ?? rule.at, message)];
}
