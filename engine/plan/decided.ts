import { placeText } from "../config/place.ts";
import type { LinkDecision } from "../links/decision.ts";
import type { Rule } from "../mapping/mapping.ts";
import type { Link } from "../state/store.ts";
import { type RecordAddress, streamText } from "../value/address.ts";
import type { MappingInput } from "./input.ts";

/*
 * What is known of pairs before any key is looked at: what people have decided in links files, and what was linked
 * while the other side was the system of record.
 */

/** A pair that is one thing, whatever the keys say. */
export interface DecidedPair {
  readonly targetId: string;
  /** One sentence. */
  readonly because: string;
  /** `file`: a person's decision. `turned`: a link of the other direction, which this one takes the place of. */
  readonly by: "file" | "turned";
  readonly supersedes?: { readonly rule: string; readonly source: RecordAddress };
}

export interface Decided {
  /** By source id. */
  readonly pairs: ReadonlyMap<string, DecidedPair>;
  /** The source of each pair, by target id. */
  readonly sources: ReadonlyMap<string, string>;
  /** Targets that are surely others, with the sentence that says so, by source id. */
  readonly apart: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Sources that are left out, with the sentence that says so. */
  readonly ignored: ReadonlyMap<string, string>;
}

export function decidedOf({ mapping, links }: MappingInput, rule: Rule): Decided {
  const pairs = new Map(turnedPairs(mapping.rules, rule, links));
  const apart = new Map<string, Map<string, string>>();
  const ignored = new Map<string, string>();
  for (const decision of mapping.decisions) {
    if (decision.rule !== rule.name) continue;
    const { id } = decision.source;
    switch (decision.kind) {
      case "link":
        pairs.set(id, filePair(decision, decision.target, pairs.get(id)));
        break;
      case "apart":
        apart.set(
          id,
          (apart.get(id) ?? new Map<string, string>()).set(
            decision.target.id,
            sentence(decision, "says that they are different"),
          ),
        );
        break;
      case "ignore":
        ignored.set(id, sentence(decision, "leaves it out"));
    }
  }
  const sources = new Map([...pairs].map(([source, { targetId }]) => [targetId, source]));
  return { pairs, sources, apart, ignored };
}

/** The decision wins; a link of the other direction between the same two is still taken over by it. */
function filePair(
  decision: LinkDecision,
  target: RecordAddress,
  turned: DecidedPair | undefined,
): DecidedPair {
  const supersedes = turned?.targetId === target.id ? turned.supersedes : undefined;
  return {
    targetId: target.id,
    because: sentence(decision, "says that they are one"),
    by: "file",
    ...(supersedes ? { supersedes } : {}),
  };
}

function sentence({ at, why }: LinkDecision, says: string): string {
  return `${placeText(at)} ${says}${why === undefined ? "." : `: ${why}`}`;
}

function turnedPairs(
  rules: readonly Rule[],
  rule: Rule,
  links: readonly Link[],
): readonly (readonly [string, DecidedPair])[] {
  const others = new Set(
    rules.filter((other) => other.role === "dormant" && leadsBack(other, rule)).map((r) => r.name),
  );
  if (others.size === 0) return [];
  return links
    .filter((link) => others.has(link.rule))
    .map((link) => [
      link.target.id,
      {
        targetId: link.source.id,
        because: `They were linked while ${streamText(link.source)} was the system of record.`,
        by: "turned",
        supersedes: { rule: link.rule, source: link.source },
      },
    ]);
}

function leadsBack(other: Rule, rule: Rule): boolean {
  return (
    streamText(other.source.ref) === streamText(rule.target.ref) &&
    streamText(other.target.ref) === streamText(rule.source.ref)
  );
}
