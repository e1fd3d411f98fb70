import type { FastifyReply, FastifyRequest } from "fastify";
import { type Code, codeEntry } from "../../engine/codes.ts";

/* Every error is told as a problem document (RFC 9457), with a code of ours that programs can rely on. */

/** One value that is wrong. */
export interface ProblemPart {
  readonly in: "body" | "query" | "path" | "headers";
  /** Where it stands, as a URI fragment (RFC 6901): `#/allow/0`. */
  readonly pointer: string;
  readonly detail: string;
}

export interface Problem {
  readonly status: number;
  readonly code: Code;
  /** For people: what is the matter here, and what to do. */
  readonly detail: string;
  readonly errors?: readonly ProblemPart[];
}

export interface ProblemDocument extends Problem {
  readonly type: string;
  readonly title: string;
  /** The address that was asked, without its query. */
  readonly instance: string;
  readonly requestId: string;
}

export const problemType = "application/problem+json";

export function problemDocument(
  problem: Problem,
  request: { readonly instance: string; readonly requestId: string },
): ProblemDocument {
  const { status, code, detail, ...rest } = problem;
  const { title } = codeEntry(code);
  return { type: `urn:syncctl:problem:${code}`, title, status, code, detail, ...request, ...rest };
}

/** The reply is sent when this returns; a hook returns what it gets from here, so that nothing else is done. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
  extra: Readonly<Record<string, unknown>> = {},
): FastifyReply {
  const instance = pathOf(request.raw.url ?? "");
  const document = problemDocument(problem, { instance, requestId: request.id });
  return reply
    .code(problem.status)
    .header("cache-control", "no-store")
    .type(problemType)
    .send(JSON.stringify({ ...document, ...extra }));
}

export function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? "";
}
