import type { Code } from "../../../../engine/codes.ts";

/** Why a call gave nothing: what the service said, or that it could not be asked. */
export interface Problem {
  readonly kind: "offline" | "signed-out" | "refused";
  /** 0 when there was no answer. */
  readonly status: number;
  readonly code?: Code;
  /** One or two sentences for people. */
  readonly message: string;
  /** What is wrong with the values that were sent, by name. */
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  /** For the log of the service. */
  readonly requestId?: string;
}

export const offline: Problem = {
  kind: "offline",
  status: 0,
  message: "The service does not answer. It may be starting again, or the network is down.",
  errors: [],
};

/** Reads a problem document; anything else that is no success becomes a plain sentence. */
export function problemOf(status: number, body: unknown): Problem {
  const told = isMembers(body) ? body : {};
  const detail = textOf(told["detail"]) ?? textOf(told["title"]);
  const code = textOf(told["code"]);
  const requestId = textOf(told["requestId"]);
  return {
    kind: status === 401 ? "signed-out" : "refused",
    status,
    message: detail ?? `The service answered with ${status} and gave no reason.`,
    errors: Array.isArray(told["errors"]) ? told["errors"].flatMap(errorOf) : [],
    // A newer service may know codes that this page does not; they are shown, and have no entry.
    ...(code === undefined ? {} : { code: code as Code }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function errorOf(value: unknown): Problem["errors"] {
  if (!isMembers(value)) return [];
  const message = textOf(value["message"]) ?? textOf(value["detail"]);
  const path = textOf(value["path"]) ?? textOf(value["pointer"]) ?? textOf(value["field"]) ?? "";
  return message === undefined ? [] : [{ path, message }];
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
