import type { ConnectorDeps } from "../../../engine/connector/connector.ts";
import { createHttpClient } from "../client.ts";
import type { HttpLimits } from "../http.ts";
import type { RestDefinition } from "./definition.ts";
import type { RestSystem } from "./system.ts";

export interface RestAccount {
  readonly baseUrl: string;
  readonly token: string;
  /** Sent with every call, beside those of the definition. */
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: Partial<HttpLimits>;
  readonly readLagMs: number;
}

/** Opens nothing yet. The token goes into the header that the definition names. */
export function openSystem(
  definition: RestDefinition,
  account: RestAccount,
  deps: ConnectorDeps,
): RestSystem {
  const { baseUrl, limits, readLagMs } = account;
  // A secret that comes from a file often ends with a line break, which no header may hold.
  const token = account.token.trim();
  const client = createHttpClient({
    baseUrl,
    headers: headersOf(definition, account, token),
    limits,
    secrets: [token],
    deps,
  });
  return {
    connection: deps.connection,
    baseUrl,
    definition,
    client,
    readLagMs,
    secrets: [token],
    sendKeyed(call, key, signal) {
      const header = definition.writing.idempotencyHeader;
      const keyed = header === null ? {} : { headers: { [header.toLowerCase()]: key } };
      return client.send({ ...call, ...keyed, signal });
    },
  };
}

function headersOf(
  { auth, headers }: RestDefinition,
  account: RestAccount,
  token: string,
): Readonly<Record<string, string>> {
  const named = Object.entries({ ...headers, ...account.headers }).flatMap(([name, value]) =>
    value === null ? [] : [[name.toLowerCase(), value] as const],
  );
  const credentials = auth.scheme === null ? token : `${auth.scheme} ${token}`;
  return { ...Object.fromEntries(named), [auth.header.toLowerCase()]: credentials };
}
