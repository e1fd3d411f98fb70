import type { FastifyInstance } from "fastify";
import type { HttpLog, HttpMetrics } from "./options.ts";
import { routeOf } from "./route-config.ts";

/** Asked every few seconds by what watches the service; told at the usual level only when they fail. */
const quietRoutes: readonly string[] = ["/health", "/ready", "/metrics"];

/** One line a request: the pattern of its route and not its address, so that no company or person is named. */
export function observeRequests(
  app: FastifyInstance,
  log: HttpLog,
  metrics: HttpMetrics | undefined,
): void {
  app.addHook("onResponse", async (request, reply) => {
    const { method } = request;
    const { statusCode: status, elapsedTime } = reply;
    const route = routeOf(request);
    metrics?.observeRequest({ method, route, status, seconds: elapsedTime / 1000 });
    const about = { requestId: request.id, method, route, status, ms: Math.round(elapsedTime) };
    const isQuiet = status < 400 && quietRoutes.includes(route);
    const level = status >= 500 ? "error" : isQuiet ? "debug" : "info";
    log[level]("A request was answered.", about);
  });
}
