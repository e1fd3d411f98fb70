import type { FieldRule, Source } from "../mapping/mapping.ts";
import { addressIn, labelOf } from "../plan/context.ts";
import type { Resolution } from "../plan/through.ts";
import { addressText, type StreamRef, streamText } from "../value/address.ts";
import type { Value } from "../value/value.ts";
import type { ThroughStep } from "./explanation.ts";
import type { MappingView, RuleView } from "./view.ts";

/* A reference through another mapping: from the record that the expression named to its counterpart, or why there is none. */

/** Undefined where the field goes through no mapping, or the expression named no record. */
export function throughOf(
  view: MappingView,
  rule: RuleView,
  field: FieldRule,
  value: Value | undefined,
): ThroughStep | undefined {
  const given = isBlank(value) ? field.fallback : value;
  if (field.through === undefined || value === undefined || isBlank(given)) return undefined;
  const { targets, references } = rule.context;
  const stream = targets.schema.fields[field.field]?.references ?? "";
  const to = { connection: targets.ref.connection, stream };
  const id = String(given);
  const ends = endsOf(view, field.through, to);
  const near = nearEnd(view, ends?.near, id);
  const found = references.resolve(field.through, to, id);
  const place = { mapping: field.through, record: near.record, label: near.label };
  return {
    ...place,
    ...toldOf(found, { to, near, noun: ends?.far.schema.noun.one ?? "record" }, place),
  };
}

interface Near {
  readonly record: ThroughStep["record"];
  readonly label: string;
  readonly noun: string;
}

function toldOf(
  found: Resolution,
  { to, near, noun }: { readonly to: StreamRef; readonly near: Near; readonly noun: string },
  { mapping }: { readonly mapping: string },
): Pick<ThroughStep, "status" | "counterpart" | "counterpartLabel" | "change" | "why"> {
  const who = `the ${near.noun} ${nameOf(near)}`;
  switch (found.kind) {
    case "known": {
      const counterpart = addressIn(to, found.id);
      const told = {
        counterpart,
        ...(found.label === undefined ? {} : { counterpartLabel: found.label }),
      };
      const where = addressText(counterpart);
      if (found.change === undefined)
        return { ...told, status: "linked", why: `By ${mapping}, ${who} is linked to ${where}.` };
      const why = `By ${mapping}, ${who} is linked to ${where} first, by this plan.`;
      return { ...told, status: "linking", change: found.change, why };
    }
    case "awaited":
      return {
        status: "awaited",
        counterpartLabel: found.label,
        change: found.change,
        why: `By ${mapping}, this plan first creates the ${noun} of ${who} in ${streamText(to)}; its id is known then.`,
      };
    case "missing":
      return {
        status: "missing",
        why: `By ${mapping}, there is no ${noun} of ${who} in ${streamText(to)} yet: ${found.why}`,
      };
  }
}

function nameOf({ record, label }: Near): string {
  return label === record.id ? addressText(record) : `${label} (${addressText(record)})`;
}

/** The two ends of the mapping that is gone through: where the reference comes from, and where it leads to. */
function endsOf(
  { input }: MappingView,
  name: string,
  to: StreamRef,
): { readonly near: Source; readonly far: Source } | undefined {
  const linked = input.mappings.find((one) => one.mapping.name === name) ?? input.others.get(name);
  for (const { source, target } of linked?.mapping.rules ?? []) {
    if (streamText(target.ref) === streamText(to)) return { near: source, far: target };
    if (streamText(source.ref) === streamText(to)) return { near: target, far: source };
  }
  return undefined;
}

function nearEnd({ input }: MappingView, end: Source | undefined, id: string): Near {
  // A mapping that was loaded and is gone through has both ends.
  if (!end) throw new Error("a mapping that is gone through has no end there");
  const reading = input.readings.get(streamText(end.ref));
  const record = reading?.records.get(id);
  return {
    record: addressIn(end.ref, id),
    label: reading && record ? labelOf(record, reading) : id,
    noun: end.schema.noun.one,
  };
}

function isBlank(value: Value | undefined): boolean {
  return (
    value === undefined || value === null || (typeof value === "string" && value.trim() === "")
  );
}
