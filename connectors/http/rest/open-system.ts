import type { ConnectorDeps } from "../../../engine/connector/connector.ts";
import { createHttpClient, type HttpClientOptions } from "../client.ts";
import type { HttpLimits } from "../http.ts";
import { createRateBudget } from "../rate-budget.ts";
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
  const options: HttpClientOptions & { readonly headers: Readonly<Record<string, string>> } = {
    baseUrl,
    headers: headersOf(definition, account, token),
    limits,
    budget: createRateBudget(deps.clock),
    secrets: [token],
    deps,
  };
  const client = createHttpClient(options);
  return {
    connection: deps.connection,
    baseUrl,
    definition,
    client,
    readLagMs,
    secrets: [token],
    async sendKeyed(call, key, signal) {
      const header = definition.writing.idempotencyHeader;
      if (header === null) return client.send({ ...call, signal });
      // A client sends the same headers with every call, so that this one call has a client of its own.
      const keyed = createHttpClient({
        ...options,
        headers: { ...options.headers, [header.toLowerCase()]: key },
      });
      try {
        return await keyed.send({ ...call, signal });
      } finally {
        await keyed.close();
      }
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
