import { planningCodes } from "../../../../../engine/codes/planning.ts";
import type { Code } from "../../../../../engine/codes.ts";
import type { Held } from "../../../../../engine/plan/plan.ts";
import { addressText } from "../../../../../engine/value/address.ts";

/* Held records as a list of things to do, by what is the matter with them. */

/** What of a held record is needed here; the service tells more. */
export type HeldTold = Held & { readonly decided?: "link" | "apart" | "ignore" | undefined };

export interface HeldGroup<T extends HeldTold> {
  readonly code: Code;
  readonly title: string;
  readonly held: readonly T[];
  /** Those that nobody has decided about yet. */
  readonly open: number;
}

/** One held record, told apart from all others of the workspace. */
export function heldKey(held: Pick<Held, "mapping" | "rule" | "source">): string {
  return `${held.mapping}/${held.rule}/${addressText(held.source)}`;
}

/**
 * Those that a decision answers come first, because they are the work of this page; then by how many there are. Within a
 * group the decided ones come last.
 */
export function groupHeld<T extends HeldTold>(held: readonly T[]): readonly HeldGroup<T>[] {
  const groups = [...Map.groupBy(held, ({ code }) => code)].map(([code, own]) => ({
    code,
    title: codeTitle(code),
    held: own.toSorted((a, b) => rank(a) - rank(b) || a.label.localeCompare(b.label)),
    open: own.filter(({ decided }) => decided === undefined).length,
  }));
  const answerable = (group: HeldGroup<T>) =>
    group.held.some(({ candidates }) => candidates.length > 0) ? 0 : 1;
  return groups.toSorted((a, b) => answerable(a) - answerable(b) || b.held.length - a.held.length);
}

/** Records are held with codes of planning; the other tables would only make the page larger. */
export function codeTitle(code: Code): string {
  const known: Readonly<Partial<Record<Code, { readonly title: string }>>> = planningCodes;
  return known[code]?.title ?? code;
}

function rank({ decided }: HeldTold): number {
  return decided === undefined ? 0 : 1;
}

/** The next one that nobody has decided about, in the order of the page; the first of them after the last. */
export function nextOpen<T extends HeldTold>(
  groups: readonly HeldGroup<T>[],
  key: string | undefined,
): T | undefined {
  const all = groups.flatMap((group) => group.held);
  const at = all.findIndex((one) => heldKey(one) === key);
  const turned = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  return turned.find((one) => one.decided === undefined && heldKey(one) !== key);
}

/** Words that a person looks for: a name, an address, a reason. Capitals do not matter. */
export function searchHeld<T extends HeldTold>(held: readonly T[], search: string): readonly T[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return held;
  return held.filter((one) => {
    const text = [
      one.label,
      one.mapping,
      one.code,
      one.reason,
      addressText(one.source),
      ...one.candidates.flatMap(({ label, address }) => [label, addressText(address)]),
    ]
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
