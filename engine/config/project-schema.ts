import type { ConnectorDefinition, JsonSchema } from "../connector/connector.ts";
import { workspacePattern } from "../state/state.ts";
import { fromPattern, untilPattern, weekdays } from "./read-quiet.ts";
import {
  codeKeyword,
  dialect,
  namedSchema,
  objectSchema,
  patternHelpKeyword,
} from "./schema-words.ts";
import { timezoneDefault } from "./timezone.ts";

/**
 * The shape of `syncctl.yaml`: what is checked when it is loaded, and what editors complete. `used`: the connectors whose
 * keys are spelled out; those of a connector that a file does not use need not be compiled to check it.
 */
export function projectSchema(
  connectors: readonly ConnectorDefinition[],
  used: readonly ConnectorDefinition[] = connectors,
): JsonSchema {
  const keys = projectKeys(connectors, used);
  const overlay = objectSchema({
    description: "What is different in this environment.",
    properties: {
      ...keys,
      connections: {
        type: "object",
        description: "Keys of connections that are different in this environment.",
        additionalProperties: { type: "object" },
      },
    },
  });
  return {
    $schema: dialect,
    title: "syncctl.yaml",
    ...objectSchema({
      description: "A syncctl project: its connections, its mappings and where its state is kept.",
      properties: {
        version: {
          const: 1,
          description: "The version of this file's form.",
          [codeKeyword]: "version-unsupported",
        },
        ...keys,
        environments: namedSchema(
          "Keys that `--environment NAME` lays over those above, such as a sandbox.",
          overlay,
        ),
      },
      required: ["version", "connections", "mappings"],
    }),
  };
}

function projectKeys(
  connectors: readonly ConnectorDefinition[],
  used: readonly ConnectorDefinition[],
): Readonly<Record<string, JsonSchema>> {
  return {
    connections: {
      ...namedSchema("The accounts that records are read from and written to.", {
        ...connectionSchema(connectors, used),
      }),
      minProperties: 1,
    },
    mappings: {
      type: "array",
      description: "Mapping files, as paths or patterns that count from the folder of this file.",
      items: { type: "string", minLength: 1 },
      minItems: 1,
    },
    links: {
      type: "array",
      description:
        "Links files, in which people decide which records are one, as paths or patterns that count from the folder of this file.",
      items: { type: "string", minLength: 1 },
      default: ["links/*.yaml"],
    },
    state: {
      type: "string",
      minLength: 1,
      description:
        "Where syncctl remembers links and runs: a folder, or a postgres:// address for several processes.",
      default: ".syncctl/state",
    },
    phoneCountry: {
      type: "string",
      description: "The country whose phone numbers may be written without their country code.",
      default: "US",
    },
    ...serviceKeys,
  };
}

/** More windows than a week has hours are a mistake. */
const quietWindowsMax = 168;

/** What only the service works by; none of it decides what a plan does. */
const serviceKeys: Readonly<Record<string, JsonSchema>> = {
  workspace: {
    type: "string",
    // In addresses, `-` alone stands for the workspace without a name.
    pattern: workspacePattern.source.replace("^", "^(?!-$)"),
    description:
      "The company, by the name under which a state that several share keeps what belongs to it.",
    [codeKeyword]: "workspace-malformed",
  },
  title: {
    type: "string",
    pattern: "^[^\\u0000-\\u001f\\u007f]{1,100}$",
    description: "The company, as people call it.",
    [patternHelpKeyword]: "Write one line of up to 100 characters.",
  },
  timezone: {
    type: "string",
    description: "The time zone of `schedule` and `quiet`, such as America/New_York.",
    default: timezoneDefault,
  },
  quiet: {
    type: "array",
    description: "When the service writes nothing.",
    maxItems: quietWindowsMax,
    items: objectSchema({
      description: "A time of day, on every day or on some.",
      properties: {
        days: {
          type: "array",
          description: "The days of the week on which it begins. Without it, every day.",
          items: { enum: weekdays },
          minItems: 1,
        },
        from: {
          type: "string",
          pattern: fromPattern,
          description: "The time at which it begins, such as `06:00`.",
          [codeKeyword]: "quiet-malformed",
        },
        until: {
          type: "string",
          pattern: untilPattern,
          description: "The time at which it ends; on the day after, if that is before `from`.",
          [codeKeyword]: "quiet-malformed",
        },
      },
      required: ["from", "until"],
    }),
  },
};

/** The keys beside `connector` depend on the connector. */
function connectionSchema(
  connectors: readonly ConnectorDefinition[],
  used: readonly ConnectorDefinition[],
): JsonSchema {
  return {
    type: "object",
    description: "An account of a system.",
    properties: {
      connector: {
        enum: connectors.map((connector) => connector.name),
        description: "The connector: which system it is.",
        [codeKeyword]: "connector-unknown",
      },
    },
    required: ["connector"],
    allOf: used.map(({ name, title, configuration }) => ({
      if: { properties: { connector: { const: name } }, required: ["connector"] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: objectSchema({
        description: `A connection to ${title}.`,
        properties: { connector: {}, ...configuration.properties },
        required: configuration.required,
      }),
    })),
  };
}
