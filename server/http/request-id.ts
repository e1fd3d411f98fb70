import type { IncomingMessage } from "node:http";

/** Ids that others give: short, and of letters that mean nothing in any log. */
const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,99}$/;

/** The id that the client has given, if it can stand in a log, else one of our own. */
export function requestId(request: IncomingMessage, newId: () => string): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && wellFormed.test(given) ? given : newId();
}
