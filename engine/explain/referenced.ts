import { addressIn, labelOf } from "../plan/context.ts";
import type { RuleInput } from "../plan/input.ts";
import { type StreamRef, streamText } from "../value/address.ts";
import { candidatesMax, type Referenced } from "./explanation.ts";
import { type MappingView, plannedKey, type RuleView } from "./view.ts";

/**
 * Who refers to a record that is created only when it is needed. Undefined where the rule does not ask that, or where
 * there is a counterpart already.
 */
export function referencedOf(
  view: MappingView,
  rule: RuleView,
  id: string,
): Referenced | undefined {
  const { rule: own, evaluations } = rule.input;
  const standing = rule.standings.get(id);
  const isNew =
    standing?.kind === "absent" ||
    standing?.kind === "keyless" ||
    (standing?.kind === "lost" && own.on.lost === "create");
  if (!own.whenReferenced || !isNew || !evaluations.get(id)?.mayCreate) return undefined;
  const name = view.mapping.mapping.name;
  const create = view.planned.changes
    .get(plannedKey(own.name, addressIn(own.source.ref, id)))
    ?.find(({ kind }) => kind === "create");
  const waiting = new Set(
    create
      ? view.plan.changes.flatMap((one) => (one.after.includes(create.id) ? [keyOf(one)] : []))
      : [],
  );
  const by = view.input.mappings.flatMap(({ mapping, rules }) =>
    rules.flatMap((other) =>
      mentioning(other, { through: name, to: own.target.ref, id }).map((mention) => {
        const address = addressIn(other.rule.source.ref, mention);
        const reading = view.input.readings.get(streamText(address));
        const record = reading?.records.get(mention);
        const label = record && reading ? labelOf(record, reading) : mention;
        const one = { mapping: mapping.name, rule: other.rule.name, source: address };
        return { mapping: mapping.name, address, label, written: waiting.has(keyOf(one)) };
      }),
    ),
  );
  const ordered = by.toSorted((a, b) => Number(b.written) - Number(a.written));
  return {
    needed: create !== undefined,
    by: ordered.slice(0, candidatesMax),
    more: Math.max(0, ordered.length - candidatesMax),
  };
}

function keyOf(of: {
  readonly mapping: string;
  readonly rule: string;
  readonly source: Parameters<typeof plannedKey>[1];
}): string {
  return `${of.mapping} ${plannedKey(of.rule, of.source)}`;
}

/** Ids of the records in scope of another rule that refer to this one. */
function mentioning(
  { rule, evaluations }: RuleInput,
  wanted: { readonly through: string; readonly to: StreamRef; readonly id: string },
): readonly string[] {
  const places = rule.fields.flatMap(({ through, field }, index) => {
    const stream = rule.target.schema.fields[field]?.references ?? "";
    const to = { connection: rule.target.ref.connection, stream };
    return through === wanted.through && streamText(to) === streamText(wanted.to) ? [index] : [];
  });
  if (places.length === 0) return [];
  return [...evaluations].flatMap(([id, { inScope, trouble, fields }]) => {
    const mentions = places.some((index) => String(fields[index] ?? "") === wanted.id);
    return inScope && !trouble && mentions ? [id] : [];
  });
}
