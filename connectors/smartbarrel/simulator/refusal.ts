/** Why the product does not do what is asked of it. Reasons go by the names of fields. */
export interface Refusal {
  readonly kind: "validation_failed" | "conflict" | "not_found" | "unauthorized" | "forbidden";
  readonly message: string;
  readonly reasons: Reasons;
}

export type Reasons = Readonly<Record<string, readonly string[]>>;

export type Judged<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export function refused(
  kind: Refusal["kind"],
  message: string,
  reasons: Reasons = {},
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { kind, message, reasons } };
}
