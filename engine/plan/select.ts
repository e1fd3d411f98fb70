import { addressText, type RecordAddress, type StreamRef } from "../value/address.ts";
import { withoutIdle, withWhatTheyNeed } from "./part.ts";
import type { Change, Held, PassedOver, Selection } from "./plan.ts";

/*
 * `--only` and `--exclude` keep a part of a plan. A word is `record=<connection/stream/id>`, `situation=<name>`,
 * `kind=<name>`, `rule=<name>` or `mapping=<name>`; a bare address stands for `record=`. What a kept change waits for is
 * kept with it; what waits for a change that is left out is left out with it. Held and passed-over records are listed
 * by the same words.
 */

/** What a word can be about: a change, a held record, or one that is passed over. */
interface Selectable {
  readonly source: RecordAddress;
  readonly target?: RecordAddress | StreamRef;
  readonly mapping: string;
  readonly rule?: string;
  readonly situation?: string;
  readonly kind?: string;
}

interface Words {
  readonly only: readonly string[];
  readonly exclude: readonly string[];
}

const parts = {
  record: ({ source, target }: Selectable, value: string) =>
    addressText(source) === value ||
    (target !== undefined && "id" in target && addressText(target) === value),
  situation: (one: Selectable, value: string) => one.situation === value,
  kind: (one: Selectable, value: string) => one.kind === value,
  rule: (one: Selectable, value: string) => one.rule === value,
  mapping: (one: Selectable, value: string) => one.mapping === value,
} as const;

/** Null when the word has none of the forms above. */
export function parseSelector(word: string): ((one: Selectable) => boolean) | null {
  const match = /^([a-z]+)=(.+)$/s.exec(word);
  if (!match) return /^[^/=]+\/[^/]+\/.+$/s.test(word) ? (one) => parts.record(one, word) : null;
  const [, part = "", value = ""] = match;
  if (!Object.hasOwn(parts, part)) return null;
  const test = parts[part as keyof typeof parts];
  return (one) => test(one, value);
}

export function selectChanges(
  changes: readonly Change[],
  words: Words,
): { readonly changes: readonly Change[]; readonly selection?: Selection } {
  if (words.only.length === 0 && words.exclude.length === 0) return { changes };
  const { isWanted, isExcluded } = testsOf(words);
  const wanted = new Set(changes.filter(isWanted).map((change) => change.id));
  const kept = withWhatTheyNeed(changes, wanted);
  const out = new Set<string>();
  for (const change of changes) {
    const waitsInVain = change.after.some((id) => out.has(id));
    if (!kept.has(change.id) || isExcluded(change) || waitsInVain) out.add(change.id);
  }
  const left = withoutIdle(changes.filter((change) => !out.has(change.id)));
  const { only, exclude } = words;
  return { changes: left, selection: { only, exclude, leftOut: changes.length - left.length } };
}

export function selectHeld(held: readonly Held[], words: Words): readonly Held[] {
  const { isWanted, isExcluded } = testsOf(words);
  return held.filter((one) => isWanted(one) && !isExcluded(one));
}

export function selectPassedOver(
  groups: readonly PassedOver[],
  words: Words,
): readonly PassedOver[] {
  const { isWanted, isExcluded } = testsOf(words);
  return groups.flatMap((group): PassedOver[] => {
    const records = group.records.filter(({ address }) => {
      const { mapping, rule } = group;
      const one = { source: address, mapping, ...(rule === undefined ? {} : { rule }) };
      return isWanted(one) && !isExcluded(one);
    });
    return records.length > 0 ? [{ ...group, records }] : [];
  });
}

function testsOf({ only, exclude }: Words) {
  const wanted = only.map(selectorOf);
  const unwanted = exclude.map(selectorOf);
  return {
    isWanted: (one: Selectable) => wanted.length === 0 || wanted.some((test) => test(one)),
    isExcluded: (one: Selectable) => unwanted.some((test) => test(one)),
  };
}

function selectorOf(word: string): (one: Selectable) => boolean {
  const selector = parseSelector(word);
  if (!selector) throw new Error(`not a selector: ${word}`);
  return selector;
}
