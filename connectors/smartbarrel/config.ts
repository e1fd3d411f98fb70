import type { ConnectorDefinition } from "../../engine/connector/connector.ts";
import type { Value } from "../../engine/value/value.ts";
import type { HttpLimits } from "../http/http.ts";
import { limitsSchema } from "../http/limits-schema.ts";
import type { RestDefinition, RestOverride } from "../http/rest/definition.ts";
import { definitionSchema } from "../http/rest/definition-schema.ts";
import { overridden } from "../http/rest/override.ts";
import { assumedDefinition } from "./definition.ts";
import { smartbarrelKinds } from "./kinds.ts";

/** A connection to one company, as the connector works with it. */
export interface SmartbarrelConfig {
  /** Tells the company from every other one. */
  readonly account: string;
  readonly baseUrl: string;
  readonly token: string;
  /** The header that names the company, if there is one. */
  readonly headers: Readonly<Record<string, string>>;
  readonly definition: RestDefinition;
  /** Whether any of what is assumed was overridden. */
  readonly overrides: boolean;
  readonly readLagMs: number;
  /** What is absent is the default of the HTTP client. */
  readonly limits: Partial<Pick<HttpLimits, "requestTimeoutMs" | "concurrencyMax">>;
}

/** Assumed: nothing is published on how long a list may lag behind a write. */
const readLagSecondsDefault = 30;

export const configuration: ConnectorDefinition["configuration"] = {
  properties: {
    baseUrl: {
      type: "string",
      pattern: "^https?://[^?#\\s@]+$",
      description:
        "Scheme and host of the API, and what stands before its prefix; SmartBarrel publishes none, so that it has to be asked for.",
    },
    auth: {
      type: "object",
      description: "The credentials of the API.",
      properties: {
        token: {
          type: "string",
          pattern: "^\\s*[\\x21-\\x7E]+\\s*$",
          patternErrorMessage: "Write the key in one word, as SmartBarrel gave it.",
          description: "The API key of the company.",
        },
      },
      required: ["token"],
      additionalProperties: false,
    },
    company: {
      type: "object",
      description: "Which company the API key belongs to.",
      properties: {
        key: {
          type: "string",
          pattern: "^[\\x21-\\x7E]{1,100}$",
          description:
            "A word for the company that tells its connection from that of another company on the same host; with `header`, its id.",
        },
        header: {
          type: "string",
          pattern: "^[A-Za-z0-9-]{1,100}$",
          description: "The name of a header that tells the system the company's key.",
        },
      },
      required: ["key"],
      additionalProperties: false,
    },
    definition: definitionSchema(assumedDefinition, smartbarrelKinds),
    readLagSeconds: {
      type: "integer",
      minimum: 0,
      default: readLagSecondsDefault,
      description:
        "For how many seconds after a write a list may still show the state before it; the default is an assumption.",
    },
    limits: limitsSchema,
  },
  required: ["baseUrl", "auth"],
};

/** The shape that `configuration` has let through. */
interface Written {
  readonly baseUrl: string;
  readonly auth: { readonly token: string };
  readonly company?: { readonly key: string; readonly header?: string };
  readonly definition?: RestOverride;
  readonly readLagSeconds?: number;
  readonly limits?: { readonly requestTimeoutSeconds?: number; readonly concurrency?: number };
}

export function readConfiguration(given: { readonly [key: string]: Value }): SmartbarrelConfig {
  const written = given as unknown as Written;
  const { baseUrl, company, definition = {}, limits } = written;
  const timeout = limits?.requestTimeoutSeconds;
  const concurrency = limits?.concurrency;
  return {
    account: accountOf(baseUrl, company?.key),
    baseUrl,
    token: written.auth.token,
    headers: company?.header === undefined ? {} : { [company.header]: company.key },
    definition: overridden(assumedDefinition, definition),
    overrides: Object.keys(definition).length > 0,
    readLagMs: (written.readLagSeconds ?? readLagSecondsDefault) * 1_000,
    limits: {
      ...(timeout !== undefined && { requestTimeoutMs: timeout * 1_000 }),
      ...(concurrency !== undefined && { concurrencyMax: concurrency }),
    },
  };
}

/**
 * Nothing in the assumed API names the company: the API key decides, and it changes when it is renewed, so that it
 * cannot be a part of the name. The host tells two installations apart, and `company.key` two companies on one host.
 */
function accountOf(baseUrl: string, company: string | undefined): string {
  const host = URL.parse(baseUrl)?.hostname ?? baseUrl;
  return company === undefined ? `company at ${host}` : `company ${company} at ${host}`;
}
