import { type RuleDraft, usesOf } from "./draft.ts";

/** A call whose name of a source is worked out, and not written. */
const workedOut = /\$(?:records|find|findAll)\b(?!\s*\(\s*["'])/;

/** Names of the sources that a rule's expressions look into; null where a name is worked out and any may be meant. */
export function lookedUp(rule: RuleDraft): readonly string[] | null {
  const uses = usesOf(rule);
  if (uses.some(({ compiled }) => workedOut.test(compiled.expression.source))) return null;
  const names = uses.flatMap(({ compiled }) => compiled.analysis.streams.map(({ name }) => name));
  return [...new Set(names)].sort();
}
