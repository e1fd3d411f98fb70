import { addressIn } from "../plan/context.ts";
import type { End } from "./explanation.ts";
import { unsettledWhy } from "./match.ts";
import { type MappingView, plannedKey, type RuleView } from "./view.ts";

/** What the plan does with a source record by one rule. Read off the plan; only what it counts is told by standing. */
export function endOf(view: MappingView, rule: RuleView, id: string): End {
  const { name } = rule.input.rule;
  const { planned } = view;
  const key = plannedKey(name, addressIn(rule.context.sources.ref, id));
  const changes = planned.changes.get(key);
  if (changes) return { kind: "change", changes };
  const held = planned.held.get(key);
  if (held) return { kind: "held", held };
  const group = planned.passedOver.get(key);
  if (group) return { kind: "passed-over", code: group.code, reason: group.reason, at: group.at };
  return uncounted(view, rule, id, planned.refreshed.has(key));
}

function uncounted(view: MappingView, rule: RuleView, id: string, refreshed: boolean): End {
  switch (rule.standings.get(id)?.kind) {
    case "linked":
      return { kind: "in-step", refreshed };
    case "unsettled":
      return { kind: "unsettled", why: unsettledWhy(rule.context, id) };
    case "left":
    case "gone":
      return view.plan.header.purpose === "link"
        ? { kind: "nothing", why: "A linking run leaves records that are linked as they are." }
        : { kind: "in-step", refreshed };
    case undefined:
      return { kind: "nothing", why: untouchedWhy(view, rule, id) };
    default:
      return { kind: "nothing", why: "A linking run brings nothing in." };
  }
}

function untouchedWhy(view: MappingView, rule: RuleView, id: string): string {
  const { input } = rule;
  if (!input.living) return "The rule is switched off and plans nothing.";
  if (view.unreadable.length > 0)
    return "Nothing is planned for this mapping until everything that its expressions need can be read.";
  if (input.rule.role !== "feedback") return "The rule is not for this record.";
  return input.links.has(id)
    ? "The rule writes only where both records are there and in scope."
    : "The rule follows links that other rules have made, and there is none.";
}
