import type { FastifyInstance, FastifyReply } from "fastify";
import type { RestDefinition } from "../../http/rest/definition.ts";
import { withValueAt } from "../../http/rest/path.ts";
import { createRateWindows, type RateWindow } from "../../http/simulator/rate-windows.ts";
import type { Collection } from "./records.ts";
import type { Refusal } from "./refusal.ts";
import { shapeOf } from "./wire.ts";

export interface GateOptions {
  readonly definition: RestDefinition;
  readonly now: () => number;
  readonly token: string;
  /** May read and not write. */
  readonly readOnlyToken: string;
  readonly company: { readonly header: string; readonly key: string } | null;
  readonly rateWindows: readonly RateWindow[];
}

/** Lets in who has the key, as often as the limits allow. Returns what ends the keys for good. */
export function openGate(app: FastifyInstance, options: GateOptions): () => void {
  const { definition, company, rateWindows: windows, now } = options;
  const rates = createRateWindows({ windows, now });
  const { header, scheme } = definition.auth;
  let ended = false;
  app.addHook("preHandler", (request, reply, next) => {
    const given = request.headers[header.toLowerCase()];
    const isKey = (key: string) => given === (scheme === null ? key : `${scheme} ${key}`);
    const isReader = isKey(options.readOnlyToken);
    if (ended || !(isKey(options.token) || isReader)) {
      const message = "The key is missing, wrong or expired.";
      return refuse(reply, definition, { kind: "unauthorized", message, reasons: {} });
    }
    const { allowed, headers } = rates.take(String(given));
    reply.headers(headers);
    if (!allowed) {
      return reply.code(429).send(errorBody(definition, "rate_limited", "Too many calls."));
    }
    const isElsewhere =
      company !== null && request.headers[company.header.toLowerCase()] !== company.key;
    if (isElsewhere || (isReader && request.method !== "GET")) {
      const message = isElsewhere ? "The key is of another company." : "The key may only read.";
      return refuse(reply, definition, { kind: "forbidden", message, reasons: {} });
    }
    next();
  });
  return () => {
    ended = true;
  };
}

/** `name`: the kind of record whose fields the reasons are about. */
export function refuse(
  reply: FastifyReply,
  definition: RestDefinition,
  { kind, message, reasons }: Refusal,
  name?: Collection,
): FastifyReply {
  const paths = name === undefined ? {} : shapeOf(definition, name).fields;
  const told = Object.fromEntries(
    Object.entries(reasons).map(([field, words]) => [paths[field] ?? field, words]),
  );
  return reply.code(statusOf(kind, definition)).send(errorBody(definition, kind, message, told));
}

function statusOf(kind: Refusal["kind"], { errors }: RestDefinition): number {
  switch (kind) {
    case "validation_failed":
      return errors.rejected.at(-1) ?? 422;
    case "conflict":
      return errors.conflict[0] ?? 409;
    case "not_found":
      return 404;
    case "unauthorized":
      return 401;
    case "forbidden":
      return 403;
  }
}

export function errorBody(
  { errors }: RestDefinition,
  code: string,
  message: string,
  reasons: Readonly<Record<string, readonly string[]>> = {},
): unknown {
  if (errors.message === null) return { message };
  const coded = withValueAt({}, errors.message.replace(/[^.]+$/, "code"), code);
  const told = withValueAt(coded, errors.message, message);
  return errors.fields === null || Object.keys(reasons).length === 0
    ? told
    : withValueAt(told, errors.fields, reasons);
}
