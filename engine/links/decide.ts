import { streamText } from "../value/address.ts";
import type { LinkDecision } from "./decision.ts";
import type { PlacedEntry } from "./entry.ts";
import { type RuleEnds, rulesBetween, rulesFrom } from "./rules-between.ts";

/**
 * The decisions that an entry stands for: one for each rule that it concerns, in the direction of that rule. None when
 * it concerns no rule.
 */
export function decisionsOf(
  entry: PlacedEntry,
  rules: readonly RuleEnds[],
): readonly LinkDecision[] {
  const [first, second] = entry.records;
  const between = second ? rulesBetween(rules, first, second) : rulesFrom(rules, first);
  const meant = between.filter(({ name }) => entry.rule === undefined || name === entry.rule);
  return meant.map((rule) => decisionFor(entry, rule));
}

function decisionFor(entry: PlacedEntry, rule: RuleEnds): LinkDecision {
  const { kind, records, baseline, rule: _named, ...told } = entry;
  const [first, second] = records;
  const straight = streamText(first) === rule.source;
  const source = straight || !second ? first : second;
  const base = { ...told, rule: rule.name, source };
  if (kind === "ignore" || !second) return { ...base, kind: "ignore" };
  const target = straight ? second : first;
  if (kind === "apart") return { ...base, kind, target };
  // What the two had agreed on is told by the fields of one side: it means something in one direction only.
  return { ...base, kind, target, ...(straight && baseline ? { baseline } : {}) };
}
