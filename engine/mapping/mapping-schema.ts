import {
  codeKeyword,
  dialect,
  namedSchema,
  nameSchema,
  objectSchema,
  patternHelpKeyword,
  refusedKeysKeyword,
} from "../config/schema-words.ts";
import type { ConnectorDefinition, JsonSchema } from "../connector/connector.ts";
import type { FieldSchema } from "../connector/schema.ts";
import { defaultLimits, defaultReactions } from "./mapping.ts";

/** The shape of a mapping file: what is checked when it is loaded, and what editors complete. */
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
          description: "When the service runs the mapping: minute, hour, day, month, weekday.",
          examples: ["0 * * * *"],
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
    $defs: { field: fieldSchema, expression, constant },
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
        anyOf: [{ enum: [...streams].sort() }, {}],
      },
      use: {
        enum: ["records", "lookup"],
        default: "records",
        description: "`lookup`: the stream is read for `$records` only and takes part in no rule.",
      },
    },
    required: ["connection", "stream"],
  });
}

const expression: JsonSchema = { type: "string", minLength: 1 };
const condition: JsonSchema = { type: ["string", "boolean"], minLength: 1 };
const constant: JsonSchema = { type: ["string", "number", "boolean"] };
const drift: JsonSchema = {
  enum: ["revert", "keep", "hold"],
  default: "revert",
  description: "What happens when somebody changes the target: set it back, leave it, or wait.",
};

function ruleSchema(connectors: readonly ConnectorDefinition[]): JsonSchema {
  const about = fieldDescriptions(connectors);
  const when = (description: string): JsonSchema =>
    objectSchema({
      description,
      properties: { when: { ...condition, description: "Only records for which this is true." } },
    });
  return objectSchema({
    description: "Which records of one source are written to another, and how.",
    properties: {
      direction: {
        type: "string",
        pattern: "^\\s*[A-Za-z][A-Za-z0-9_-]*\\s*->\\s*[A-Za-z][A-Za-z0-9_-]*\\s*$",
        description: "From which source to which: `source -> target`.",
        [codeKeyword]: "direction-malformed",
      },
      enabled: { ...condition, description: "False switches the rule off. Sees `$vars` only." },
      when: { ...condition, description: "The source records that the rule is for." },
      match: {
        type: "array",
        description: "Keys that find the record of a source record, in order of precedence.",
        items: fieldMap("Target fields that must all be equal.", about, "expression"),
        minItems: 1,
      },
      agree: {
        type: "array",
        description: "Target fields that must agree before a record that was found is linked.",
        items: { type: "string" },
      },
      fields: fieldMap("What is written: target field to expression.", about, "field"),
      create: when("Which source records without a link are created."),
      link: when("Which source records without a link are linked."),
      retire: fieldMap("The values that a retired target record gets.", about, "constant"),
      on: reactionsSchema,
      drift,
    },
    required: ["direction", "fields"],
  });
}

/** The long form of a field rule; a plain text is its `from` alone. */
const fieldSchema: JsonSchema = {
  type: ["string", "number", "boolean", "object"],
  minLength: 1,
  properties: {
    from: { ...constant, minLength: 1, description: "An expression, or a constant." },
    set: {
      enum: ["always", "on-create", "if-empty"],
      default: "always",
      description: "When it is written: always, when the record is created, or while it is empty.",
    },
    whenNull: {
      enum: ["clear", "keep", "hold"],
      default: "clear",
      description:
        "What an empty result does: empty the target, leave it alone, or hold the record.",
    },
    default: { ...constant, description: "Takes the place of an empty result." },
    required: { type: "boolean", default: false, description: "An empty result holds the record." },
    when: { ...condition, description: "The field takes part only where this is true." },
    drift,
  },
  required: ["from"],
  additionalProperties: false,
  [refusedKeysKeyword]: { through: "through-unsupported" },
};

/** A map from fields of some target to something. Any key is allowed here; editors complete those that are known. */
function fieldMap(
  description: string,
  about: Readonly<Record<string, string>>,
  definition: "field" | "expression" | "constant",
): JsonSchema {
  const each = { $ref: `#/$defs/${definition}` };
  const properties = Object.fromEntries(
    Object.entries(about).map(([field, text]) => [field, { description: text, ...each }]),
  );
  return {
    type: "object",
    description,
    properties,
    additionalProperties: each,
    minProperties: 1,
  };
}

/** What each field of any stream is, for completion. A field of several streams is described once for each of them. */
function fieldDescriptions(
  connectors: readonly ConnectorDefinition[],
): Readonly<Record<string, string>> {
  const described = new Map<string, string[]>();
  for (const connector of connectors) {
    for (const stream of Object.values(connector.streams)) {
      for (const [name, field] of Object.entries(stream.fields)) {
        if (field.access === "read") continue;
        const where = `${connector.title}, ${stream.noun.many}`;
        described.set(name, [...(described.get(name) ?? []), describedField(where, field)]);
      }
    }
  }
  return Object.fromEntries(
    Array.from(described, ([name, texts]): [string, string] => [name, texts.join("\n")]).sort(
      ([one], [other]) => (one < other ? -1 : 1),
    ),
  );
}

function describedField(where: string, field: FieldSchema): string {
  const choices = field.choices ? `: ${field.choices.join(", ")}` : "";
  const required = field.required ? ", required" : "";
  return `${where} (${field.type}${choices}${required}): ${field.about}`;
}

const reactionChoices: Readonly<Record<keyof typeof defaultReactions, readonly string[]>> = {
  linked: ["update", "ignore"],
  found: ["link", "hold"],
  disagrees: ["hold", "link"],
  absent: ["create", "hold", "ignore"],
  keyless: ["hold", "create"],
  ambiguous: ["hold"],
  left: ["retire", "unlink", "delete", "ignore"],
  gone: ["retire", "unlink", "delete", "ignore"],
  lost: ["create", "unlink", "hold"],
  unmanaged: ["ignore", "report"],
};

const situationDescriptions: Readonly<Record<keyof typeof defaultReactions, string>> = {
  linked: "Linked, in scope, both sides present.",
  found: "No link, exactly one candidate, and the `agree` fields agree.",
  disagrees: "No link, one candidate, and some `agree` field differs.",
  absent: "No link and no candidate.",
  keyless: "No link, and none of the match keys has a value.",
  ambiguous: "It is not clear which record belongs to which.",
  left: "Linked, and the source record no longer satisfies `when`.",
  gone: "Linked, and the source record is proved gone.",
  lost: "Linked, and the target record is proved gone.",
  unmanaged: "A target record with no link and no source.",
};

const reactionsSchema: JsonSchema = objectSchema({
  description: "What the rule does in each situation.",
  properties: Object.fromEntries(
    Object.entries(defaultReactions).map(([situation, reaction]) => {
      const key = situation as keyof typeof defaultReactions;
      const description = situationDescriptions[key];
      return [situation, { enum: reactionChoices[key], default: reaction, description }];
    }),
  ),
});

const share: JsonSchema = {
  type: ["string", "number"],
  pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s*%$",
  minimum: 0,
  maximum: 1,
  [codeKeyword]: "limit-out-of-range",
  [patternHelpKeyword]: "Write a percentage such as `30%`, or a number from 0 to 1.",
};

const limitDescriptions = {
  create: "The share of records that a plan may create.",
  update: "The share of records that a plan may update.",
  retire: "The share of records that a plan may retire.",
  delete: "The share of records that a plan may delete.",
  shrink: "A stream with less than this share of its last complete reading stops the plan.",
} as const;

const limitsSchema: JsonSchema = objectSchema({
  description: "How large a plan may be before it must be let through by name.",
  properties: {
    ...Object.fromEntries(
      Object.entries(limitDescriptions).map(([name, description]) => {
        const key = name as keyof typeof limitDescriptions;
        return [name, { ...share, description, default: `${defaultLimits[key] * 100}%` }];
      }),
    ),
    minimum: {
      type: "integer",
      minimum: 0,
      default: defaultLimits.minimum,
      description: "Shares of fewer changes than this are not looked at.",
      [codeKeyword]: "limit-out-of-range",
    },
  },
});
