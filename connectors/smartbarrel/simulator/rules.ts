import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { fitsType } from "../../../engine/value/fit.ts";
import type { Fields, Value } from "../../../engine/value/value.ts";
import { remembering } from "../../http/simulator/remembering.ts";
import { smartbarrelKinds } from "../kinds.ts";
import {
  type Collection,
  enteredFields,
  entryFields,
  type Kept,
  requiredFields,
  schemaOf,
} from "./records.ts";
import { type Judged, type Reasons, refused } from "./refusal.ts";

/*
 * What the product demands of values. All of it is assumed, save that an approved shift is locked, that inactive
 * workers do not work, and that a worker has both names (documented).
 */

export interface World {
  readonly all: (name: Collection) => readonly Kept[];
  readonly current: (name: Collection, id: string) => Kept | undefined;
}

/** Who writes: the API may set less than a person in the product. */
export type Writer = "api" | "person";

/** Values that are right by themselves, or why they are not. */
export function judgeValues(name: Collection, values: Fields, writer: Writer): Judged<Fields> {
  const schema = schemaOf(name);
  const settable = Object.keys(schema.fields).filter(
    (field) =>
      schema.fields[field]?.access === "write" ||
      (writer === "person" && enteredFields[name].includes(field)),
  );
  return judgeFields(schema, values, settable);
}

export function judgeEntry(values: Fields): Judged<Fields> {
  return judgeFields(smartbarrelKinds.shift_entries.schema, values, entryFields);
}

function judgeFields(
  schema: StreamSchema,
  values: Fields,
  settable: readonly string[],
): Judged<Fields> {
  const reasons: Record<string, readonly string[]> = {};
  for (const [field, value] of Object.entries(values)) {
    const why = unfit(schema, field, value, settable);
    if (why !== null) reasons[field] = [why];
  }
  return Object.keys(reasons).length === 0
    ? { ok: true, value: values }
    : refused("validation_failed", "Some values are not valid.", reasons);
}

function unfit(
  schema: StreamSchema,
  name: string,
  value: Value,
  settable: readonly string[],
): string | null {
  const field = schema.fields[name];
  if (field === undefined) return "is not known";
  if (!settable.includes(name)) return "cannot be set";
  if (value === null) return null;
  const fit = fitsType(field.type, value, field);
  if (!fit.ok || fit.value !== value) return `must be a ${field.type}`;
  if (field.type === "phone" && !/^\+[1-9]\d{6,14}$/.test(String(value))) {
    return "must be a number with its country code, such as +12065550142";
  }
  return null;
}

/** Whether the record may stand beside the others. `id` is null for a new one. */
export function judgeRecord(
  name: Collection,
  fields: Fields,
  id: string | null,
  world: World,
): Judged<Fields> {
  const missing = requiredFields[name].filter((field) => isEmpty(fields[field]));
  if (missing.length > 0) return invalid(missing, "is missing");
  const unknown = unknownReferences(schemaOf(name), fields, world);
  if (unknown.length > 0) return invalid(unknown, "does not exist");
  const shared = sharedField(name, fields, id, world);
  return shared === null
    ? { ok: true, value: fields }
    : refused("conflict", "Another record has this value.", { [shared]: ["is taken"] });
}

export function unknownReferences(
  { fields: known }: StreamSchema,
  fields: Fields,
  world: World,
): readonly string[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const target = known[field]?.references;
    if (target === undefined || isEmpty(value)) return [];
    return world.current(target as Collection, String(value)) ? [] : [field];
  });
}

const bySpelling = remembering<Kept, ReadonlyMap<string, readonly Kept[]>>();

/** A phone number is a login, and the name of a position tells it from the others, whatever its capitals. */
function sharedField(
  name: Collection,
  fields: Fields,
  id: string | null,
  world: World,
): string | null {
  const unique = { workers: "phone", positions: "name" }[name as string];
  if (unique === undefined || isEmpty(fields[unique])) return null;
  const spelled = (each: Fields) => String(each[unique] ?? "").toLowerCase();
  const all = world.all(name);
  const groups = bySpelling(all, unique, () => Map.groupBy(all, (each) => spelled(each.fields)));
  const same = groups.get(spelled(fields)) ?? [];
  return same.some((other) => other.id !== id) ? unique : null;
}

/** Nobody who is inactive works, and what is approved stays as it is until the approval is taken back. */
export function refuseShift(before: Kept | null, fields: Fields, world: World): string | null {
  if (before?.fields["status"] === "approved" && fields["status"] === "approved") {
    return "The shift is approved and locked.";
  }
  const worker = world.current("workers", String(fields["worker_id"]));
  return before === null && worker?.fields["status"] === "inactive"
    ? "The worker is inactive and gets no new shifts."
    : null;
}

function invalid(fields: readonly string[], reason: string): Judged<Fields> {
  const reasons: Reasons = Object.fromEntries(fields.map((field) => [field, [reason]]));
  return refused("validation_failed", "Some values are not valid.", reasons);
}

function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || value === "";
}
