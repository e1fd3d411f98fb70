import type { MappingDraft } from "../mapping/draft.ts";
import type { Mapping, Rule } from "../mapping/mapping.ts";
import { streamOf } from "../mapping/stream-of.ts";
import { type StreamRef, streamText } from "../value/address.ts";

/** A rule as decisions look at it: where it leads. Streams are `connection/stream`. */
export interface RuleEnds {
  readonly name: string;
  readonly role: Rule["role"];
  readonly source: string;
  readonly target: string;
}

/** The rules that make links. Feedback follows the links of others, and nothing is decided for it. */
export function linkingRules(mapping: Mapping): readonly RuleEnds[] {
  return mapping.rules
    .filter(({ role }) => role !== "feedback")
    .map(({ name, role, source, target }) => ({
      name,
      role,
      source: streamText(source.ref),
      target: streamText(target.ref),
    }));
}

/** The same of a draft, whose holes have been reported. */
export function linkingRulesOfDraft(mapping: MappingDraft): readonly RuleEnds[] {
  return mapping.rules.flatMap(({ name, role, direction }) => {
    const source = direction?.source && streamOf(direction.source);
    const target = direction?.target && streamOf(direction.target);
    if (role === "feedback" || source === undefined || target === undefined) return [];
    return [{ name, role, source, target }];
  });
}

/** Rules that lead from one of the streams to the other, in either direction. */
export function rulesBetween(
  rules: readonly RuleEnds[],
  one: StreamRef,
  other: StreamRef,
): readonly RuleEnds[] {
  const [a, b] = [streamText(one), streamText(other)];
  return rules.filter(
    ({ source, target }) => (source === a && target === b) || (source === b && target === a),
  );
}

export function rulesFrom(rules: readonly RuleEnds[], one: StreamRef): readonly RuleEnds[] {
  return rules.filter(({ source }) => source === streamText(one));
}
