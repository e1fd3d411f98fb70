import { type BlockIndex, blockBuilder, indexRecordsMax } from "./block-index.ts";
import { eachKey, type KeyKind } from "./keys.ts";
import { type NameCount, scoreMin, scoreOf } from "./likeness.ts";
import type { Profile } from "./profile.ts";

/*
 * Finds the pairs of two sides that nearly match. Nobody is compared with everybody: only records that share a key are,
 * so that the time grows with the records and not with their square. Whatever a limit leaves out is told.
 */

export interface SearchLimits {
  /** Records of the target that are compared for one key. Names that more people have tell nobody apart. */
  readonly blockRecords: number;
  /** Records of the target that are compared with one record of the source. */
  readonly comparisons: number;
  /** Candidates that are kept for one record of the source. */
  readonly candidates: number;
  /** Records of each side that are searched. */
  readonly records: number;
}

export const searchLimits: SearchLimits = {
  blockRecords: 200,
  comparisons: 1_000,
  candidates: 3,
  records: 500_000,
};

/** Places in the lists that were given. */
export interface Near {
  readonly target: number;
  readonly score: number;
  /** Another source record that this target is clearly nearer to. */
  readonly better: number | null;
}

export type Cut =
  /** `records` of the target share a key with the source record; the first `compared` of them were compared. */
  | {
      readonly kind: "block";
      readonly by: KeyKind;
      readonly source: number;
      readonly records: number;
      readonly compared: number;
    }
  /** The source record shares keys with more records than are compared with one. */
  | { readonly kind: "record"; readonly source: number; readonly compared: number }
  /** Records beyond the limit of one side were not searched at all. */
  | { readonly kind: "side"; readonly side: "source" | "target"; readonly left: number };

export interface SearchResult {
  /** By source, the nearest first; among equals the one that was read first. */
  readonly matches: readonly (readonly Near[])[];
  readonly cuts: readonly Cut[];
  readonly nameCount: NameCount;
}

export interface SearchOptions {
  readonly limits?: SearchLimits;
  /** Pairs that are known to be different things. */
  readonly apart?: (source: number, target: number) => boolean;
}

export function searchNear(
  allSources: readonly Profile[],
  allTargets: readonly Profile[],
  { limits = searchLimits, apart = () => false }: SearchOptions = {},
): SearchResult {
  const room = Math.min(limits.records, indexRecordsMax);
  const sources = allSources.slice(0, room);
  const targets = allTargets.slice(0, room);
  const cuts: Cut[] = [
    ...sideCut("source", allSources.length - sources.length),
    ...sideCut("target", allTargets.length - targets.length),
  ];
  const nameCount = nameCounter(sources, targets);
  const index = indexOf(targets);
  const search: Search = {
    targets,
    index,
    limits,
    seen: new Int32Array(targets.length).fill(-1),
    cuts,
  };
  const found = sources.map((source, at) =>
    nearOf(search, source, at, (target, profile) =>
      apart(at, target) ? null : scoreOf(source, profile, nameCount),
    ),
  );
  return { matches: withBetter(found), cuts, nameCount };
}

function sideCut(side: "source" | "target", left: number): readonly Cut[] {
  return left > 0 ? [{ kind: "side", side, left }] : [];
}

/** How many records of a side, whichever has more of them, carry the names of two records; at least 1. */
export function nameCounter(sources: readonly Profile[], targets: readonly Profile[]): NameCount {
  const [left, right] = [counts(sources), counts(targets)];
  return (a, b) => Math.max(left.get(a.name.sorted) ?? 1, right.get(b.name.sorted) ?? 1);
}

function counts(profiles: readonly Profile[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { name } of profiles) found.set(name.sorted, (found.get(name.sorted) ?? 0) + 1);
  return found;
}

function indexOf(targets: readonly Profile[]): BlockIndex {
  const builder = blockBuilder();
  for (const [at, target] of targets.entries()) {
    eachKey(target, "target", (_kind, key) => builder.add(key, at));
  }
  return builder.build();
}

interface Search {
  readonly targets: readonly Profile[];
  readonly index: BlockIndex;
  readonly limits: SearchLimits;
  /** The source that each target was compared with last. */
  readonly seen: Int32Array;
  readonly cuts: Cut[];
}

interface Found {
  readonly target: number;
  readonly score: number;
}

function nearOf(
  search: Search,
  source: Profile,
  at: number,
  score: (target: number, profile: Profile) => number | null,
): readonly Found[] {
  const { targets, index, limits, seen, cuts } = search;
  const found: Found[] = [];
  const cutBy = new Set<KeyKind>();
  let comparisons = 0;
  eachKey(source, "source", (by, key) => {
    if (comparisons >= limits.comparisons) return;
    const from = index.from(key);
    const to = index.to(key, from);
    const end = Math.min(to, from + limits.blockRecords);
    if (end < to && !cutBy.has(by)) {
      cutBy.add(by);
      const compared = limits.blockRecords;
      cuts.push({ kind: "block", by, source: at, records: to - from, compared });
    }
    for (let place = from; place < end; place += 1) {
      const target = index.recordAt(place);
      const profile = targets[target];
      if (profile === undefined || seen[target] === at) continue;
      seen[target] = at;
      comparisons += 1;
      const points = score(target, profile);
      if (points !== null && points >= scoreMin) keep(found, { target, score: points }, limits);
      if (comparisons >= limits.comparisons) {
        cuts.push({ kind: "record", source: at, compared: comparisons });
        return;
      }
    }
  });
  return found;
}

/** Keeps the list short and in order. */
function keep(found: Found[], one: Found, { candidates }: SearchLimits): void {
  const at = found.findIndex(
    (other) => other.score < one.score || (other.score === one.score && other.target > one.target),
  );
  found.splice(at < 0 ? found.length : at, 0, one);
  if (found.length > candidates) found.pop();
}

/** So much nearer that the other pair is probably an accident. */
const clearlyBetter = 15;

function withBetter(found: readonly (readonly Found[])[]): readonly (readonly Near[])[] {
  const best = new Map<number, { readonly source: number; readonly score: number }>();
  for (const [source, list] of found.entries()) {
    for (const { target, score } of list) {
      if (score > (best.get(target)?.score ?? 0)) best.set(target, { source, score });
    }
  }
  return found.map((list, source) =>
    list.map((one) => {
      const other = best.get(one.target);
      const isBetter =
        other !== undefined && other.source !== source && other.score >= one.score + clearlyBetter;
      return { ...one, better: isBetter ? other.source : null };
    }),
  );
}
