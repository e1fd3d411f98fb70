/*
 * What a request, or a data file, says about one record: attributes of known names and kinds.
 */

export type Scalar = string | number | boolean | null;

export type Attributes = Readonly<Record<string, Scalar>>;

type Kind = "text" | "integer" | "number" | "boolean" | "date";

export type Kinds = Readonly<Record<string, Kind>>;

/** Reasons by attribute, as Procore's answers have them. */
export type Errors = Readonly<Record<string, readonly string[]>>;

/** Stricter than Procore may be: a name or a kind that its description does not have is refused. */
export function readAttributes(
  given: Readonly<Record<string, unknown>>,
  kinds: Kinds,
): { readonly attributes: Attributes; readonly errors: Errors } {
  const attributes: Record<string, Scalar> = {};
  const errors: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(given)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) errors[name] = ["is not a known attribute"];
    else if (isOfKind(value, kind)) attributes[name] = value;
    else errors[name] = [`is not of the kind ${kind}`];
  }
  return { attributes, errors };
}

/** Any text passes for a date: what Procore does with a malformed one is not to refuse it (documented). */
function isOfKind(value: unknown, kind: Kind): value is Scalar {
  if (value === null) return true;
  switch (kind) {
    case "text":
    case "date":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "integer":
      return Number.isSafeInteger(value);
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isBlank(value: Scalar | undefined): boolean {
  return value === undefined || value === null || (typeof value === "string" && !value.trim());
}
