import type { RuleContext } from "../plan/context.ts";
import { decideAll } from "../plan/decide-all.ts";
import type { PlanInput } from "../plan/input.ts";
import { resolver } from "../plan/through.ts";

/** What references lead to once everything is decided, for views that look at records one by one. */
export function decidedReferences(input: PlanInput): RuleContext["references"] {
  const decided = Map.groupBy(decideAll(input), ({ mapping }) => mapping.mapping.name);
  const decisions = [...decided].map(
    ([name, rules]) => [name, rules.map(({ decision }) => decision)] as const,
  );
  // Nothing that a view asks depends on who is needed by whom.
  return {
    resolve: resolver(input, new Map(decisions)),
    isWanted: () => true,
    findMade: () => null,
  };
}
