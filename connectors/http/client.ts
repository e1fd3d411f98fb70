import { type BulkheadPolicy, bulkhead } from "cockatiel";
import { Agent } from "undici";
import type { ConnectorDeps } from "../../engine/connector/connector.ts";
import { type Attempt, type AttemptParts, attempt, waiting } from "./attempt.ts";
import type { Exchange } from "./exchange.ts";
import {
  type AuthStrategy,
  defaultHttpLimits,
  type HttpClient,
  type HttpLimits,
  type HttpRequest,
  type HttpResult,
} from "./http.ts";
import { judge } from "./judge.ts";
import { cancelled } from "./problem.ts";
import { createRateBudget, type RateBudget } from "./rate-budget.ts";
import { secretsOfAuthorization } from "./redact.ts";
import { backoffMs, leftInDoubt, mayRepeat } from "./retry.ts";

export interface HttpClientOptions {
  readonly baseUrl: string;
  readonly auth?: AuthStrategy;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly limits?: Partial<HttpLimits>;
  /** One budget per credential: clients with the same credential are given the same one. */
  readonly budget?: RateBudget;
  /** Beside what is sent as `Authorization`: taken out of every message. */
  readonly secrets?: readonly string[];
  readonly deps: ConnectorDeps;
}

/**
 * An idle connection is used again for this long, milliseconds. Servers and load balancers close idle connections
 * after five seconds and more; one that is closed while a write goes out leaves that write in doubt, so we let go
 * earlier. A server that announces a shorter time in `Keep-Alive` is believed.
 */
const keepAliveMs = 2_000;

/** Longest wait for a connection, milliseconds. Nothing has been sent by then, so giving up costs nothing. */
const connectTimeoutMs = 10_000;

/** Callers that may wait for their turn. More is a caller that does not wait for answers, which is a bug. */
const queueMax = 100_000;

/** The client that every connector uses. What may be sent twice, and what a limit of calls means, is decided here. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const limits: HttpLimits = { ...defaultHttpLimits, ...options.limits };
  const dispatcher = createAgent(limits);
  const parts: AttemptParts = {
    baseUrl: options.baseUrl,
    auth: options.auth,
    headers: options.headers ?? {},
    limits,
    budget: options.budget ?? createRateBudget(options.deps.clock),
    dispatcher,
    deps: options.deps,
  };
  const slots = bulkhead(limits.concurrencyMax, queueMax);
  return {
    send: (request) =>
      sendUntilSettled({
        parts,
        request,
        secrets: options.secrets ?? [],
        // The wait for the limit of calls stands inside the slot: whoever has a slot may send as soon as the limit allows.
        tryOnce: () => inTurn(slots, request.signal, () => attempt(parts, request)),
      }),
    close: () => dispatcher.destroy(),
  };
}

interface Sending {
  readonly parts: AttemptParts;
  readonly request: HttpRequest;
  readonly secrets: readonly string[];
  readonly tryOnce: () => Promise<Attempt>;
}

async function sendUntilSettled({
  parts,
  request,
  secrets,
  tryOnce,
}: Sending): Promise<HttpResult> {
  const { limits, deps } = parts;
  let doubt = false;
  let renewed = false;
  for (let tried = 1; ; tried += 1) {
    const tries = await tryOnce();
    if (tries.kind === "not-tried")
      return { ok: false, problem: { ...tries.problem, ...(doubt && { applied: "maybe" }) } };
    const context = {
      connection: deps.connection,
      request,
      secrets: [...secrets, ...secretsOfAuthorization(tries.authorization)],
      doubt,
    };
    const result = judge(request, tries.exchange, context, limits);
    if (result.ok) return result;
    doubt ||= leftInDoubt(request, tries.exchange);
    if (!renewed && (await renew(parts.auth, request, tries))) {
      renewed = true;
      continue;
    }
    if (tried >= limits.triesMax || !mayRepeat(request, tries.exchange)) return result;
    if (!tries.paused) await backOff(parts, request, tries.exchange, tried);
  }
}

/** Runs when a slot is free. A caller who gives up while waiting need not wait for one; once it runs, it knows itself. */
async function inTurn(
  slots: BulkheadPolicy,
  signal: AbortSignal,
  run: () => Promise<Attempt>,
): Promise<Attempt> {
  const { promise: givenUp, resolve } = Promise.withResolvers<Attempt>();
  const giveUp = () => resolve({ kind: "not-tried", problem: cancelled() });
  signal.addEventListener("abort", giveUp, { once: true });
  const done = slots.execute(() => {
    signal.removeEventListener("abort", giveUp);
    return run();
  });
  return Promise.race([done, givenUp]);
}

/** On a 401, whether there is another `Authorization` to try with. Someone else may have renewed it already. */
async function renew(
  auth: AuthStrategy | undefined,
  request: HttpRequest,
  refused: Extract<Attempt, { kind: "tried" }>,
): Promise<boolean> {
  const { exchange, authorization } = refused;
  if (!auth || exchange.kind !== "answer" || exchange.answer.status !== 401) return false;
  const known = await auth.authorization(request.signal);
  if (known.ok && known.authorization !== authorization) return true;
  auth.drop();
  const fresh = await auth.authorization(request.signal);
  return fresh.ok && fresh.authorization !== authorization;
}

async function backOff(
  { limits, deps, budget }: AttemptParts,
  request: HttpRequest,
  exchange: Exchange,
  tried: number,
): Promise<void> {
  const waitMs = backoffMs(tried, limits, deps.random);
  // A 429 that does not say how long concerns every request of the credential, and the next one waits in the budget.
  if (exchange.kind === "answer" && exchange.answer.status === 429) return budget.pause(waitMs);
  deps.observe(waiting(deps, request, waitMs, "retry"));
  await deps.clock.sleep(waitMs, request.signal);
}

function createAgent(limits: HttpLimits): Agent {
  return new Agent({
    connections: limits.concurrencyMax,
    connect: { timeout: Math.min(connectTimeoutMs, limits.requestTimeoutMs) },
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    // The time limit of the exchange governs alone.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Over HTTP/2 many requests share one connection, and one cut would put all of them in doubt.
    allowH2: false,
  });
}
