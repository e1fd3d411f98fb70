import type { FieldSchema, StreamSchema } from "../../engine/connector/schema.ts";
import { fitsType } from "../../engine/value/fit.ts";
import type { Fields, Value } from "../../engine/value/value.ts";

export type Audited =
  /** The values as the system keeps them. */
  { readonly ok: true; readonly fields: Fields } | { readonly ok: false; readonly why: string };

/** Looks at the values of a write as a strict service does: only known, writable fields, of their type, nothing required missing. */
export function audit(schema: StreamSchema, kind: "create" | "update", fields: Fields): Audited {
  const reasons: string[] = [];
  const kept: Record<string, Value> = {};
  for (const [name, value] of Object.entries(fields)) {
    const field = schema.fields[name];
    const trouble = troubleWith(field, kind);
    if (trouble !== null) reasons.push(`${name} ${trouble}`);
    const fit = field && fitsType(field.type, value, field);
    if (fit?.ok === false) reasons.push(`${name}: ${fit.why}`);
    if (fit?.ok) kept[name] = fit.value;
  }
  for (const [name, field] of Object.entries(schema.fields)) {
    const isAsked = kind === "create" || name in fields;
    if (field.required && isAsked && (kept[name] ?? null) === null)
      reasons.push(`${name} is missing`);
  }
  return reasons.length > 0 ? { ok: false, why: reasons.join("; ") } : { ok: true, fields: kept };
}

function troubleWith(field: FieldSchema | undefined, kind: "create" | "update"): string | null {
  if (field === undefined) return "is not a field";
  if (field.access === "read") return "cannot be set";
  return field.access === "create" && kind === "update" ? "can be set when creating only" : null;
}
