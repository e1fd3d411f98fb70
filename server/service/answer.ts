import type { Code } from "../../engine/codes.ts";
import type { Answer, ServiceTrouble } from "../service.ts";

export type Refused = Extract<Answer<never>, { readonly ok: false }>;

export function fine<T>(value: T): Answer<T> {
  return { ok: true, value };
}

export function refuse(status: ServiceTrouble["status"], code: Code, message: string): Refused {
  return { ok: false, trouble: { status, code, message } };
}
