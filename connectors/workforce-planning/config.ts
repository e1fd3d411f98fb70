import type { ConnectorDefinition } from "../../engine/connector/connector.ts";
import type { Value } from "../../engine/value/value.ts";
import { limitsSchema } from "../http/limits-schema.ts";

/*
 * The keys of a connection to Workforce Planning. One and the same API stands behind two front doors (documented):
 * LaborChart's own, which gives tokens itself or takes HTTP Basic, and Procore's, where Procore's login gives the token
 * and every call names the Procore company in a header.
 */

type FrontDoor = "laborchart" | "procore";

export interface WorkforcePlanningConfig {
  readonly companyId: string;
  readonly frontDoor: FrontDoor;
  /** Scheme and host. */
  readonly baseUrl: string;
  /** Where tokens are given out. */
  readonly tokenUrl: string;
  /** What stands before `/v2/...`. */
  readonly mount: string;
  /** Present behind Procore's front door only. */
  readonly procoreCompanyId?: string;
  readonly auth: AuthConfig;
  readonly readLagMs: number;
  /** Absent: the default of the HTTP client. */
  readonly requestTimeoutMs?: number;
  readonly concurrencyMax?: number;
}

interface AuthConfig {
  readonly type: "oauth" | "basic";
  readonly clientId: string;
  readonly clientSecret: string;
  readonly email?: string;
  readonly grantType?: string;
}

const addresses = {
  laborchart: {
    baseUrl: "https://api-app.laborchart.com",
    loginUrl: "https://api-app.laborchart.com",
    tokenPath: "/v2/oauth/token",
    mount: "",
  },
  procore: {
    baseUrl: "https://api.procore.com",
    loginUrl: "https://login.procore.com",
    tokenPath: "/oauth/token",
    mount: "/rest/v1.0/workforce-planning",
  },
} as const;

/** Nothing is published on how long a list may lag behind a write; half a minute is assumed. */
const readLagSecondsDefault = 30;

const url = { type: "string", pattern: "^https?://[^/?#\\s]+$" };
const identifier = { type: ["string", "integer"], pattern: "^[A-Za-z0-9_-]{1,100}$", minimum: 1 };
const nonEmpty = { type: "string", minLength: 1 };

export const configuration: ConnectorDefinition["configuration"] = {
  properties: {
    companyId: {
      ...identifier,
      description:
        "The company: its LaborChart UUID, or behind Procore's front door the Procore company id.",
    },
    frontDoor: {
      enum: ["laborchart", "procore"],
      default: "laborchart",
      description: "Which of the two addresses of the API is used: LaborChart's own or Procore's.",
    },
    procoreCompanyId: {
      ...identifier,
      description:
        "The Procore company id for the header of every call at Procore's front door; without it companyId is sent.",
    },
    baseUrl: {
      ...url,
      description:
        "Scheme and host of the API if they are not the usual ones; the page where the OAuth application was made shows them.",
    },
    loginUrl: {
      ...url,
      description:
        "Scheme and host that give out tokens if they are not the usual ones; without it `baseUrl` is used if that is set.",
    },
    auth: {
      type: "object",
      description: "How the connection proves who it is.",
      properties: {
        type: {
          enum: ["oauth", "basic"],
          default: "oauth",
          description:
            "Either oauth, or basic with its own pair of credentials (LaborChart's front door only).",
        },
        clientId: { ...nonEmpty, description: "The client id of the credentials." },
        clientSecret: {
          ...nonEmpty,
          description: "The client secret of the credentials, shown once when they are made.",
        },
        email: {
          ...nonEmpty,
          description: "The e-mail address of the user in whose name LaborChart gives the token.",
        },
        grantType: {
          ...nonEmpty,
          description:
            "The grant_type to send to LaborChart's login, needed only if it asks for one.",
        },
      },
      required: ["clientId", "clientSecret"],
      additionalProperties: false,
    },
    readLagSeconds: {
      type: "number",
      minimum: 0,
      maximum: 3600,
      default: readLagSecondsDefault,
      description: "How many seconds after a write a list may still show the state before it.",
    },
    limits: limitsSchema,
  },
  required: ["companyId", "auth"],
};

/** The shape that the schema above has let through. */
interface Written {
  readonly companyId: string | number;
  readonly frontDoor?: FrontDoor;
  readonly procoreCompanyId?: string | number;
  readonly baseUrl?: string;
  readonly loginUrl?: string;
  readonly auth: Omit<AuthConfig, "type"> & Partial<Pick<AuthConfig, "type">>;
  readonly readLagSeconds?: number;
  readonly limits?: { readonly requestTimeoutSeconds?: number; readonly concurrency?: number };
}

export function readConfiguration(configuration: {
  readonly [key: string]: Value;
}): WorkforcePlanningConfig {
  const written = configuration as unknown as Written;
  const companyId = String(written.companyId);
  const frontDoor = written.frontDoor ?? "laborchart";
  const usual = addresses[frontDoor];
  const timeout = written.limits?.requestTimeoutSeconds;
  const concurrency = written.limits?.concurrency;
  return {
    companyId,
    frontDoor,
    baseUrl: written.baseUrl ?? usual.baseUrl,
    tokenUrl: (written.loginUrl ?? written.baseUrl ?? usual.loginUrl) + usual.tokenPath,
    mount: usual.mount,
    ...(frontDoor === "procore" && {
      procoreCompanyId: String(written.procoreCompanyId ?? companyId),
    }),
    auth: { ...written.auth, type: written.auth.type ?? "oauth" },
    readLagMs: (written.readLagSeconds ?? readLagSecondsDefault) * 1000,
    ...(timeout !== undefined && { requestTimeoutMs: timeout * 1000 }),
    ...(concurrency !== undefined && { concurrencyMax: concurrency }),
  };
}
