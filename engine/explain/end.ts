import { addressIn } from "../plan/context.ts";
import type { Change } from "../plan/plan.ts";
import { outsideText } from "./days.ts";
import type { End } from "./explanation.ts";
import { unsettledWhy } from "./match.ts";
import { type MappingView, plannedKey, type RuleView } from "./view.ts";

/** What the plan does with a source record by one rule. Read off the plan; only what it counts is told by standing. */
export function endOf(view: MappingView, rule: RuleView, id: string): End {
  const { name } = rule.input.rule;
  const { planned } = view;
  const key = plannedKey(name, addressIn(rule.context.sources.ref, id));
  const changes = planned.changes.get(key);
  if (changes) return { kind: "change", changes, first: firstOf(view, changes) };
  const held = planned.held.get(key);
  if (held) return { kind: "held", held };
  const group = planned.passedOver.get(key);
  if (group) return { kind: "passed-over", code: group.code, reason: group.reason, at: group.at };
  return uncounted(view, rule, id, planned.refreshed.has(key));
}

/** What other changes of the plan have to come before these. */
function firstOf({ planned }: MappingView, changes: readonly Change[]) {
  const own = new Set(changes.map(({ id }) => id));
  const ids = new Set(changes.flatMap(({ after }) => after).filter((id) => !own.has(id)));
  return [...ids].flatMap((id) => {
    const change = planned.byId.get(id);
    if (!change) return [];
    const { kind, mapping, label } = change;
    return [{ id, kind, mapping, label }];
  });
}

function uncounted(view: MappingView, rule: RuleView, id: string, refreshed: boolean): End {
  const standing = rule.standings.get(id);
  switch (standing?.kind) {
    case "linked":
      return { kind: "in-step", refreshed };
    case "unsettled":
      return { kind: "unsettled", why: unsettledWhy(rule.context, id) };
    case "outside":
      return { kind: "outside", why: `${outsideText(rule.context, standing.link)}` };
    case "left":
    case "gone": {
      if (view.plan.header.purpose === "link")
        return {
          kind: "nothing",
          why: "A linking run leaves records that are linked as they are.",
        };
      return rule.input.rule.on[standing.kind] === "report" && standing.target
        ? { kind: "reported", code: standing.kind === "left" ? "source-left" : "source-gone" }
        : { kind: "in-step", refreshed };
    }
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
