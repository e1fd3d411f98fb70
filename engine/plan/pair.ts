import type { StreamRecord } from "../connector/connector.ts";
import type { Fields } from "../value/value.ts";
import { labelOf, type RuleContext } from "./context.ts";
import type { Evaluation } from "./input.ts";
import { keyOf, keyText } from "./keys.ts";
import { preferredOf } from "./preferred.ts";

/** Which target records the match keys find for one source record without a link. */
export type Match = { readonly source: StreamRecord } & (
  | { readonly kind: "none"; readonly keys: readonly Fields[] }
  | { readonly kind: "one"; readonly target: StreamRecord }
  | { readonly kind: "keyless" }
  | {
      readonly kind: "unclear";
      readonly because: string;
      readonly candidates: readonly StreamRecord[];
    }
);

export interface Unlinked {
  readonly source: StreamRecord;
  readonly evaluation: Evaluation;
  /** It has a link, which moves to a preferred target or to none. */
  readonly moves?: boolean;
}

/**
 * Finds candidates, never guesses. Keys are tried in order of precedence, and the first that finds anything decides.
 * Two source records that share a key, or that find the same candidate, are both unclear: whichever came first would
 * win otherwise, and the other would become a duplicate.
 */
export function pairByKey(
  context: RuleContext,
  unlinked: readonly Unlinked[],
  doubts: {
    /** Targets that may be what a create in doubt has made. */
    readonly claimed: ReadonlySet<string>;
    /** Records whose creation is in doubt. They get no match here, and whoever shares a key with one is unclear too. */
    readonly records: readonly Unlinked[];
  },
): readonly Match[] {
  const keyed = unlinked.map((one) => ({ ...one, keys: keysOf(context, one.evaluation) }));
  const doubted = doubts.records.map((one) => ({ ...one, keys: keysOf(context, one.evaluation) }));
  const sharers = shareCounts([...keyed, ...doubted].filter(takesPart));
  const { claimed } = doubts;
  const first = keyed.map((one) =>
    matchOf(context, one, { sharers: takesPart(one) ? sharers : new Map(), claimed }),
  );
  return uncontested(context, first, keyed);
}

/** Records that are not brought in do not stand in the way of those that are. */
function takesPart(one: Unlinked): boolean {
  return one.evaluation.mayCreate || one.evaluation.mayLink;
}

interface Keyed extends Unlinked {
  /** In the order of the rule's keys; null where a key has no value. */
  readonly keys: readonly (Fields | null)[];
}

function keysOf(context: RuleContext, evaluation: Evaluation): readonly (Fields | null)[] {
  const { rule } = context.input;
  return rule.match.map((key, index) =>
    keyOf(key, evaluation.keys[index] ?? [], rule.target.schema, context.settings.phoneCountry),
  );
}

function shareText(keyIndex: number, key: Fields): string {
  return `${keyIndex} ${keyText(key)}`;
}

function shareCounts(keyed: readonly Keyed[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of keyed) {
    for (const [index, key] of one.keys.entries()) {
      if (key === null) continue;
      const text = shareText(index, key);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return counts;
}

/** Whoever is preferred counts first, whichever key finds them; the others only where nobody is. */
function matchOf(
  context: RuleContext,
  one: Keyed,
  among: {
    readonly sharers: ReadonlyMap<string, number>;
    readonly claimed: ReadonlySet<string>;
  },
): Match {
  if (!context.input.rule.prefer || one.moves)
    return matchByKeys(context, one, among, one.moves === true);
  const preferred = matchByKeys(context, one, among, true);
  const isFound =
    preferred.kind === "one" || (preferred.kind === "unclear" && preferred.candidates.length > 0);
  return isFound ? preferred : matchByKeys(context, one, among, false);
}

function matchByKeys(
  context: RuleContext,
  one: Keyed,
  among: {
    readonly sharers: ReadonlyMap<string, number>;
    readonly claimed: ReadonlySet<string>;
  },
  only: boolean,
): Match {
  const { source } = one;
  const present: Fields[] = [];
  for (const [index, key] of one.keys.entries()) {
    if (key === null) continue;
    present.push(key);
    const apart = context.decided.apart.get(source.id);
    const others = candidatesOf(context, index, key).filter(({ id }) => !apart?.has(id));
    const candidates = preferredOf(context, others, { only });
    const shared = among.sharers.get(shareText(index, key)) ?? 0;
    if (shared > 1) {
      const because = `${shared} ${context.nouns.source.many} without a link have the same ${keyNames(key)}`;
      return { kind: "unclear", source, because, candidates };
    }
    const [target, second] = candidates;
    if (!target) continue;
    if (second) {
      const because = `${candidates.length} ${context.nouns.target.many} have the same ${keyNames(key)}`;
      return { kind: "unclear", source, because, candidates };
    }
    if (context.linkedTargets.has(target.id) || among.claimed.has(target.id)) {
      const because = `the ${context.nouns.target.one} with the same ${keyNames(key)} belongs to another record`;
      return { kind: "unclear", source, because, candidates };
    }
    return { kind: "one", source, target };
  }
  return present.length === 0
    ? { kind: "keyless", source }
    : { kind: "none", source, keys: present };
}

function keyNames(key: Fields): string {
  return Object.keys(key).join(" and ");
}

function candidatesOf(context: RuleContext, index: number, key: Fields): readonly StreamRecord[] {
  return context.index
    .candidates(index, key)
    .flatMap((id) => context.targets.records.get(id) ?? []);
}

/** Different keys can lead two source records to one candidate; both become unclear. */
function uncontested(
  context: RuleContext,
  matches: readonly Match[],
  unlinked: readonly Unlinked[],
): readonly Match[] {
  const claims = new Map<string, StreamRecord[]>();
  for (const [index, match] of matches.entries()) {
    const one = unlinked[index];
    if (match.kind !== "one" || !one || !takesPart(one)) continue;
    const claimants = claims.get(match.target.id);
    if (claimants) claimants.push(match.source);
    else claims.set(match.target.id, [match.source]);
  }
  return matches.map((match) => {
    if (match.kind !== "one") return match;
    const claimants = claims.get(match.target.id) ?? [];
    if (claimants.length < 2) return match;
    const names = claimants.map((record) => labelOf(record, context.sources)).join(", ");
    const because = `several ${context.nouns.source.many} match the same ${context.nouns.target.one}: ${names}`;
    return { kind: "unclear", source: match.source, because, candidates: [match.target] };
  });
}
