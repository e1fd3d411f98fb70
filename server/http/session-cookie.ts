import type { CookieSerializeOptions } from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";

/*
 * The session of a browser. Scripts cannot read the cookie, other sites cannot make the browser send it, and with https
 * its name keeps it from being set by a neighbouring site.
 */

const securely = "__Host-syncctl-session";
const plainly = "syncctl-session";

export interface SessionCookie {
  read(request: FastifyRequest): string | undefined;
  set(request: FastifyRequest, reply: FastifyReply, text: string, expires: Date): void;
  clear(request: FastifyRequest, reply: FastifyReply): void;
}

export function sessionCookie(publicUrl: string | undefined): SessionCookie {
  const isSecure = (request: FastifyRequest) =>
    publicUrl?.startsWith("https:") === true || "encrypted" in request.raw.socket;
  const nameFor = (request: FastifyRequest) => (isSecure(request) ? securely : plainly);
  const options = (request: FastifyRequest): CookieSerializeOptions => ({
    httpOnly: true,
    sameSite: "strict",
    secure: isSecure(request),
    path: "/",
  });
  return {
    read: (request) => request.cookies[nameFor(request)],
    set(request, reply, text, expires) {
      reply.setCookie(nameFor(request), text, { ...options(request), expires });
    },
    clear(request, reply) {
      reply.clearCookie(nameFor(request), options(request));
    },
  };
}
