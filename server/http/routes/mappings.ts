import type { FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import type { Value } from "../../../engine/value/value.ts";
import { actorOf } from "../authenticate.ts";
import { answers } from "../schemas/answers.ts";
import { anyValue } from "../schemas/kit.ts";
import { runRequest } from "../schemas/run.ts";
import { mappingView } from "../schemas/workspace.ts";
import {
  type App,
  body,
  mappingParams,
  nameSchema,
  type RouteContext,
  respond,
  workspaceNamed,
} from "./kit.ts";

const path = "/api/v1/workspaces/:workspace/mappings/:mapping";

/** Guards that one run or approval can name; a mapping has fewer. */
export const allowSchema = Type.Array(nameSchema, {
  maxItems: 50,
  default: [],
  description: "Guards that its plan may run into, as the messages of guards name them.",
});

/** Runs of a mapping, its switch and its variables. */
export function mappingRoutes(app: App, { service }: RouteContext): void {
  const tags = ["mappings"];
  app.post(
    `${path}/runs`,
    {
      config: { access: "operator" },
      schema: {
        operationId: "startRun",
        tags,
        summary: "Run a mapping",
        description:
          "Answers with the run that is queued already, if one is. A run with `allow` stops at its plan.",
        params: mappingParams,
        body: body(
          {
            purpose: Type.Enum(["sync", "link"], { default: "sync" }),
            allow: allowSchema,
          },
          { purpose: "sync", allow: [] },
        ),
        response: answers(202, "It is queued.", runRequest, [404, 409, 422, 503]),
      },
    },
    async (request, reply) => {
      // A person clicks in a browser; a token is a program's.
      const trigger = request.known?.how === "token" ? "api" : "manual";
      const what = { ...keyOf(request.params), ...request.body, trigger } as const;
      return respond(request, reply, await service.startRun(actorOf(request), what), 202);
    },
  );
  app.put(
    `${path}/autosync`,
    {
      config: { access: "operator" },
      schema: {
        operationId: "setAutosync",
        tags,
        summary: "Switch the schedule of a mapping on or off",
        params: mappingParams,
        body: body({ isOn: Type.Boolean() }, { isOn: true }),
        response: answers(200, "The mapping.", mappingView, [404, 409]),
      },
    },
    async (request, reply) => {
      const { isOn } = request.body;
      const answer = await service.setAutosync(actorOf(request), keyOf(request.params), isOn);
      return respond(request, reply, answer);
    },
  );
  variableRoutes(app, service);
}

const variableParams = Type.Object({ ...mappingParams.properties, variable: nameSchema });

function variableRoutes(app: App, service: RouteContext["service"]): void {
  const tags = ["mappings"];
  const url = `${path}/variables/:variable`;
  const set = (
    request: FastifyRequest,
    params: Static<typeof variableParams>,
    value: Value | undefined,
  ) => {
    const at = { ...keyOf(params), variable: params.variable };
    return service.setVariable(actorOf(request), at, value);
  };
  app.put(
    url,
    {
      config: { access: "operator" },
      schema: {
        operationId: "setVariable",
        tags,
        summary: "Set a variable of a mapping, whatever the file says",
        params: variableParams,
        body: body({ value: anyValue }, { value: "everyone" }),
        response: answers(200, "The mapping.", mappingView, [404, 409, 422]),
      },
    },
    async (request, reply) => {
      // What a parser of JSON gives is a Value.
      const value = request.body.value as Value;
      return respond(request, reply, await set(request, request.params, value));
    },
  );
  app.delete(
    url,
    {
      config: { access: "operator" },
      schema: {
        operationId: "removeVariable",
        tags,
        summary: "Let a variable be what the file says",
        params: variableParams,
        response: answers(200, "The mapping.", mappingView, [404, 409]),
      },
    },
    async (request, reply) =>
      respond(request, reply, await set(request, request.params, undefined)),
  );
}

export function keyOf({ workspace, mapping }: Static<typeof mappingParams>) {
  return { workspace: workspaceNamed(workspace), mapping };
}
