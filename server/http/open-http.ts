import cookie from "@fastify/cookie";
import { authenticate, type Doorkeeper } from "./authenticate.ts";
import { bareApp, requireHost } from "./bare-app.ts";
import { serveDashboard } from "./dashboard.ts";
import { describeRoutes, serveDocuments } from "./documents.ts";
import { handleErrors } from "./errors.ts";
import { eventStreams } from "./event-streams.ts";
import { protectiveHeaders } from "./headers.ts";
import { rememberMethods } from "./methods.ts";
import { observeRequests } from "./observe.ts";
import { defaultLimits, type HttpLimits, type HttpOptions } from "./options.ts";
import { planCache } from "./plan-cache.ts";
import { sendProblem } from "./problem.ts";
import { limitRequests, rateLimits } from "./rate-limits.ts";
import { requireAccess } from "./route-config.ts";
import { apiRoutes, apiSchemas } from "./routes/all.ts";
import type { App } from "./routes/kit.ts";
import { sessionCookie } from "./session-cookie.ts";
import { requireWellFormed } from "./well-formed.ts";

export type { HttpOptions } from "./options.ts";

export interface Http {
  readonly app: App;
  /** Where it listens. */
  readonly url: string;
  /** Takes nothing new, ends streams of events, and waits for requests that are under way. */
  close(): Promise<void>;
}

/** How often is looked for connections that are no longer used while the server closes, milliseconds. */
const idleLookMs = 50;

/** The service over HTTP: the API, its documents, and the dashboard. */
export async function openHttp(options: HttpOptions): Promise<Http> {
  const limits = { ...defaultLimits, ...options.limits };
  const { app, streams, stop } = await buildApp(options, limits);
  const end = async () => {
    stop();
    streams.close();
    await app.close();
  };
  const url = await listen(app, options.listen, end);
  return {
    app,
    url,
    async close() {
      const waiting = new AbortController();
      const closed = end().finally(() => waiting.abort());
      for (
        let waited = 0;
        waited < limits.closeMs && !waiting.signal.aborted;
        waited += idleLookMs
      ) {
        await options.clock.sleep(idleLookMs, waiting.signal);
        // A connection whose request has ended since is kept for a next one, which is not taken any more.
        app.server.closeIdleConnections();
      }
      // What has not ended by now is cut off.
      app.server.closeAllConnections();
      await closed;
    },
  };
}

/** What was opened is closed again where the address is taken. */
async function listen(
  app: App,
  { host, port }: HttpOptions["listen"],
  end: () => Promise<void>,
): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    await end();
    throw error;
  }
}

async function buildApp(options: HttpOptions, limits: HttpLimits) {
  const { service, access, clock, log, metrics, publicUrl } = options;
  const app = bareApp(options, limits);
  const methods = rememberMethods(app);
  requireAccess(app);
  handleErrors(app, log);
  observeRequests(app, log, metrics);
  await protectiveHeaders(app, publicUrl?.startsWith("https:") === true);

  requireHost(app);

  let isStopping = false;
  app.addHook("onRequest", async (request, reply) => {
    if (!isStopping) return;
    const detail = "The service is stopping. Try again in a moment.";
    return sendProblem(request, reply, { status: 503, code: "service-stopping", detail });
  });

  const rates = await rateLimits(app, limits);
  limitRequests(app, rates);
  await app.register(cookie);
  const door: Doorkeeper = { access, cookie: sessionCookie(publicUrl), limits: rates, publicUrl };
  authenticate(app, door);
  requireWellFormed(app);

  const streams = eventStreams(service, clock, limits);
  const plans = planCache(service, clock, limits);
  await describeRoutes(app, { version: options.version, schemas: apiSchemas });
  apiRoutes(app, { service, door, streams, plans, options });
  await serveDocuments(app);
  await serveDashboard(app, options.dashboard, methods);
  const stop = () => {
    isStopping = true;
  };
  return { app, streams, stop };
}
