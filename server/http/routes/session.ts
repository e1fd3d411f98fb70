import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { Known } from "../../access/access.ts";
import { fromElsewhere } from "../authenticate.ts";
import { isFromElsewhere } from "../origin.ts";
import { sendProblem } from "../problem.ts";
import { sendTooMany } from "../rate-limits.ts";
import { sessionView } from "../schemas/access.ts";
import { answers } from "../schemas/answers.ts";
import { type App, body, type RouteContext } from "./kit.ts";

const path = "/api/v1/session";

/** Longer than any token that there is. */
const tokenCharactersMax = 512;

/** Who one is, and signing in and out as a browser does. */
export function sessionRoutes(app: App, { door, streams }: RouteContext): void {
  const { access, cookie } = door;
  const tags = ["session"];
  app.get(
    path,
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getSession",
        tags,
        summary: "Who is asking",
        response: answers(200, "Who, and how that is known.", sessionView),
      },
    },
    async ({ known }) => known && viewOf(known, await access.isOpen()),
  );
  app.post(
    path,
    {
      config: { access: "open" },
      schema: {
        operationId: "signIn",
        tags,
        summary: "Sign in with a token",
        description: "Sets an HttpOnly cookie that stands for the token in this browser.",
        body: body(
          { token: Type.String({ minLength: 1, maxLength: tokenCharactersMax }) },
          { token: "sct_..." },
        ),
        response: answers(200, "The session.", sessionView, [401, 403]),
      },
    },
    async (request, reply) => {
      if (isFromElsewhere(request.headers, door.publicUrl)) {
        return sendProblem(request, reply, fromElsewhere);
      }
      const counted = await door.limits.signIn(request);
      if (counted.isExceeded) return sendTooMany(request, reply, counted);
      const opened = await access.signIn(request.body.token);
      if (opened === null) return sendRefused(request, reply);
      const before = cookie.read(request);
      const old = before === undefined ? null : await access.bySession(before);
      if (old?.how === "session") await access.signOut(old.session.id);
      cookie.set(request, reply, opened.text, opened.session.expiresAt);
      const { actor, session } = opened;
      return viewOf({ how: "session", actor, session }, await access.isOpen());
    },
  );
  app.delete(
    path,
    {
      config: { access: "viewer" },
      schema: {
        operationId: "signOut",
        tags,
        summary: "Sign out",
        response: answers(204, "The session has ended.", null),
      },
    },
    async (request, reply) => {
      const { known } = request;
      if (known?.how === "session") {
        await access.signOut(known.session.id);
        streams.endSession(known.session.id);
      }
      cookie.clear(request, reply);
      return reply.code(204).send();
    },
  );
}

function viewOf(known: Known, isOpen: boolean) {
  const { how, actor } = known;
  const { name, role, workspaces } = actor;
  return {
    how,
    actor: { name, role, ...(workspaces ? { workspaces } : {}) },
    ...(known.how === "session" ? { csrf: known.session.csrf } : {}),
    isOpen,
  };
}

function sendRefused(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.header("www-authenticate", 'Bearer realm="syncctl", error="invalid_token"');
  return sendProblem(request, reply, {
    status: 401,
    code: "token-refused",
    detail: "The token is not known, was revoked, or has expired. Use another one.",
  });
}
