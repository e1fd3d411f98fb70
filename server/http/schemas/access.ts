import { Type } from "typebox";
import { named, ref, text, time } from "./kit.ts";

/* Who may do what, problems, and whether the service works. */

export const role = Type.Enum(["viewer", "operator", "admin"]);

export const token = named(
  "Token",
  Type.Object({
    id: text,
    name: text,
    role,
    workspaces: Type.Optional(Type.Array(text)),
    createdAt: time,
    createdBy: text,
    lastUsedAt: Type.Optional(time),
    expiresAt: Type.Optional(time),
    revokedAt: Type.Optional(time),
  }),
);
export const tokenList = named("TokenList", Type.Object({ tokens: Type.Array(ref(token)) }));
export const madeToken = named(
  "MadeToken",
  Type.Object({
    token: ref(token),
    text: Type.String({ description: "The token itself. It is told this once." }),
  }),
);

export const sessionView = named(
  "SessionView",
  Type.Object({
    how: Type.Enum(["token", "session", "loopback"]),
    actor: Type.Object({ name: text, role, workspaces: Type.Optional(Type.Array(text)) }),
    csrf: Type.Optional(
      Type.String({ description: "Goes into the header x-csrf-token of what changes anything." }),
    ),
    isOpen: Type.Boolean({
      description: "The service can be used from its machine without a token.",
    }),
  }),
);

export const health = named("Health", Type.Object({ isAlive: Type.Boolean(), version: text }));

export const readiness = named(
  "Readiness",
  Type.Object({
    isReady: Type.Boolean(),
    checks: Type.Array(
      Type.Object({ what: text, isOk: Type.Boolean(), message: Type.Optional(text) }),
    ),
  }),
);

export const problem = named(
  "Problem",
  Type.Object(
    {
      type: Type.String({ examples: ["urn:syncctl:problem:request-unknown"] }),
      title: text,
      status: Type.Integer(),
      code: Type.String({ description: "Stable; engine/CODES.md lists all of them." }),
      detail: text,
      instance: text,
      requestId: Type.String({ description: "Stands in the log of the service, too." }),
      errors: Type.Optional(
        Type.Array(
          Type.Object({
            in: Type.Enum(["body", "query", "path", "headers"]),
            pointer: Type.String({ examples: ["#/allow/0"] }),
            detail: text,
          }),
        ),
      ),
    },
    { description: "RFC 9457." },
  ),
);

export const accessSchemas = [health, token, tokenList, madeToken, sessionView, readiness, problem];
