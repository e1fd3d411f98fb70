import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Role } from "../../engine/state/service-store.ts";
import type { Access, Known } from "../access/access.ts";
import { isFromThisMachine } from "./loopback.ts";
import { isFromElsewhere, isNavigation } from "./origin.ts";
import { type Problem, sendProblem } from "./problem.ts";
import { type RateLimits, sendTooMany } from "./rate-limits.ts";
import type { SessionCookie } from "./session-cookie.ts";

/** Finds out who asks, before a body is read, and whether they may use the route at all. */
export interface Doorkeeper {
  readonly access: Access;
  readonly cookie: SessionCookie;
  readonly limits: RateLimits;
  readonly publicUrl: string | undefined;
}

/** The one who asks from this machine while nobody needs a token. */
const local: Known = { how: "loopback", actor: { name: "local", role: "admin" } };

const ranks: readonly Role[] = ["viewer", "operator", "admin"];

const safeMethods: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** Longer than any token or session that there is. */
const secretCharactersMax = 512;

export function authenticate(app: FastifyInstance, door: Doorkeeper): void {
  app.addHook("onRequest", async (request, reply) => {
    const needs = request.routeOptions.config.access ?? "open";
    if (needs === "open") return;
    const known = await identify(door, request);
    if (known === null) {
      if (bearerOf(request) === undefined) return sendUnknown(request, reply, false);
      const counted = await door.limits.refusedToken(request);
      return counted.isExceeded
        ? sendTooMany(request, reply, counted)
        : sendUnknown(request, reply, true);
    }
    const problem = forged(door, request, known) ?? tooLow(known, needs);
    if (problem) return sendProblem(request, reply, problem);
    request.known = known;
  });
}

/** Who asks, on a route that is not open. */
export function actorOf({ known }: FastifyRequest): Known["actor"] {
  if (known === null) throw new Error("An open route has no actor.");
  return known.actor;
}

/** Who asks. A token that is sent must be good: nothing else is tried in its place. */
export async function identify(door: Doorkeeper, request: FastifyRequest): Promise<Known | null> {
  const token = bearerOf(request);
  if (token === undefined) return bySessionOrPlace(door, request);
  return token === "" || token.length > secretCharactersMax ? null : door.access.byToken(token);
}

/** Undefined where no such header is sent; empty where it holds something else than a token. */
function bearerOf({ headers }: FastifyRequest): string | undefined {
  const { authorization } = headers;
  if (authorization === undefined) return undefined;
  return /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization)?.[1] ?? "";
}

/** Who has a session, or asks from this machine where that is enough. */
async function bySessionOrPlace(
  { access, cookie }: Doorkeeper,
  request: FastifyRequest,
): Promise<Known | null> {
  const text = cookie.read(request);
  if (text !== undefined && text !== "" && text.length <= secretCharactersMax) {
    const known = await access.bySession(text);
    if (known) return known;
  }
  const { socket, headers } = request.raw;
  if (!isFromThisMachine(socket.remoteAddress, headers)) return null;
  return (await access.isOpen()) ? local : null;
}

function sendUnknown(
  request: FastifyRequest,
  reply: FastifyReply,
  hasToken: boolean,
): FastifyReply {
  reply.header(
    "www-authenticate",
    `Bearer realm="syncctl"${hasToken ? ', error="invalid_token"' : ""}`,
  );
  return sendProblem(
    request,
    reply,
    hasToken
      ? {
          status: 401,
          code: "token-refused",
          detail: "The token is not known, was revoked, or has expired. Use another one.",
        }
      : {
          status: 401,
          code: "sign-in-needed",
          detail: "Send the header Authorization: Bearer with a token, or sign in on the page.",
        },
  );
}

/** What a browser sends by itself proves nothing about who has made it ask. */
function forged({ publicUrl }: Doorkeeper, request: FastifyRequest, known: Known): Problem | null {
  if (known.how === "token") return null;
  const { method, headers } = request;
  // From this machine, the host has been looked at, and the page is reached by it and not by the public address.
  const own = known.how === "loopback" ? undefined : publicUrl;
  if (isFromElsewhere(headers, own) && !isNavigation(method, headers)) return fromElsewhere;
  if (known.how === "loopback" || safeMethods.includes(method)) return null;
  const given = headers["x-csrf-token"];
  return typeof given === "string" && isSame(given, known.session.csrf) ? null : fromElsewhere;
}

export const fromElsewhere: Problem = {
  status: 403,
  code: "request-from-elsewhere",
  detail:
    "The request does not come from a page of this service: its origin is another one, or the header x-csrf-token does not hold the value of this session. Reload the page and try again.",
};

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function tooLow({ actor }: Known, needs: Role): Problem | null {
  if (ranks.indexOf(actor.role) >= ranks.indexOf(needs)) return null;
  return {
    status: 403,
    code: "not-allowed",
    detail: `This takes the role ${needs}; this token has the role ${actor.role}.`,
  };
}
