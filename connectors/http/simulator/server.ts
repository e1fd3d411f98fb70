import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { createFaults } from "./faults.ts";
import { realSleep } from "./real-time.ts";
import type { FaultEffect, Faults, ServedRequest } from "./simulator.ts";

/*
 * createServer({ now, errorBody? }): SimulatorServer
 *   app                  Fastify: add routes, and hooks from `preHandler` on. Faults strike before, in `preValidation`.
 *                        JSON and form bodies are parsed. Every answer has `X-Request-Id` and a `Date` by `now`.
 *   faults, log, clearLog    as in `Simulator`
 *   listen(port), close()    `close` is quick: it ends connections that are open, and answers that are slow
 */

export interface SimulatorServer {
  readonly app: FastifyInstance;
  readonly faults: Faults;
  readonly log: readonly ServedRequest[];
  clearLog(): void;
  /** Resolves to `http://127.0.0.1:<port>`. */
  listen(port: number): Promise<string>;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How this system words an error that the server itself finds (404, bad JSON, too large). Default `{message}`. */
  readonly errorBody?: (status: number, message: string) => unknown;
}

/** Larger than any batch that the connectors send. Bytes. */
const bodyBytesMax = 16 * 1024 * 1024;

/** A log of more requests than this belongs to a benchmark, which does not read it. */
const logMax = 100_000;

export function createServer(options: ServerOptions): SimulatorServer {
  const errorBody = options.errorBody ?? ((_status: number, message: string) => ({ message }));
  const faults = createFaults();
  const log: ServedRequest[] = [];
  const closing = new AbortController();
  const app = fastify({
    bodyLimit: bodyBytesMax,
    forceCloseConnections: true,
    genReqId: requestIds(),
    routerOptions: { ignoreTrailingSlash: true },
  });
  acceptForms(app);
  stampAnswers(app, options.now);
  strikeFaults(app, {
    strike: faults.strike,
    record: (served) => log.length < logMax && log.push(served),
    errorBody,
    signal: closing.signal,
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send(errorBody(404, `There is no ${request.method} ${request.url}`)),
  );
  app.setErrorHandler((error: Error & { readonly statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    return reply.code(status).send(errorBody(status, error.message));
  });
  return {
    app,
    faults,
    log,
    clearLog: () => void log.splice(0),
    listen: (port) => app.listen({ host: "127.0.0.1", port }),
    async close() {
      closing.abort();
      await app.close();
    },
  };
}

function requestIds(): () => string {
  let served = 0;
  return () => {
    served += 1;
    return `sim-${served}`;
  };
}

function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  );
}

function stampAnswers(app: FastifyInstance, now: () => number): void {
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    // Clients measure resets against the service's own clock, so it must show the time that the rate windows use.
    reply.header("date", new Date(now()).toUTCString());
    done();
  });
}

interface Striking {
  readonly strike: (method: string, path: string) => FaultEffect | null;
  readonly record: (served: ServedRequest) => unknown;
  readonly errorBody: (status: number, message: string) => unknown;
  readonly signal: AbortSignal;
}

/** Before handling: `status` and `refuse`. After handling, when the answer is ready: the others. */
function strikeFaults(app: FastifyInstance, { strike, record, errorBody, signal }: Striking): void {
  const effects = new WeakMap<FastifyRequest, FaultEffect>();

  // After parsing, so that the log has the body of a request that was struck.
  app.addHook("preValidation", (request, reply, done) => {
    const effect = strike(request.method, request.url.replace(/\?.*$/s, ""));
    if (effect === null) return done();
    effects.set(request, effect);
    if (effect.kind === "refuse") {
      record(served(request, 0));
      return disconnect(request, reply);
    }
    if (effect.kind !== "status") return done();
    const { status, headers = {}, body = errorBody(status, `The fault says ${status}`) } = effect;
    void reply.code(status).headers(headers).send(body);
  });

  // The hook that does not call `done` has answered by itself, or never will.
  app.addHook("onSend", (request, reply, payload, done) => {
    record(served(request, reply.statusCode));
    const effect = effects.get(request);
    switch (effect?.kind) {
      case "slow":
        // Closing the server ends the wait, and then nobody is left to answer.
        realSleep(effect.ms, signal).then(
          () => done(null, payload),
          () => disconnect(request, reply),
        );
        return;
      case "cut-body":
        return cutBody(request, reply, asBuffer(payload));
      case "lose-answer":
        return disconnect(request, reply);
      case "garbage":
        reply.code(200).header("content-type", "text/html").removeHeader("content-length");
        return done(null, effect.text);
      default:
        return done(null, payload);
    }
  });
}

function served(request: FastifyRequest, status: number): ServedRequest {
  return {
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: request.body,
    status,
  };
}

function disconnect(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.destroy();
}

/** Announces the whole body and sends half of it. */
function cutBody(request: FastifyRequest, reply: FastifyReply, body: Buffer): void {
  reply.hijack();
  reply.raw.statusCode = reply.statusCode;
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
  reply.raw.setHeader("content-length", Math.max(body.length, 1));
  reply.raw.flushHeaders();
  reply.raw.write(body.subarray(0, body.length >> 1), () => request.raw.socket.destroy());
}

function asBuffer(payload: unknown): Buffer {
  if (Buffer.isBuffer(payload)) return payload;
  return Buffer.from(typeof payload === "string" ? payload : "");
}
