import { entryKinds } from "../expectation-words.ts";
import type { Entry, Expectation } from "../mapping-test.ts";

/** What a recorded case expects: all that a case must list, and what else is said of its records. */
export function expectedOf(
  entries: readonly Entry[],
  at: Expectation["at"],
): readonly Expectation[] {
  return entries
    .filter(({ kind }) => entryKinds[kind].names === "record" && kind !== "near")
    .map((entry) => {
      const { kind, what, mapping, rule, target, situation, code, fields, candidates, differs } =
        entry;
      const { details } = entryKinds[kind];
      const says = (detail: (typeof details)[number]) => details.includes(detail);
      return {
        kind,
        what,
        at,
        mapping,
        ...(rule !== undefined && { rule }),
        ...(target !== undefined && says("target") && { target }),
        ...(situation && says("situation") && { situation }),
        ...(code && says("code") && { code }),
        ...(says("fields") && {
          fields: Object.fromEntries(fields.map(({ field, after }) => [field, after])),
        }),
        ...(says("candidates") && candidates.length > 0 && { candidates }),
        ...(says("differs") && differs.length > 0 && { differs }),
      };
    });
}
