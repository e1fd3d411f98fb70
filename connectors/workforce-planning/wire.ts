import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { Value } from "../../engine/value/value.ts";

/*
 * Reads records out of answers by a table of their fields.
 *
 * How far we trust an answer:
 * - A key that is missing gives a field that is absent: the system did not tell. `null` and "" give `null`.
 * - A value of the wrong type makes the answer unreadable, and the reading stops. Reading it as empty would make every
 *   follower of the field be emptied, so stopping is the smaller harm.
 * - Text is passed on as it is, whatever its length and characters. An integer where text belongs is its digits.
 */

export type Converted =
  | { readonly ok: true; readonly record: StreamRecord }
  /** Ends the sentence "it answered, but ..."; it may name the id of the record and holds nothing else of it. */
  | { readonly ok: false; readonly reason: string };

export interface FieldShape {
  /** Where the value stands in the answer. */
  readonly path: readonly string[];
  readonly must?: boolean;
  /** `undefined` for a value that is not of this shape; `notTold` for one that says nothing that we could know. */
  readonly read: (value: unknown) => Value | undefined | typeof notTold;
  /** What the value has to be, for the message. `null` leaves a value of another shape out. */
  readonly expected: string | null;
}

/** Leaves one value out, where others of the same field may not be. */
export const notTold = Symbol("not told");

/** `shapes.ts` has the shapes that occur. */
export type RecordShape = Readonly<Record<string, FieldShape>>;

export function recordFromWire(wire: unknown, noun: string, shape: RecordShape): Converted {
  if (!isObject(wire)) return unreadable(`a ${noun} came as ${kindOf(wire)} and not as an object`);
  const id = idFromWire(wire["id"]);
  if (id === null) return unreadable(`a ${noun} came without a usable id`);
  const fields: Record<string, Value> = {};
  for (const [field, { path, must, read, expected }] of Object.entries(shape)) {
    const found = valueAt(wire, path);
    if (found === undefined && !must) continue;
    const value = read(found);
    if (value === notTold) continue;
    if (value !== undefined) fields[field] = value;
    else if (expected !== null) {
      const place = path.join(".");
      return unreadable(`the ${noun} ${id} has ${kindOf(found)} in ${place} and not ${expected}`);
    }
  }
  return { ok: true, record: { id, fields } };
}

export function unreadable(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

/**
 * The id as text, or null if it is none. Ids are UUIDs (documented). They become a part of addresses, so that anything
 * which could mean something there, such as "..", is no id.
 */
export function idFromWire(value: unknown): string | null {
  const id = Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === "string" && /^[A-Za-z0-9_-]{1,100}$/.test(id) ? id : null;
}

/** What is at the end of the path; `undefined` when a part of it is missing. */
function valueAt(wire: Wire, path: readonly string[]): unknown {
  let value: unknown = wire;
  for (const key of path) {
    if (value === undefined || value === null) return undefined;
    if (!isObject(value)) return misplaced;
    value = Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

/** Stands for a value whose parent is no object, so that no reader takes it. */
const misplaced = Symbol("misplaced");

type Wire = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (value === misplaced) return "no object to hold a value";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
