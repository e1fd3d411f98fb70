import type { JsonSchema } from "../../engine/connector/connector.ts";

/** The limits of the HTTP client that a connection may set, as its configuration writes them. */
export const limitsSchema: JsonSchema = {
  type: "object",
  description: "Limits of the HTTP client for this connection.",
  properties: {
    requestTimeoutSeconds: {
      type: "integer",
      minimum: 1,
      description: "How many seconds one call may take from sending to the end of its answer.",
    },
    concurrency: {
      type: "integer",
      minimum: 1,
      maximum: 16,
      description: "How many calls may be under way at once.",
    },
  },
  additionalProperties: false,
};
