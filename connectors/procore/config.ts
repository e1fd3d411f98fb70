import type { ConnectorDefinition, JsonSchema } from "../../engine/connector/connector.ts";
import type { Value } from "../../engine/value/value.ts";
import type { HttpLimits } from "../http/http.ts";
import { limitsSchema } from "../http/limits-schema.ts";

/** A connection to one Procore company, as the connector works with it. */
export interface ProcoreConfiguration {
  readonly companyId: string;
  /** Tells the company from every other one. */
  readonly account: string;
  readonly baseUrl: string;
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly claimOriginId: boolean;
  readonly readLagMs: number;
  /** What is absent is the default of the HTTP client. */
  readonly limits: Partial<Pick<HttpLimits, "requestTimeoutMs" | "concurrencyMax">>;
}

/** Hosts by environment (documented). A token of one environment is refused by the others. */
const hosts = {
  production: { baseUrl: "https://api.procore.com", loginUrl: "https://login.procore.com" },
  sandbox: {
    baseUrl: "https://sandbox.procore.com",
    loginUrl: "https://login-sandbox.procore.com",
  },
  monthly: {
    baseUrl: "https://api-monthly.procore.com",
    loginUrl: "https://login-sandbox-monthly.procore.com",
  },
} as const;

/** Assumed: Procore says nothing about how long a list may lag behind a write. */
const readLagSecondsDefault = 30;

const url: JsonSchema = { type: "string", pattern: "^https?://[^/?#]+$" };

export const configurationSchema: ConnectorDefinition["configuration"] = {
  properties: {
    companyId: {
      type: ["string", "integer"],
      pattern: "^[0-9]+$",
      minimum: 1,
      description: "The number of the Procore company, as it stands in the address of its pages.",
    },
    environment: {
      enum: Object.keys(hosts),
      default: "production",
      description:
        "Which Procore is meant: production (also for on-demand sandboxes), the developer sandbox, or the monthly sandbox.",
    },
    baseUrl: {
      ...url,
      description: "Scheme and host of the API, in place of the environment's; for simulators.",
    },
    loginUrl: {
      ...url,
      description:
        "Scheme and host that give out tokens, in place of the environment's; without it `baseUrl` is used if that is set.",
    },
    auth: {
      type: "object",
      description: "The client credentials of the app's service account.",
      properties: {
        clientId: {
          type: "string",
          minLength: 1,
          description: "The client id of the app's service account.",
        },
        clientSecret: {
          type: "string",
          minLength: 1,
          description: "The client secret of the app's service account.",
        },
      },
      required: ["clientId", "clientSecret"],
      additionalProperties: false,
    },
    claimOriginId: {
      type: "boolean",
      default: false,
      description:
        "Whether syncctl may write the `origin_id` of the people and projects it creates, so that a create whose answer was lost is recognised; Procore gives that field to one integration only, and marks such records as synced.",
    },
    readLagSeconds: {
      type: "integer",
      minimum: 0,
      default: readLagSecondsDefault,
      description:
        "For how many seconds after a write a list may still show the state before it; the default is an assumption, as Procore documents no figure.",
    },
    limits: limitsSchema,
  },
  required: ["companyId", "auth"],
};

/** The shape that `configurationSchema` has let through. */
interface Written {
  readonly companyId: string | number;
  readonly environment?: keyof typeof hosts;
  readonly baseUrl?: string;
  readonly loginUrl?: string;
  readonly auth: { readonly clientId: string; readonly clientSecret: string };
  readonly claimOriginId?: boolean;
  readonly readLagSeconds?: number;
  readonly limits?: { readonly requestTimeoutSeconds?: number; readonly concurrency?: number };
}

export function readConfiguration(configuration: {
  readonly [key: string]: Value;
}): ProcoreConfiguration {
  const written = configuration as unknown as Written;
  const host = hosts[written.environment ?? "production"];
  const timeout = written.limits?.requestTimeoutSeconds;
  const concurrency = written.limits?.concurrency;
  const companyId = String(written.companyId);
  const { environment = "production" } = written;
  return {
    companyId,
    // Every environment numbers its companies for itself.
    account: `company ${companyId}${environment === "production" ? "" : ` of ${environment}`}`,
    baseUrl: written.baseUrl ?? host.baseUrl,
    loginUrl: written.loginUrl ?? written.baseUrl ?? host.loginUrl,
    clientId: written.auth.clientId,
    clientSecret: written.auth.clientSecret,
    claimOriginId: written.claimOriginId ?? false,
    readLagMs: (written.readLagSeconds ?? readLagSecondsDefault) * 1000,
    limits: {
      ...(timeout !== undefined && { requestTimeoutMs: timeout * 1000 }),
      ...(concurrency !== undefined && { concurrencyMax: concurrency }),
    },
  };
}
