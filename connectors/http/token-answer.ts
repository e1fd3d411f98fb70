/** What a token endpoint gave us. */
export interface TokenAnswer {
  readonly token: string;
  readonly lifeSeconds: number;
}

/** Assumed life of a token when the service does not tell, seconds: five minutes below the hour that is usual. */
export const assumedLifeSeconds = 55 * 60;

/**
 * Reads the answer of a token endpoint. The token stands in `access_token` (RFC 6749), or in `token` or `jwt` where a
 * service does not follow it. Its life is `expires_in`, else the `exp` of a JSON Web Token, else 55 minutes.
 */
export function readTokenAnswer(body: unknown, now: Date): TokenAnswer | null {
  if (typeof body !== "object" || body === null) return null;
  const fields: Readonly<Record<string, unknown>> = { ...body };
  const token = [fields["access_token"], fields["token"], fields["jwt"]].find(
    (value) => typeof value === "string" && value !== "",
  );
  if (typeof token !== "string") return null;
  const lifeSeconds =
    readSeconds(fields["expires_in"]) ?? lifeOfJwt(token, now) ?? assumedLifeSeconds;
  return { token, lifeSeconds };
}

function readSeconds(value: unknown): number | undefined {
  const seconds =
    typeof value === "string" && /^\d{1,10}$/.test(value.trim()) ? Number(value) : value;
  return typeof seconds === "number" && seconds > 0 ? seconds : undefined;
}

/** Seconds until `exp`, read without checking the signature: the service that gave the token checks it, not we. */
function lifeOfJwt(token: string, now: Date): number | undefined {
  const payload = token.split(".")[1];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
    const expires =
      typeof claims === "object" && claims !== null && "exp" in claims ? claims.exp : undefined;
    if (typeof expires !== "number") return undefined;
    return readSeconds(expires - Math.floor(now.getTime() / 1_000));
  } catch {
    // Not a JSON Web Token, which is no trouble: the life is then assumed.
    return undefined;
  }
}
