import type { ConnectorDefinition } from "../../engine/connector/connector.ts";
import type { Value } from "../../engine/value/value.ts";

export interface MemoryConfig {
  readonly token: string;
}

export const memoryConfiguration: ConnectorDefinition["configuration"] = {
  properties: {
    auth: {
      type: "object",
      description: "How the connection proves who it is.",
      properties: { token: { type: "string", minLength: 1, description: "The world's token." } },
      required: ["token"],
      additionalProperties: false,
    },
  },
  required: ["auth"],
};

/** Reads what has passed the schema above. */
export function readConfig(configuration: { readonly [key: string]: Value }): MemoryConfig {
  const auth = configuration["auth"];
  const token =
    typeof auth === "object" && auth !== null && "token" in auth ? auth["token"] : undefined;
  if (typeof token !== "string")
    throw new Error("auth.token is no text; the schema was not applied");
  return { token };
}
