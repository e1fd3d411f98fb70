import { identify } from "../authenticate.ts";
import { sendProblem } from "../problem.ts";
import { answers } from "../schemas/answers.ts";
import type { App, RouteContext } from "./kit.ts";

/** Seconds after which a client may ask again, when all streams are taken. */
const retrySeconds = 30;

/** Changes of runs as they happen. */
export function eventRoutes(app: App, { door, streams }: RouteContext): void {
  app.get(
    "/api/v1/events",
    {
      config: { access: "viewer" },
      // The answer to HEAD would never end.
      exposeHeadRoute: false,
      schema: {
        operationId: "watchRuns",
        tags: ["runs"],
        summary: "Changes of runs, as server-sent events",
        description:
          'Each event is called `request`, and its data is JSON: `{"requestId": "...", "workspace": "..."}`. It says that something has changed, and not what: ask for the run. Events of one run are told together when the client is slow. A comment every 20 seconds keeps the stream open.',
        response: answers(200, "The stream.", "text/event-stream"),
      },
    },
    async (request, reply) => {
      const stream = request.known && streams.open(request.known, () => identify(door, request));
      if (!stream) {
        reply.header("retry-after", retrySeconds);
        return sendProblem(request, reply, {
          status: 429,
          code: "streams-too-many",
          detail: "Too many streams of events are open. Close other windows, and try again.",
        });
      }
      return reply
        .type("text/event-stream; charset=utf-8")
        .header("x-accel-buffering", "no")
        .send(stream);
    },
  );
}
