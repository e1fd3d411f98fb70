import type { Code } from "../codes.ts";
import type { State } from "./state.ts";
import type { StateStore } from "./store.ts";

export type OpenResult = { readonly ok: true; readonly store: StateStore } | Refusal;

export type OpenStateResult = { readonly ok: true; readonly state: State } | Refusal;

/** Why the state cannot be used, and what to do about it. */
export interface Refusal {
  readonly ok: false;
  readonly code: Code;
  readonly message: string;
}

export function refuse(code: Code, message: string): Refusal {
  return { ok: false, code, message };
}
