import { dialect, namedSchema, nameSchema, objectSchema } from "../config/schema-words.ts";
import type { ConnectorDefinition, JsonSchema } from "../connector/connector.ts";
import { limitsSchema } from "./limits-schema.ts";
import { neverScheduled } from "./mapping.ts";
import { ruleDefinitions, ruleSchema } from "./rule-schema.ts";
import { windowDaysMax } from "./source-window.ts";

/**
 * The shape of a mapping file: what is checked when it is loaded, and what editors complete. Streams and fields of the
 * connectors are suggestions only, because the schema cannot know which connection stands behind a source.
 */
export function mappingSchema(connectors: readonly ConnectorDefinition[]): JsonSchema {
  return {
    $schema: dialect,
    title: "A syncctl mapping",
    ...objectSchema({
      description: "Which records of one system follow which records of another.",
      properties: {
        mapping: { ...nameSchema, description: "The name; links and runs are kept by it." },
        description: { type: "string", description: "What the mapping does, in a sentence." },
        sources: {
          ...namedSchema(
            "The streams that take part, each under a name.",
            sourceSchema(connectors),
          ),
          minProperties: 1,
        },
        systemOfRecord: {
          type: "string",
          description: "The source that is right by definition; rules that start there may create.",
        },
        schedule: {
          type: "string",
          description:
            "When the service runs the mapping: minute, hour, day, month, weekday; or `never`.",
          examples: ["0 * * * *", neverScheduled],
        },
        apply: {
          enum: ["automatic", "approve"],
          default: "automatic",
          description:
            "Whether what was planned is written at once, or when a person has approved it.",
        },
        vars: namedSchema("Settings, for expressions as `$vars.name`.", {
          type: ["string", "number", "boolean", "array", "object"],
          description: "The value of the variable.",
        }),
        rules: {
          ...namedSchema("The rules, each from one source to another.", ruleSchema(connectors)),
          minProperties: 1,
        },
        limits: limitsSchema,
      },
      required: ["mapping", "sources", "systemOfRecord", "rules"],
    }),
    $defs: ruleDefinitions,
  };
}

function sourceSchema(connectors: readonly ConnectorDefinition[]): JsonSchema {
  const streams = new Set(connectors.flatMap((connector) => Object.keys(connector.streams)));
  return objectSchema({
    description: "A stream of a connection.",
    properties: {
      connection: { type: "string", description: "A connection of syncctl.yaml." },
      stream: {
        type: "string",
        description: "The kind of record.",
        ...(streams.size > 0 && { anyOf: [{ enum: [...streams].sort() }, {}] }),
      },
      use: {
        enum: ["records", "lookup"],
        default: "records",
        description: "`lookup`: the stream is read for `$records` only and takes part in no rule.",
      },
      window: objectSchema({
        description: "Only the records of the last days are read. For streams that have days.",
        properties: {
          days: {
            type: "integer",
            minimum: 1,
            maximum: windowDaysMax,
            description: "How many days before today. Today and tomorrow are read as well.",
          },
        },
        required: ["days"],
      }),
    },
    required: ["connection", "stream"],
  });
}
