import type { FastifyReply } from "fastify";
import type { Refusal } from "./refusal.ts";

export type Body = { readonly [key: string]: unknown };

export function asBody(body: unknown): Body {
  return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body } : {};
}

/** The form of errors is not documented for LaborChart's front door; this one is assumed. */
export function refuse(reply: FastifyReply, { status, message, reasons }: Refusal): FastifyReply {
  return reply.code(status).send({ message, errors: reasons });
}

export function notFound(reply: FastifyReply): FastifyReply {
  return refuse(reply, { status: 404, message: "There is no such record.", reasons: {} });
}
