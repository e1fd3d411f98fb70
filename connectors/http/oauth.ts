import type { ConnectorDeps } from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import { createHttpClient } from "./client.ts";
import type { AuthResult, AuthStrategy, HttpResult } from "./http.ts";
import { cancelled, detailOf } from "./problem.ts";
import { readReasons } from "./reasons.ts";
import { readTokenAnswer, type TokenAnswer } from "./token-answer.ts";

export interface ClientCredentialsOptions {
  /** Absolute URL of the token endpoint. */
  readonly tokenUrl: string;
  /** Everything the endpoint wants to know, the secret included. */
  readonly body: Readonly<Record<string, string>>;
  readonly encoding: "form" | "json";
  readonly headers?: Readonly<Record<string, string>>;
  /** For services whose answer `readTokenAnswer` does not understand. Null: there is no token in it. */
  readonly readToken?: (body: unknown) => TokenAnswer | null;
  readonly deps: ConnectorDeps;
}

/** A token is renewed this long before its end, milliseconds, or at half of its life if it lives shorter than that twice. */
const renewBeforeMs = 60_000;

/** A token is a short text; whoever sends more is not a token endpoint. Bytes. */
const answerBytesMax = 1024 * 1024;

/** A token endpoint answers within seconds, and everybody waits for it. Milliseconds. */
const requestTimeoutMs = 30_000;

interface Token {
  readonly authorization: string;
  readonly renewAt: number;
}

type TokenResult =
  | { readonly ok: true; readonly token: Token }
  | { readonly ok: false; readonly problem: Problem };

/**
 * OAuth 2.0 client credentials. One token is shared by all callers, and so is the request for it; a caller who gives up
 * does not end it for the others.
 */
export function oauthClientCredentials(options: ClientCredentialsOptions): AuthStrategy {
  const { clock } = options.deps;
  let current: Token | null = null;
  let asking: Promise<TokenResult> | null = null;

  async function ask(): Promise<TokenResult> {
    try {
      const result = await requestToken(options);
      if (result.ok) current = result.token;
      return result;
    } finally {
      asking = null;
    }
  }

  return {
    async authorization(signal): Promise<AuthResult> {
      if (signal.aborted) return { ok: false, problem: cancelled() };
      if (current !== null && clock.now().getTime() < current.renewAt)
        return { ok: true, authorization: current.authorization };
      asking ??= ask();
      const result = await unlessAborted(asking, signal);
      if (result === null) return { ok: false, problem: cancelled() };
      return result.ok ? { ok: true, authorization: result.token.authorization } : result;
    },
    drop() {
      current = null;
    },
  };
}

async function requestToken(options: ClientCredentialsOptions): Promise<TokenResult> {
  const { deps, body, encoding } = options;
  const template = URL.parse(options.tokenUrl)?.pathname ?? "/";
  const askedAt = deps.clock.now();
  // A client for one request: tokens are asked for once an hour, and nothing has to be closed later.
  const client = createHttpClient({
    baseUrl: options.tokenUrl,
    ...(options.headers && { headers: options.headers }),
    limits: { answerBytesMax, requestTimeoutMs },
    secrets: secretsOf(body),
    deps,
  });
  try {
    const result = await client.send({
      method: "POST",
      path: options.tokenUrl.trim(),
      template,
      body: encoding === "form" ? new URLSearchParams(body) : body,
      // A second token does no harm.
      repeat: "harmless",
      signal: new AbortController().signal,
    });
    if (!result.ok) return { ok: false, problem: refusal(options, template, result) };
    const read = options.readToken ?? ((given) => readTokenAnswer(given, askedAt));
    const answer = read(result.answer.body);
    if (answer === null) return { ok: false, problem: tokenless(deps.connection) };
    return { ok: true, token: toToken(answer, askedAt) };
  } finally {
    await client.close();
  }
}

function toToken({ token, lifeSeconds }: TokenAnswer, askedAt: Date): Token {
  const lifeMs = lifeSeconds * 1_000;
  const renewAt = askedAt.getTime() + lifeMs - Math.min(renewBeforeMs, lifeMs / 2);
  return { authorization: `Bearer ${token}`, renewAt };
}

/** A token endpoint says with 400 as well as with 401 that it does not know the client (RFC 6749, section 5.2). */
function refusal(
  { deps, body }: ClientCredentialsOptions,
  template: string,
  { problem, answer }: Extract<HttpResult, { ok: false }>,
): Problem {
  // Nothing of ours was written, whatever became of the request for a token.
  const harmless: Problem = { ...problem, applied: "no" };
  if (answer === undefined || ![400, 401, 403, 422].includes(answer.status)) return harmless;
  const words = readReasons(answer.body, secretsOf(body)).join("; ");
  return {
    code: "credentials-refused",
    message: `${deps.connection} gives no token for these credentials${words === "" ? "" : `: ${words}`}. Check the client id and secret, then run \`syncctl connections check\`.`,
    retry: "never",
    applied: "no",
    detail: detailOf({ request: { method: "POST", template } }, answer),
  };
}

function tokenless(connection: string): Problem {
  return {
    code: "answer-unreadable",
    message: `The token endpoint of ${connection} answered without a token. Check the address for tokens.`,
    retry: "never",
    applied: "no",
  };
}

/** The kind of grant is a word of the protocol; everything else came from the configuration. */
function secretsOf(body: Readonly<Record<string, string>>): string[] {
  return Object.entries(body).flatMap(([key, value]) =>
    key === "grant_type" || key === "scope" ? [] : [value],
  );
}

/** Null when the signal aborts first. What was awaited goes on for the others. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  const { promise: aborted, resolve } = Promise.withResolvers<null>();
  const onAbort = () => resolve(null);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
