/*
 * createTokens({ clients, lifeSeconds, now, format?, demands?, tellsLife? }): Tokens
 *   grant(body)              for POST of the token endpoint, form and JSON alike: { status, body } to answer with
 *   check(authorization)     for every other request: { ok: true, clientId } or { ok: false, reason }
 *   expireAll()              ends all tokens that were given out
 */

export interface TokensOptions {
  /** Secret by client id. */
  readonly clients: Readonly<Record<string, string>>;
  readonly lifeSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** `jwt`: the token itself tells its end in `exp`. Default `opaque`. */
  readonly format?: "opaque" | "jwt";
  /** Keys that the request must have beside `client_id` and `client_secret`, and what they must hold. */
  readonly demands?: Readonly<Record<string, string>>;
  /** Default true. False: the answer has no `expires_in`. */
  readonly tellsLife?: boolean;
}

interface TokenReply {
  readonly status: number;
  readonly body: Readonly<Record<string, string | number>>;
}

type TokenCheck =
  | { readonly ok: true; readonly clientId: string }
  | { readonly ok: false; readonly reason: "missing" | "unknown" | "expired" };

export interface Tokens {
  grant(body: unknown): TokenReply;
  check(authorization: string | undefined): TokenCheck;
  expireAll(): void;
  /** How many were given out. */
  readonly granted: () => number;
}

export function createTokens(options: TokensOptions): Tokens {
  const given = new Map<string, { readonly clientId: string; readonly endsAt: number }>();
  let granted = 0;

  function issue(clientId: string): TokenReply {
    granted += 1;
    const now = options.now();
    const endsAt = now + options.lifeSeconds * 1_000;
    const token =
      options.format === "jwt"
        ? jwt(clientId, endsAt, granted)
        : `sim-token-${clientId}-${granted}`;
    given.set(token, { clientId, endsAt });
    const life = options.tellsLife === false ? {} : { expires_in: options.lifeSeconds };
    return {
      status: 200,
      body: {
        access_token: token,
        token_type: "Bearer",
        ...life,
        created_at: Math.floor(now / 1_000),
      },
    };
  }

  return {
    grant(body) {
      const wanted: Readonly<Record<string, unknown>> =
        typeof body === "object" && body !== null ? { ...body } : {};
      const missing = Object.entries(options.demands ?? {}).find(
        ([key, value]) => wanted[key] !== value,
      );
      if (missing) return refuse(400, "invalid_request", `${missing[0]} is missing or not right`);
      const clientId = String(wanted["client_id"] ?? "");
      const secret = Object.hasOwn(options.clients, clientId)
        ? options.clients[clientId]
        : undefined;
      return secret !== undefined && wanted["client_secret"] === secret
        ? issue(clientId)
        : refuse(401, "invalid_client", "Client authentication failed");
    },
    check(authorization) {
      const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? "")?.[1];
      if (token === undefined) return { ok: false, reason: "missing" };
      const known = given.get(token);
      if (known === undefined) return { ok: false, reason: "unknown" };
      return options.now() < known.endsAt
        ? { ok: true, clientId: known.clientId }
        : { ok: false, reason: "expired" };
    },
    expireAll() {
      const now = options.now();
      for (const [token, known] of given) given.set(token, { ...known, endsAt: now });
    },
    granted: () => granted,
  };
}

function refuse(status: number, error: string, description: string): TokenReply {
  return { status, body: { error, error_description: description } };
}

/** Shaped as a JSON Web Token; the signature is no signature, because nobody checks it. */
function jwt(clientId: string, endsAt: number, serial: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { sub: clientId, exp: Math.floor(endsAt / 1_000), jti: serial };
  return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.c2ltdWxhdG9y`;
}
