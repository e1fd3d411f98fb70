import type { Place } from "../config/place.ts";
import type { Link } from "../state/store.ts";
import { addressText, type RecordAddress } from "../value/address.ts";
import type { Fields } from "../value/value.ts";
import { clashText } from "./check-decisions.ts";
import { decisionsOf } from "./decide.ts";
import type { LinkDecision } from "./decision.ts";
import type { DecisionBook } from "./decision-book.ts";
import type { LinksEntry } from "./entry.ts";
import { type MeantLink, meantLinks } from "./meant-link.ts";
import type { RuleEnds } from "./rules-between.ts";

/** A pair that shall be tied. */
export interface WantedPair {
  readonly records: readonly [RecordAddress, RecordAddress];
  /** Absent where any mapping may be meant. */
  readonly mapping?: string;
  /** A rule, or `mapping/rule`. */
  readonly rule?: string;
  readonly why?: string;
  readonly by?: string;
  /** What both sides had agreed on, for a link from the first record to the second. */
  readonly baseline?: Fields;
  /** Where it was read. */
  readonly at: Place;
}

/** `tie`: it is to be linked. `linked`: it is linked already. */
export interface RightPair {
  readonly kind: "tie" | "linked";
  readonly pair: WantedPair;
  readonly link: MeantLink;
}

export interface WrongPair {
  readonly kind: "wrong";
  readonly pair: WantedPair;
  /** One sentence. */
  readonly because: string;
}

export type CheckedPair = RightPair | WrongPair;

export interface PairGround {
  /** The rules that make links, by mapping. */
  readonly rules: ReadonlyMap<string, readonly RuleEnds[]>;
  /** The links of the state, by mapping. */
  readonly links: ReadonlyMap<string, readonly Link[]>;
  /** What the links files of the project decide, by mapping. Grows with what is tied. */
  readonly books: ReadonlyMap<string, DecisionBook>;
  readonly isThere: (address: RecordAddress) => boolean;
}

/** Looks at every pair as if those before it were tied already. */
export function checkPairs(
  pairs: readonly WantedPair[],
  ground: PairGround,
): readonly CheckedPair[] {
  const held = new Map<string, Map<string, Pick<Link, "rule" | "source" | "target">>>();
  for (const [mapping, links] of ground.links) {
    const keyed = links.flatMap((link) => keysOf(link).map((key) => [key, link] as const));
    held.set(mapping, new Map(keyed));
  }
  return pairs.map((pair) => {
    const checked = checkPair(pair, ground, held);
    if (checked.kind === "tie") {
      const own = held.get(checked.link.mapping);
      for (const key of keysOf(checked.link)) own?.set(key, checked.link);
      const book = ground.books.get(checked.link.mapping);
      for (const decision of decisionsIn(pair, checked.link, ground)) book?.add(decision);
    }
    return checked;
  });
}

type Held = ReadonlyMap<string, ReadonlyMap<string, Pick<Link, "rule" | "source" | "target">>>;

/** A source has one link by a rule, a target one within the mapping. */
function keysOf({
  rule,
  source,
  target,
}: Pick<Link, "rule" | "source" | "target">): readonly string[] {
  return [`${rule} from ${addressText(source)}`, `to ${addressText(target)}`];
}

function checkPair(pair: WantedPair, ground: PairGround, held: Held): CheckedPair {
  const wrong = (because: string): CheckedPair => ({ kind: "wrong", pair, because });
  const rules = pair.mapping === undefined ? ground.rules : only(ground.rules, pair.mapping);
  const meant = meantLinks(rules, pair.records, pair.rule);
  const [link, ...others] = meant;
  if (!link) return wrong("No rule that makes links leads between the two.");
  if (others.length > 0) {
    const names = meant.map((one) => `${one.mapping}/${one.rule}`).join(", ");
    return wrong(`Several rules lead between the two: ${names}. Name one as its rule.`);
  }
  const [bySource, byTarget] = keysOf(link).map((key) => held.get(link.mapping)?.get(key));
  const same = bySource && addressText(bySource.target) === addressText(link.target);
  if (same) return { kind: "linked", pair, link };
  // What has a baseline was linked before: one of the two may be gone by now, as it was before the state was lost.
  const wasLinked = Object.keys(pair.baseline ?? {}).length > 0;
  const missing = pair.records.find((record) => !ground.isThere(record));
  if (missing && !wasLinked) return wrong(`There is no record ${addressText(missing)}.`);
  if (bySource) {
    return wrong(`${addressText(link.source)} is linked to ${addressText(bySource.target)}.`);
  }
  if (byTarget) {
    return wrong(`${addressText(link.target)} is linked to ${addressText(byTarget.source)}.`);
  }
  const against = decidedOtherwise(pair, link, ground);
  return against === null ? { kind: "tie", pair, link } : wrong(against);
}

function only<T>(all: ReadonlyMap<string, T>, name: string): ReadonlyMap<string, T> {
  const one = all.get(name);
  return new Map(one === undefined ? [] : [[name, one]]);
}

/** What the links files say against it, in one sentence. */
function decidedOtherwise(pair: WantedPair, link: MeantLink, ground: PairGround): string | null {
  const book = ground.books.get(link.mapping);
  for (const decision of decisionsIn(pair, link, ground)) {
    const clash = book?.clash(decision);
    if (clash?.kind === "contradicts") return `It says that ${clashText(decision, clash)}`;
  }
  return null;
}

function decisionsIn(
  pair: WantedPair,
  link: MeantLink,
  { rules }: PairGround,
): readonly LinkDecision[] {
  const rule = pair.rule === undefined ? {} : { rule: link.rule };
  return decisionsOf(
    { ...entryOf(pair, link), ...rule, at: pair.at },
    rules.get(link.mapping) ?? [],
  );
}

/** The entry that a links file gets for a pair; it names its rule only where it has to. */
export function entryOf({ why, by }: WantedPair, link: MeantLink): LinksEntry {
  return {
    kind: "link",
    records: [link.source, link.target],
    ...(link.named ? { rule: link.rule } : {}),
    ...(why === undefined ? {} : { why }),
    ...(by === undefined ? {} : { by }),
  };
}
