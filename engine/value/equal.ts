import type { FieldType } from "../connector/schema.ts";
import { instantMs } from "./calendar.ts";
import { canonicalJson } from "./canonical-json.ts";
import { numberOf } from "./numeric.ts";
import { canonicalPhone } from "./phone.ts";
import { timezoneName } from "./timezone.ts";
import type { Value } from "./value.ts";

export { type Fit, fitsType } from "./fit.ts";

export interface EqualityOptions {
  /** ISO 3166 code of the country whose phone numbers may be written without their country code. */
  readonly phoneCountry: string;
  /** Capitals make no difference to texts. */
  readonly ignoresCapitals?: boolean;
}

/**
 * The one value that stands for every spelling of a value, by the type of its field. Blank text is `null`. Total: what
 * does not fit the type stays as it is, and differs from everything that fits.
 *
 * For comparing and for keys; never for writing, because it lower-cases e-mail addresses and rewrites phone numbers.
 */
export function canonicalValue(type: FieldType, value: Value, options: EqualityOptions): Value {
  if (value === null || typeof value === "object") return value;
  if (typeof value === "string")
    return value.trim() === "" ? null : canonicalText(type, value, options);
  if (typeof value === "boolean") return value;
  return type === "integer" || type === "decimal"
    ? numberOf(value)
    : canonicalText(type, String(value), options);
}

function canonicalText(type: FieldType, written: string, options: EqualityOptions): Value {
  const text = written.trim().normalize("NFC");
  switch (type) {
    case "text":
      return options.ignoresCapitals ? text.toLowerCase().normalize("NFC") : text;
    case "date":
    case "boolean":
      return text;
    case "choice":
    case "reference":
      return written;
    case "email":
      return text.toLowerCase().normalize("NFC");
    case "phone":
      return canonicalPhone(text, options.phoneCountry);
    case "instant":
      return canonicalInstant(text);
    case "integer":
    case "decimal":
      return numberOf(text) ?? text;
    case "timezone":
      return timezoneName(text) ?? text;
  }
}

function canonicalInstant(text: string): string {
  const ms = instantMs(text);
  return ms === null ? text : new Date(ms).toISOString();
}

/** Whether two values are the same to a field of this type. `null` and blank text are. */
export function equalValues(
  type: FieldType,
  a: Value,
  b: Value,
  options: EqualityOptions,
): boolean {
  if (a === b) return true;
  const one = canonicalValue(type, a, options);
  const other = canonicalValue(type, b, options);
  if (one === other) return true;
  if (!isComposite(one) || !isComposite(other)) return false;
  return canonicalJson(one) === canonicalJson(other);
}

function isComposite(value: Value): boolean {
  return typeof value === "object" && value !== null;
}
