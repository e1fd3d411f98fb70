import { Type } from "typebox";
import { actorOf } from "../authenticate.ts";
import { sendProblem } from "../problem.ts";
import { madeToken, role, token, tokenList } from "../schemas/access.ts";
import { answers } from "../schemas/answers.ts";
import {
  type App,
  body,
  nameSchema,
  type RouteContext,
  respond,
  respondWith,
  workspaceNamed,
} from "./kit.ts";

const path = "/api/v1/tokens";

/** Workspaces that one token names. */
const workspacesMax = 1_000;

const tags = ["tokens"];

/** Tokens, for admins. */
export function tokenRoutes(app: App, context: RouteContext): void {
  listAndRevokeRoutes(app, context);
  createRoute(app, context);
}

function createRoute(app: App, { service }: RouteContext): void {
  app.post(
    path,
    {
      config: { access: "admin" },
      schema: {
        operationId: "createToken",
        tags,
        summary: "Make a token",
        body: body(
          {
            name: nameSchema,
            role,
            workspaces: Type.Optional(Type.Array(nameSchema, { maxItems: workspacesMax })),
            expiresAt: Type.Optional(
              Type.String({
                pattern:
                  "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?(Z|[+-]\\d\\d:\\d\\d)$",
                description: "An instant, ISO 8601.",
                examples: ["2027-01-31T00:00:00Z"],
              }),
            ),
          },
          { name: "Nightly import", role: "operator", workspaces: ["northridge"] },
        ),
        response: answers(201, "The token with its text.", madeToken, [409, 422]),
      },
    },
    async (request, reply) => {
      const { name, role: asked, workspaces, expiresAt } = request.body;
      const expires = expiresAt === undefined ? undefined : new Date(expiresAt);
      if (expires && Number.isNaN(expires.getTime())) {
        return sendProblem(request, reply, {
          status: 400,
          code: "request-invalid",
          detail: "body #/expiresAt is no instant.",
          errors: [{ in: "body", pointer: "#/expiresAt", detail: "is no instant" }],
        });
      }
      const what = {
        name,
        role: asked,
        ...(workspaces ? { workspaces: workspaces.map(workspaceNamed) } : {}),
        ...(expires ? { expiresAt: expires } : {}),
      };
      return respond(request, reply, await service.createToken(actorOf(request), what), 201);
    },
  );
}

function listAndRevokeRoutes(app: App, { service }: RouteContext): void {
  app.get(
    path,
    {
      config: { access: "admin" },
      schema: {
        operationId: "listTokens",
        tags,
        summary: "Tokens without their texts, the revoked ones too",
        response: answers(200, "Oldest first.", tokenList),
      },
    },
    async (request, reply) =>
      respondWith(request, reply, "tokens", await service.tokens(actorOf(request))),
  );
  app.delete(
    `${path}/:id`,
    {
      config: { access: "admin" },
      schema: {
        operationId: "revokeToken",
        tags,
        summary: "Revoke a token and end its sessions",
        params: Type.Object({ id: nameSchema }),
        response: answers(200, "The token.", token, [404]),
      },
    },
    async (request, reply) =>
      respond(request, reply, await service.revokeToken(actorOf(request), request.params.id)),
  );
}
