import type { Name } from "./name.ts";
import type { NameLikeness } from "./name-likeness.ts";
import type { Kinship } from "./token.ts";

/*
 * What a name is worth. The same name is enough to show a pair to a person, whatever else differs; a name that is
 * nearly the same is enough as long as not everything else speaks against it.
 */

const sameName = 60;
const initialName = 40;

const kinshipCost: Readonly<Record<Exclude<Kinship["kind"], "slip">, number>> = {
  same: 0,
  form: 12,
  sound: 10,
  "two-slips": 18,
  initial: 10,
};
const slipCost = 12;
/** In a word of four letters a slip is a quarter of it. */
const shortSlipCost = 14;
const genderCost = 26;
const shortWordLetters = 4;

/** A second first or last name that one side leaves out. */
const extraWordCost = 10;
/** "Phase 2" is another thing than "Phase 1". */
const extraNumberCost = 30;
/** Words on both sides that do not belong together: Ana María and Ana Paula. */
const conflictCost = 30;
const orderCost = 6;
const oneSuffixCost = 5;
/** Jr. and Sr. are two people. */
const otherSuffixCost = 30;

export function namePoints(a: Name, b: Name, likeness: NameLikeness): number {
  switch (likeness.kind) {
    case "unknown":
    case "first-only":
      return 0;
    case "same":
      return sameName - (likeness.exact ? 0 : 2) - suffixCost(a, b);
    case "swapped":
      return sameName - orderCost - suffixCost(a, b);
    case "alike":
      return sameName - alignmentCost(a, b, likeness) - suffixCost(a, b);
    case "initial":
      return initialName - alignmentCost(a, b, likeness) - suffixCost(a, b);
    case "other-only":
      return -10;
    case "different":
      return -15;
  }
}

function suffixCost(a: Name, b: Name): number {
  if (a.suffix === b.suffix) return 0;
  return a.suffix === "" || b.suffix === "" ? oneSuffixCost : otherSuffixCost;
}

function alignmentCost(
  a: Name,
  b: Name,
  alignment: NameLikeness & { kind: "alike" | "initial" },
): number {
  const words = alignment.pairs.reduce((sum, pair) => {
    const shorter = Math.min(
      a.tokens[pair.a]?.text.length ?? 0,
      b.tokens[pair.b]?.text.length ?? 0,
    );
    return sum + costOf(pair.kinship, shorter);
  }, 0);
  const rest = restCost(a, alignment.restA) + restCost(b, alignment.restB);
  const conflicts = Math.min(alignment.restA.length, alignment.restB.length) * conflictCost;
  return words + rest + conflicts + (alignment.inOrder ? 0 : orderCost);
}

function costOf(kinship: Kinship, shorter: number): number {
  if (kinship.kind !== "slip") return kinshipCost[kinship.kind];
  if (kinship.gender) return genderCost;
  return shorter <= shortWordLetters ? shortSlipCost : slipCost;
}

function restCost(name: Name, rest: readonly number[]): number {
  return rest.reduce(
    (sum, at) => sum + (name.tokens[at]?.hasDigit ? extraNumberCost : extraWordCost),
    0,
  );
}
