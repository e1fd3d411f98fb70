import { type Static, Type } from "typebox";
import type { HeldDecision } from "../../service.ts";
import { actorOf } from "../authenticate.ts";
import { sendProblem } from "../problem.ts";
import { answers } from "../schemas/answers.ts";
import { decisionResult, heldList } from "../schemas/workspace.ts";
import {
  type App,
  body,
  nameSchema,
  query,
  type RouteContext,
  respond,
  respondWith,
  workspaceNamed,
  workspaceParams,
} from "./kit.ts";
import { addressSchema } from "./records.ts";

const path = "/api/v1/workspaces/:workspace/held";

/** Of the reason that a person gives, characters. */
const whyCharactersMax = 500;

const decisionSchema = Type.Object(
  { kind: Type.Enum(["link", "apart", "ignore"]), target: Type.Optional(addressSchema) },
  {
    additionalProperties: false,
    description:
      "link: the two are one. apart: they are not. ignore: leave the record alone; it takes no target.",
  },
);

const tags = ["held records"];

/** Records that wait for a person. */
export function heldRoutes(app: App, context: RouteContext): void {
  listRoute(app, context);
  decideRoute(app, context);
}

function listRoute(app: App, { service }: RouteContext): void {
  app.get(
    path,
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listHeld",
        tags,
        summary: "Held records by the newest plan of each mapping",
        params: workspaceParams,
        querystring: query({ mapping: Type.Optional(nameSchema) }),
        response: answers(200, "The records.", heldList, [404]),
      },
    },
    async (request, reply) => {
      const workspace = workspaceNamed(request.params.workspace);
      const answer = await service.held(actorOf(request), workspace, request.query.mapping);
      return respondWith(request, reply, "held", answer);
    },
  );
}

function decideRoute(app: App, { service }: RouteContext): void {
  app.post(
    path,
    {
      config: { access: "operator" },
      schema: {
        operationId: "decide",
        tags,
        summary: "Decide about a held record",
        params: workspaceParams,
        body: body(
          {
            mapping: nameSchema,
            rule: nameSchema,
            source: addressSchema,
            why: Type.String({ maxLength: whyCharactersMax }),
            decision: decisionSchema,
          },
          {
            mapping: "people",
            rule: "users",
            source: "wfp/people/P-1032",
            why: "Married; the name in Procore is the old one.",
            decision: { kind: "link", target: "procore/users/70132" },
          },
        ),
        response: answers(
          200,
          "What stands in the links file, or is to.",
          decisionResult,
          [404, 409, 422],
        ),
      },
    },
    async (request, reply) => {
      const { decision: told, mapping, ...about } = request.body;
      const workspace = workspaceNamed(request.params.workspace);
      const decision = decisionOf(told);
      if (decision === null) {
        return sendProblem(request, reply, {
          status: 400,
          code: "request-invalid",
          detail: "body #/decision/target is missing.",
          errors: [{ in: "body", pointer: "#/decision/target", detail: "is missing" }],
        });
      }
      const key = { workspace, mapping, ...about };
      return respond(request, reply, await service.decide(actorOf(request), key, decision));
    },
  );
}

/** Null where the target is missing. */
function decisionOf({ kind, target }: Static<typeof decisionSchema>): HeldDecision | null {
  if (kind === "ignore") return { kind };
  return target === undefined ? null : { kind, target };
}
