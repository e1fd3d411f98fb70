import { canonicalJson } from "../../value/canonical-json.ts";
import type { Value } from "../../value/value.ts";
import type { Entry } from "../mapping-test.ts";

/** What a plan says of records, without the values that it writes: what must be the same with invented records. */
export function shapeOf(entries: readonly Entry[], idOf: IdOf = sameId): string {
  const shapes = entries.filter(isOfRecord).map((entry) => canonicalJson(shape(entry, idOf)));
  return shapes.sort().join("\n");
}

/** The same, with the values. */
export function outcomeOf(entries: readonly Entry[]): string {
  const outcomes = entries.filter(isOfRecord).map((entry) =>
    canonicalJson({
      ...shape(entry, sameId),
      values: entry.fields.map(({ field, after }): Value => [field, after]),
    }),
  );
  return outcomes.sort().join("\n");
}

/** The new id of the source or the target of an entry. */
export type IdOf = (entry: Entry, end: "source" | "target", id: string) => string;

const sameId: IdOf = (_entry, _end, id) => id;

function isOfRecord({ kind }: Entry): boolean {
  return kind !== "finding" && kind !== "guard" && kind !== "near";
}

function shape(entry: Entry, idOf: IdOf): { readonly [key: string]: Value } {
  const { kind, what, mapping, rule, target, situation, code, fields, candidates, differs } = entry;
  return {
    kind,
    what: idOf(entry, "source", what),
    mapping,
    rule: rule ?? null,
    target: target === undefined ? null : idOf(entry, "target", target),
    situation: situation ?? null,
    code: code ?? null,
    fields: fields.map(({ field }) => field),
    candidates: candidates.map((id) => idOf(entry, "target", id)).sort(),
    differs,
  };
}
