import { addressText } from "../value/address.ts";
import type { Change, Selection } from "./plan.ts";

/*
 * `--only` and `--exclude` keep a part of a plan. A word is `record=<connection/stream/id>`, `situation=<name>`,
 * `kind=<name>`, `rule=<name>` or `mapping=<name>`; a bare address stands for `record=`. What a kept change waits for is
 * kept with it; what waits for a change that is left out is left out with it.
 */

const parts = {
  record: (change: Change, value: string) =>
    addressText(change.source) === value ||
    ("id" in change.target && addressText(change.target) === value),
  situation: (change: Change, value: string) => change.situation === value,
  kind: (change: Change, value: string) => change.kind === value,
  rule: (change: Change, value: string) => change.rule === value,
  mapping: (change: Change, value: string) => change.mapping === value,
} as const;

/** Null when the word has none of the forms above. */
export function parseSelector(word: string): ((change: Change) => boolean) | null {
  const match = /^([a-z]+)=(.+)$/s.exec(word);
  if (!match)
    return /^[^/=]+\/[^/]+\/.+$/s.test(word) ? (change) => parts.record(change, word) : null;
  const [, part = "", value = ""] = match;
  if (!Object.hasOwn(parts, part)) return null;
  const test = parts[part as keyof typeof parts];
  return (change) => test(change, value);
}

export function selectChanges(
  changes: readonly Change[],
  words: { readonly only: readonly string[]; readonly exclude: readonly string[] },
): { readonly changes: readonly Change[]; readonly selection?: Selection } {
  if (words.only.length === 0 && words.exclude.length === 0) return { changes };
  const only = words.only.map(selectorOf);
  const exclude = words.exclude.map(selectorOf);
  const wanted = changes.filter((change) => only.length === 0 || only.some((test) => test(change)));
  const kept = new Set(wanted.flatMap((change) => [change.id, ...change.after]));
  const out = new Set<string>();
  for (const change of changes) {
    const excluded = exclude.some((test) => test(change));
    if (!kept.has(change.id) || excluded || change.after.some((id) => out.has(id)))
      out.add(change.id);
  }
  const left = changes.filter((change) => !out.has(change.id));
  return { changes: left, selection: { ...words, leftOut: changes.length - left.length } };
}

function selectorOf(word: string): (change: Change) => boolean {
  const selector = parseSelector(word);
  if (!selector) throw new Error(`not a selector: ${word}`);
  return selector;
}
