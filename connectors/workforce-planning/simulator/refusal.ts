import type { Reasons } from "./values.ts";

/** What the product answers to a request that it does not carry out. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly reasons: Reasons;
}

export type Judged<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

/** Values of a record, and whether an invitation goes out: a new login without a password mails one. */
export interface Accepted<T> {
  readonly values: T;
  readonly invite: boolean;
}

export function refusalOf(
  status: number,
  message: string,
  keys: readonly string[],
  reason: string,
): Refusal {
  return { status, message, reasons: Object.fromEntries(keys.map((key) => [key, [reason]])) };
}

export function missingValues(keys: readonly string[], reason = "is required"): Refusal {
  return refusalOf(400, "Required values are missing.", keys, reason);
}

export function invalidValues(reasons: Reasons): Refusal {
  return { status: 400, message: "Some values are not valid.", reasons };
}

/** Null if there are none. */
export function unknownIds(keys: readonly string[]): Refusal | null {
  return keys.length === 0
    ? null
    : refusalOf(400, "Some ids are not known.", keys, "does not exist");
}

export function hasId(
  list: readonly { readonly id: string }[],
  id: string | null | undefined,
): boolean {
  return id === null || id === undefined || list.some((record) => record.id === id);
}

export function refused(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}

export function accepted<T>(values: T, invite: boolean): Judged<Accepted<T>> {
  return { ok: true, value: { values, invite } };
}
