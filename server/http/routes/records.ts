import { Type } from "typebox";
import { recordsMax } from "../../service.ts";
import { actorOf } from "../authenticate.ts";
import { answers } from "../schemas/answers.ts";
import { explanation, historyList, recordList } from "../schemas/workspace.ts";
import {
  type App,
  mappingParams,
  query,
  type RouteContext,
  respond,
  respondWith,
  workspaceNamed,
  workspaceParams,
} from "./kit.ts";
import { keyOf } from "./mappings.ts";

const path = "/api/v1/workspaces/:workspace";

/** Of `connection/stream/id`, characters. */
const addressCharactersMax = 1_000;

export const addressSchema = Type.String({
  minLength: 1,
  maxLength: addressCharactersMax,
  description: "connection/stream/id",
  examples: ["procore/users/70001"],
});

const tags = ["records"];

/** One record: as it is now, what runs did to it, and why it was synced or not. */
export function recordRoutes(app: App, context: RouteContext): void {
  factRoutes(app, context);
  explainRoute(app, context);
}

function factRoutes(app: App, { service }: RouteContext): void {
  app.get(
    `${path}/records`,
    {
      config: { access: "viewer" },
      schema: {
        operationId: "readRecords",
        tags,
        summary: "Read records as they are now",
        params: workspaceParams,
        querystring: query({
          address: Type.Array(addressSchema, { minItems: 1, maxItems: recordsMax }),
        }),
        response: answers(200, "The records.", recordList, [404, 409, 422, 503]),
      },
    },
    async (request, reply) => {
      const workspace = workspaceNamed(request.params.workspace);
      const answer = await service.records(actorOf(request), workspace, request.query.address);
      return respondWith(request, reply, "records", answer);
    },
  );
  app.get(
    `${path}/history`,
    {
      config: { access: "viewer" },
      schema: {
        operationId: "recordHistory",
        tags,
        summary: "What runs did to a record, newest first",
        params: workspaceParams,
        querystring: query({ address: addressSchema }),
        response: answers(200, "The entries.", historyList, [404, 422]),
      },
    },
    async (request, reply) => {
      const workspace = workspaceNamed(request.params.workspace);
      const answer = await service.history(actorOf(request), workspace, request.query.address);
      return respondWith(request, reply, "history", answer);
    },
  );
}

function explainRoute(app: App, { service }: RouteContext): void {
  app.get(
    `${path}/mappings/:mapping/explain`,
    {
      config: { access: "viewer" },
      schema: {
        operationId: "explainRecord",
        tags,
        summary: "Why a record is synced or not, in five steps",
        params: mappingParams,
        querystring: query({
          record: Type.String({
            minLength: 1,
            maxLength: addressCharactersMax,
            description: "An address, an e-mail address, a number or a name.",
          }),
        }),
        response: answers(
          200,
          "The steps, or several records that fit.",
          explanation,
          [404, 409, 422, 503],
        ),
      },
    },
    async (request, reply) => {
      const key = keyOf(request.params);
      return respond(
        request,
        reply,
        await service.explain(actorOf(request), key, request.query.record),
      );
    },
  );
}
