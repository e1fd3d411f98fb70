import type { Name } from "./name.ts";
import { slipText } from "./slips.ts";
import { type Kinship, kinshipOf, sameClass, type Token } from "./token.ts";

/** A word of the one name and a word of the other that can be one word. */
interface WordPair {
  readonly a: number;
  readonly b: number;
  readonly kinship: Kinship;
}

interface Alignment {
  readonly pairs: readonly WordPair[];
  readonly restA: readonly number[];
  readonly restB: readonly number[];
  readonly inOrder: boolean;
}

/** How near two names are, and why. */
export type NameLikeness =
  /** One side has no name. */
  | { readonly kind: "unknown" }
  /** `exact`: to the letter. Otherwise accents, capitals, spaces and the small words between may differ. */
  | { readonly kind: "same"; readonly exact: boolean }
  | { readonly kind: "swapped" }
  /** At least two words of each belong together. */
  | ({ readonly kind: "alike" } & Alignment)
  /** One word is the same, and another one is an initial. */
  | ({ readonly kind: "initial" } & Alignment)
  /** The first word is the same and no other, or another word is the same, or none. */
  | { readonly kind: "first-only" | "other-only" | "different" };

/** Of names with more words, all words but one have to be the same; there are too many ways to pair them otherwise. */
export const pairedWordsMax = 4;

/** A name of one word alone has to be as long to be another one with a slip. */
export const singleWordLettersMin = 6;

export function nameLikeness(a: Name, b: Name): NameLikeness {
  if (a.joined === "" || b.joined === "") return { kind: "unknown" };
  if (a.joined === b.joined) return { kind: "same", exact: a.written === b.written };
  if (a.sorted === b.sorted) return { kind: "swapped" };
  const long = a.tokens.length > pairedWordsMax || b.tokens.length > pairedWordsMax;
  return long ? longLikeness(a, b) : shortLikeness(a, b);
}

function shortLikeness(a: Name, b: Name): NameLikeness {
  const alignment = align(a.tokens, b.tokens);
  let [strong, classed, first] = [0, 0, false];
  for (const pair of alignment.pairs) {
    if (pair.kinship.kind === "initial") continue;
    strong += 1;
    if (!classEqual(a, b, pair)) continue;
    classed += 1;
    if (pair.a === 0 && pair.b === 0) first = true;
  }
  if ((strong >= 2 && classed >= 1) || isSingleSlip(a, b, alignment)) {
    return { kind: "alike", ...alignment };
  }
  if (classed === 0) return { kind: "different" };
  if (alignment.pairs.length >= 2) return { kind: "initial", ...alignment };
  return { kind: first ? "first-only" : "other-only" };
}

function classEqual(a: Name, b: Name, pair: WordPair): boolean {
  const [one, other] = [a.tokens[pair.a], b.tokens[pair.b]];
  return one !== undefined && other !== undefined && sameClass(one, other);
}

function isSingleSlip(a: Name, b: Name, { pairs }: Alignment): boolean {
  if (a.tokens.length !== 1 || b.tokens.length !== 1 || pairs[0]?.kinship.kind !== "slip")
    return false;
  return Math.min(a.joined.length, b.joined.length) >= singleWordLettersMin;
}

/** All words but at most one of each are the same, in whatever order. */
function longLikeness(a: Name, b: Name): NameLikeness {
  const restB = new Set(b.tokens.keys());
  const pairs: WordPair[] = [];
  const restA: number[] = [];
  for (const [at, token] of a.tokens.entries()) {
    const found = [...restB].find((other) => b.tokens[other] === token);
    if (found === undefined) restA.push(at);
    else {
      restB.delete(found);
      pairs.push({ a: at, b: found, kinship: { kind: "same" } });
    }
  }
  if (restA.length > 1 || restB.size > 1) return { kind: "different" };
  const [one, other] = [restA[0], [...restB][0]];
  const kinship = kinshipAt(a, b, one, other);
  if (kinship && one !== undefined && other !== undefined) {
    const last = { a: one, b: other, kinship };
    const inOrder = [...pairs, last].sort((x, y) => x.a - y.a);
    return { kind: "alike", ...aligned(inOrder, [], []) };
  }
  return { kind: "alike", ...aligned(pairs, restA, [...restB]) };
}

function kinshipAt(a: Name, b: Name, at: number | undefined, other: number | undefined) {
  const one = at === undefined ? undefined : a.tokens[at];
  const two = other === undefined ? undefined : b.tokens[other];
  return one && two ? kinshipOf(one, two) : null;
}

/** The surest first. */
const kinshipOrder: readonly Kinship["kind"][] = [
  "same",
  "form",
  "slip",
  "sound",
  "two-slips",
  "initial",
];

/** Pairs words, the surest first. Loops and no list functions: this runs for millions of pairs. */
function align(a: readonly Token[], b: readonly Token[]): Alignment {
  const kinships: (Kinship | null)[] = [];
  for (const one of a) for (const other of b) kinships.push(kinshipOf(one, other));
  const partnerOf: number[] = a.map(() => -1);
  let takenB = 0;
  for (const kind of kinshipOrder) {
    for (let at = 0; at < kinships.length; at += 1) {
      if (kinships[at]?.kind !== kind) continue;
      const [one, other] = [Math.trunc(at / b.length), at % b.length];
      if (partnerOf[one] !== -1 || (takenB & (1 << other)) !== 0) continue;
      partnerOf[one] = other;
      takenB |= 1 << other;
    }
  }
  const pairs: WordPair[] = [];
  const restA: number[] = [];
  for (const [one, other] of partnerOf.entries()) {
    const kinship = other < 0 ? null : kinships[one * b.length + other];
    if (kinship) pairs.push({ a: one, b: other, kinship });
    else restA.push(one);
  }
  const restB: number[] = [];
  for (let other = 0; other < b.length; other += 1) {
    if ((takenB & (1 << other)) === 0) restB.push(other);
  }
  return aligned(pairs, restA, restB);
}

/** `pairs` in the order of the first name. */
function aligned(
  pairs: readonly WordPair[],
  restA: readonly number[],
  restB: readonly number[],
): Alignment {
  let inOrder = true;
  for (let at = 1; at < pairs.length; at += 1) {
    if ((pairs[at]?.b ?? 0) < (pairs[at - 1]?.b ?? 0)) inOrder = false;
  }
  return { pairs, restA, restB, inOrder };
}

/** What is the same and what is not, as parts of a sentence. */
export function nameText(a: Name, b: Name, likeness: NameLikeness): string {
  switch (likeness.kind) {
    case "unknown":
      return `no name in the ${a.joined === "" ? "source" : "target"}`;
    case "same":
      return likeness.exact ? "same name" : `same name, written "${a.written}" and "${b.written}"`;
    case "swapped":
      return a.tokens.length === 2
        ? "first and last name are swapped"
        : `same words in another order: "${a.written}" and "${b.written}"`;
    case "alike":
    case "initial":
      return alignmentText(a, b, likeness);
    case "first-only":
    case "other-only":
    case "different":
      return `other name: "${a.written}" and "${b.written}"`;
  }
}

function alignmentText(a: Name, b: Name, alignment: Alignment): string {
  const parts = alignment.pairs.flatMap(({ a: one, b: other, kinship }) =>
    kinshipText(a.shown[one] ?? "", b.shown[other] ?? "", kinship),
  );
  const words = (name: Name, rest: readonly number[]) =>
    rest.map((at) => `"${name.shown[at] ?? ""}"`).join(" and ");
  const extra = [
    ...(alignment.restA.length > 0
      ? [`${words(a, alignment.restA)} is there in the source only`]
      : []),
    ...(alignment.restB.length > 0
      ? [`${words(b, alignment.restB)} is there in the target only`]
      : []),
  ];
  const order = alignment.inOrder ? [] : ["the words stand in another order"];
  return [`nearly the same name`, [...parts, ...extra, ...order].join(", ")]
    .filter((part) => part !== "")
    .join(": ");
}

function kinshipText(one: string, other: string, kinship: Kinship): readonly string[] {
  const both = `"${one}" and "${other}"`;
  switch (kinship.kind) {
    case "same":
      return [];
    case "form":
      return [`${both} are forms of one name`];
    case "slip":
      return [`in ${both} ${slipText(kinship.slip, "letter")}`];
    case "sound":
      return [`${both} sound alike`];
    case "two-slips":
      return [`in ${both} two letters differ`];
    case "initial":
      return [`${both} begin alike`];
  }
}
