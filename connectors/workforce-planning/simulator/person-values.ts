import { type PersonValues, personKinds } from "./person.ts";

export type Reasons = Readonly<Record<string, readonly string[]>>;

export type ParsedValues =
  | { readonly ok: true; readonly values: Partial<PersonValues> }
  | { readonly ok: false; readonly reasons: Reasons };

type Kind = (typeof personKinds)[keyof PersonValues];

/** Reads the keys of a person out of a request or a data file. A key that no person has is a fault, not skipped. */
export function parsePersonValues(body: { readonly [key: string]: unknown }): ParsedValues {
  const values: [string, unknown][] = [];
  const reasons: [string, readonly string[]][] = [];
  for (const [key, value] of Object.entries(body)) {
    const kind = isPersonKey(key) ? personKinds[key] : undefined;
    const parsed = kind === undefined ? undefined : parseValue(kind, value);
    if (parsed !== undefined) values.push([key, parsed]);
    else reasons.push([key, [kind === undefined ? "is not known" : `must be ${expected[kind]}`]]);
  }
  if (reasons.length > 0) return { ok: false, reasons: Object.fromEntries(reasons) };
  // The table of kinds has one entry for each key of a person, which is what makes this true.
  return { ok: true, values: Object.fromEntries(values) as Partial<PersonValues> };
}

function isPersonKey(key: string): key is keyof PersonValues {
  return Object.hasOwn(personKinds, key);
}

const expected: Readonly<Record<Kind, string>> = {
  name: "text that is not empty",
  text: "text or null",
  flag: "true or false",
  "flag or null": "true, false or null",
  number: "a number or null",
  date: "an ISO 8601 date, epoch milliseconds or null",
  status: "active or inactive",
  id: "an id or null",
  ids: "a list of ids",
};

/** `undefined` when the value is not of the kind. */
function parseValue(kind: Kind, value: unknown): unknown {
  switch (kind) {
    case "name":
      return typeof value === "string" && value !== "" ? value : undefined;
    case "text":
    case "id":
      return value === null || typeof value === "string" ? value : undefined;
    case "flag":
      return typeof value === "boolean" ? value : undefined;
    case "flag or null":
      return value === null || typeof value === "boolean" ? value : undefined;
    case "number":
      return value === null || typeof value === "number" ? value : undefined;
    case "date":
      return value === null ? null : parseTime(value);
    case "status":
      return value === "active" || value === "inactive" ? value : undefined;
    case "ids":
      return Array.isArray(value) && value.every((id) => typeof id === "string")
        ? [...new Set(value)]
        : undefined;
  }
}

/** ISO 8601 text or epoch milliseconds, as milliseconds; `undefined` for anything else. */
export function parseTime(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}
