import type { RecordAddress } from "../value/address.ts";
import { streamText } from "../value/address.ts";
import { type RuleEnds, rulesBetween } from "./rules-between.ts";

/** A link that a pair of addresses can mean: by which rule, and in its direction. */
export interface MeantLink {
  readonly mapping: string;
  readonly rule: string;
  readonly source: RecordAddress;
  readonly target: RecordAddress;
  /** The mapping has another rule in the same direction, so that an entry has to name its own. */
  readonly named: boolean;
}

/**
 * The links that a pair can mean; one when it is clear. Of a choice of two directions, the one that lives is meant, and
 * if none does, the one in which the pair is written. `named`: `mapping/rule`, or a rule alone.
 */
export function meantLinks(
  mappings: ReadonlyMap<string, readonly RuleEnds[]>,
  pair: readonly [RecordAddress, RecordAddress],
  named: string | undefined,
): readonly MeantLink[] {
  const [first, second] = pair;
  const found = [...mappings].flatMap(([mapping, rules]) =>
    rulesBetween(rules, first, second)
      .filter(({ name }) => named === undefined || [name, `${mapping}/${name}`].includes(named))
      .map((rule) => ({ mapping, rule, rules })),
  );
  const living = preferred(found, ({ rule }) => rule.role === "authoritative");
  const meant = preferred(living, ({ rule }) => rule.source === streamText(first));
  return meant.map(({ mapping, rule, rules }) => {
    const straight = rule.source === streamText(first);
    return {
      mapping,
      rule: rule.name,
      source: straight ? first : second,
      target: straight ? second : first,
      named: rules.some((other) => other !== rule && isParallel(other, rule)),
    };
  });
}

function preferred<T>(all: readonly T[], better: (one: T) => boolean): readonly T[] {
  const some = all.filter(better);
  return some.length > 0 ? some : all;
}

function isParallel(one: RuleEnds, other: RuleEnds): boolean {
  return one.source === other.source && one.target === other.target;
}
