import { Type } from "typebox";
import { actorOf } from "../authenticate.ts";
import { answers } from "../schemas/answers.ts";
import { runRequest } from "../schemas/run.ts";
import { type App, body, nameSchema, type RouteContext, respond, runParams } from "./kit.ts";
import { allowSchema } from "./mappings.ts";

const path = "/api/v1/runs/:id";

/** Changes that one approval names; whoever wants more approves all and leaves out mappings. */
const changesMax = 20_000;

/** What a person says to a run. */
export function runActionRoutes(app: App, { service }: RouteContext): void {
  const tags = ["runs"];
  const common = { tags, params: runParams };
  app.post(
    `${path}/cancel`,
    {
      config: { access: "operator" },
      schema: {
        ...common,
        operationId: "cancelRun",
        summary: "End a run",
        description: "What is under way ends between two records.",
        response: answers(200, "The run.", runRequest, [404, 409]),
      },
    },
    async (request, reply) =>
      respond(request, reply, await service.cancelRun(actorOf(request), request.params.id)),
  );
  app.post(
    `${path}/approve`,
    {
      config: { access: "operator" },
      schema: {
        ...common,
        operationId: "approveRun",
        summary: "Approve the plan of a run",
        description:
          "Without `changes` all of them. Every guard that stands against the plan must be named in `allow`.",
        body: body(
          {
            changes: Type.Optional(Type.Array(nameSchema, { maxItems: changesMax })),
            allow: allowSchema,
          },
          { changes: ["4f1e09ac5b6d7e8f"], allow: ["people:too-many-retires"] },
        ),
        response: answers(200, "The run.", runRequest, [404, 409, 422]),
      },
    },
    async (request, reply) => {
      const { changes, allow } = request.body;
      const what = { allow, ...(changes === undefined ? {} : { changes }) };
      const { id } = request.params;
      return respond(request, reply, await service.approve(actorOf(request), id, what));
    },
  );
  app.post(
    `${path}/reject`,
    {
      config: { access: "operator" },
      schema: {
        ...common,
        operationId: "rejectRun",
        summary: "Reject the plan of a run",
        response: answers(200, "The run.", runRequest, [404, 409]),
      },
    },
    async (request, reply) =>
      respond(request, reply, await service.reject(actorOf(request), request.params.id)),
  );
}
