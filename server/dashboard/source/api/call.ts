import { ask, wait } from "../surroundings.ts";
import { offline, type Problem, problemOf } from "./problem.ts";

export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/** Reads are tried again after so many milliseconds; writes never are, because the first one may have arrived. */
const retryAfter: readonly number[] = [300, 1_200];

const passing: readonly number[] = [0, 502, 503, 504];

let csrf: string | undefined;
const signedOut = new Set<() => void>();

/** The token that writes of a session carry. */
export function setCsrf(token: string | undefined): void {
  csrf = token;
}

/** Calls back when an answer says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

export async function read<T>(path: string): Promise<Reply<T>> {
  for (const delay of retryAfter) {
    const reply = await once<T>("GET", path, undefined);
    if (reply.ok || !passing.includes(reply.problem.status)) return reply;
    await wait(delay);
  }
  return once<T>("GET", path, undefined);
}

export function write<T>(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Reply<T>> {
  return once<T>(method, path, body);
}

async function once<T>(method: string, path: string, body: unknown): Promise<Reply<T>> {
  const answer = await answered(method, path, body);
  if (answer === null) return { ok: false, problem: offline };
  const { response, value } = answer;
  if (response.ok) return { ok: true, value: value as T };
  const problem = problemOf(response.status, value);
  if (problem.kind === "signed-out") for (const listener of signedOut) listener();
  return { ok: false, problem };
}

/** Null when there was no answer, or one that broke off. */
async function answered(method: string, path: string, body: unknown) {
  try {
    const response = await ask(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(csrf === undefined || method === "GET" ? {} : { "x-csrf-token": csrf }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const value: unknown = text === "" ? undefined : parsed(text);
    return { response, value };
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return null;
    throw error;
  }
}

/** Something between here and the service may answer with a page of its own. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
