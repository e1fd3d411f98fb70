import type { AuthStrategy } from "./http.ts";

/** HTTP Basic with an id and a secret. */
export function basicAuth(id: string, secret: string): AuthStrategy {
  return fixed(`Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`);
}

/** A token that was given out once and for all. */
export function bearerToken(token: string): AuthStrategy {
  // A secret that comes from a file often ends with a line break, which no header may hold.
  return fixed(`Bearer ${token.trim()}`);
}

/** Nothing can be renewed; the client sees that the header stays the same and does not try again with it. */
function fixed(authorization: string): AuthStrategy {
  return {
    authorization: () => Promise.resolve({ ok: true, authorization }),
    drop: () => undefined,
  };
}
