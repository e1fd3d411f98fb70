import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fastify from "fastify";
import { handleFrameworkErrors } from "./errors.ts";
import type { HttpLimits, HttpOptions } from "./options.ts";
import { sendProblem } from "./problem.ts";
import { answerRawError } from "./raw-errors.ts";
import { requestId } from "./request-id.ts";
import type { App } from "./routes/kit.ts";
import { validatorCompiler } from "./validate.ts";

/** How often is looked for requests that do not arrive, milliseconds. */
const lateLookMs = 5_000;

/** HTTP/1.1 wants every request to say which host it is meant for. */
export function requireHost(app: App): void {
  app.addHook("onRequest", async (request, reply) => {
    if (request.raw.headers.host !== undefined || request.raw.httpVersion === "1.0") return;
    const detail = "The header Host is missing.";
    return sendProblem(request, reply, { status: 400, code: "request-unreadable", detail });
  });
}

/** Fastify with nothing of ours but limits, and how it reads and answers what is wrong. */
export function bareApp(options: HttpOptions, limits: HttpLimits): App {
  const { log, newId, publicUrl } = options;
  const app = fastify({
    bodyLimit: limits.bodyBytes,
    connectionTimeout: limits.silenceMs,
    requestTimeout: limits.arrivalMs,
    keepAliveTimeout: limits.keepAliveMs,
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.arrivalMs,
      connectionsCheckingInterval: Math.min(limits.arrivalMs, lateLookMs),
      // A hook of ours refuses what has none, with a problem.
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: limits.segmentCharacters, ignoreTrailingSlash: false },
    // Of proxies that stand in front on purpose; see `publicUrl`.
    trustProxy: publicUrl === undefined ? false : ["loopback", "linklocal", "uniquelocal"],
    genReqId: (request) => requestId(request, newId),
    frameworkErrors: handleFrameworkErrors(log),
    clientErrorHandler: answerRawError(newId),
    // While it closes, a hook of ours answers with a problem.
    return503OnClosing: false,
    logger: false,
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.server.maxConnections = limits.connections;
  app.setValidatorCompiler(validatorCompiler());
  // Schemas of answers are for the document alone: writing by a schema drops what it does not name.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  takeJsonOnly(app);
  return app;
}

/** An empty body is none, also where a client says that it is JSON. */
function takeJsonOnly(app: App): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body === "") done(null, undefined);
    else return parse(request, String(body), done);
  });
}
