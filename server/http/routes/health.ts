import { actorOf, identify } from "../authenticate.ts";
import { sendProblem } from "../problem.ts";
import { health, readiness } from "../schemas/access.ts";
import { answers } from "../schemas/answers.ts";
import type { App, RouteContext } from "./kit.ts";

/** What watches the service asks here. */
export function healthRoutes(app: App, { service, door, options }: RouteContext): void {
  const tags = ["watching"];
  app.get(
    "/health",
    {
      config: { access: "open" },
      schema: {
        operationId: "health",
        tags,
        summary: "Whether the process answers",
        response: answers(200, "It does.", health),
      },
    },
    async () => ({ isAlive: true, version: options.version }),
  );
  app.get(
    "/ready",
    {
      config: { access: "open" },
      schema: {
        operationId: "ready",
        tags,
        summary: "Whether the service can work now",
        description: "What is in the way is told in words to those who are signed in.",
        response: answers(200, "It can.", readiness, [503]),
      },
    },
    async (request, reply) => {
      const { isReady, checks } = await service.readiness();
      const mayKnow = (await identify(door, request)) !== null;
      const shown = checks.map(({ what, isOk, message }) =>
        mayKnow ? { what, isOk, message } : { what, isOk },
      );
      if (isReady) return { isReady, checks: shown };
      const wrong = checks.filter(({ isOk }) => !isOk).map(({ what }) => what);
      const detail = `The service cannot work now: ${wrong.join(", ")}.`;
      return sendProblem(
        request,
        reply,
        { status: 503, code: "service-not-ready", detail },
        { isReady, checks: shown },
      );
    },
  );
  const { metrics } = options;
  if (!metrics) return;
  app.get(
    "/metrics",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "metrics",
        tags,
        summary: "Numbers for Prometheus",
        response: answers(200, "The numbers.", "text/plain"),
      },
    },
    async (request, reply) => {
      if (actorOf(request).workspaces !== undefined) {
        // The numbers name all workspaces.
        const detail = "This takes a token that is good for all workspaces.";
        return sendProblem(request, reply, { status: 403, code: "not-allowed", detail });
      }
      return reply.type(metrics.contentType).send(await metrics.text());
    },
  );
}
