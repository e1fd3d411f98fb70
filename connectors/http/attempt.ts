import type { Dispatcher } from "undici";
import type { ConnectorDeps, RequestEvent } from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import { urlOf } from "./address.ts";
import { type Exchange, exchange, type WireRequest } from "./exchange.ts";
import type { AuthStrategy, HttpLimits, HttpRequest } from "./http.ts";
import { cancelled } from "./problem.ts";
import type { RateBudget } from "./rate-budget.ts";

/** What came of sending a request once. */
export type Attempt =
  | {
      readonly kind: "tried";
      readonly exchange: Exchange;
      /** The header that was sent, empty without authentication. */
      readonly authorization: string;
      /** The service said how long to wait, and the budget pauses for that long. */
      readonly paused: boolean;
    }
  /** Nothing was sent. */
  | { readonly kind: "not-tried"; readonly problem: Problem };

export interface AttemptParts {
  readonly baseUrl: string;
  readonly auth: AuthStrategy | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: HttpLimits;
  readonly budget: RateBudget;
  readonly dispatcher: Dispatcher;
  readonly deps: ConnectorDeps;
}

/** Sends a request once, when the credentials and the limit of calls allow it. */
export async function attempt(parts: AttemptParts, request: HttpRequest): Promise<Attempt> {
  const { limits, budget, deps } = parts;
  const url = urlOf(parts.baseUrl, request);
  if (url === null) return { kind: "not-tried", problem: misdirected(deps.connection) };
  const authorized = await parts.auth?.authorization(request.signal);
  if (authorized?.ok === false) return { kind: "not-tried", problem: authorized.problem };
  const authorization = authorized?.authorization ?? "";
  const admission = await budget.admit({
    signal: request.signal,
    waitMaxMs: limits.waitMaxMs,
    onWait: (waitMs) => deps.observe(waiting(deps, request, waitMs, "rate-limit")),
  });
  if (admission.kind === "cancelled") return { kind: "not-tried", problem: cancelled() };
  if (admission.kind === "too-long")
    return { kind: "not-tried", problem: tooLong(deps.connection, admission.waitMs, limits) };
  const startedAt = deps.clock.now().getTime();
  const done = await exchange(parts.dispatcher, wireRequest(parts, request, url, authorization));
  const answer = done.kind === "answer" ? done.answer : null;
  deps.observe({
    connection: deps.connection,
    method: request.method,
    path: request.template,
    ...(answer && { status: answer.status }),
    durationMs: deps.clock.now().getTime() - startedAt,
  });
  return { kind: "tried", exchange: done, authorization, paused: budget.settle(answer) };
}

export function waiting(
  deps: ConnectorDeps,
  request: HttpRequest,
  waitMs: number,
  waitReason: "rate-limit" | "retry",
): RequestEvent {
  return {
    connection: deps.connection,
    method: request.method,
    path: request.template,
    durationMs: 0,
    waitMs,
    waitReason,
  };
}

function wireRequest(
  { headers, limits }: AttemptParts,
  request: HttpRequest,
  url: URL,
  authorization: string,
): WireRequest {
  const body = encodeBody(request.body);
  return {
    url,
    method: request.method,
    headers: {
      accept: "application/json",
      "user-agent": "syncctl",
      ...headers,
      ...request.headers,
      ...(body && { "content-type": body.type }),
      ...(authorization !== "" && { authorization }),
    },
    body: body?.text ?? null,
    signal: request.signal,
    timeLimitMs: limits.requestTimeoutMs,
    answerBytesMax: limits.answerBytesMax,
  };
}

function encodeBody(body: unknown): { readonly type: string; readonly text: string } | null {
  if (body === undefined) return null;
  return body instanceof URLSearchParams
    ? { type: "application/x-www-form-urlencoded", text: body.toString() }
    : { type: "application/json", text: JSON.stringify(body) };
}

function misdirected(connection: string): Problem {
  return {
    code: "answer-unreadable",
    message: `The address of ${connection} is not a URL of HTTP, or a page leads to another origin. Nothing was sent. Check the address of the connection.`,
    retry: "never",
    applied: "no",
  };
}

function tooLong(connection: string, waitMs: number, limits: HttpLimits): Problem {
  const [asked, most] = [waitMs, limits.waitMaxMs].map((ms) => Math.ceil(ms / 1_000));
  return {
    code: "rate-limited",
    message: `${connection} allows no more calls for ${asked} seconds, longer than we wait (${most}). Run again later, or find out which other program uses the same account.`,
    retry: "later",
    applied: "no",
  };
}
