import { codeKeyword, nullHelpKeyword, objectSchema } from "../config/schema-words.ts";
import type { ConnectorDefinition, JsonSchema } from "../connector/connector.ts";
import { fieldDescriptions } from "./field-descriptions.ts";
import { reactionsSchema } from "./reactions-schema.ts";

const expression: JsonSchema = { type: "string", minLength: 1 };
const condition: JsonSchema = { type: ["string", "boolean"], minLength: 1 };
const constant: JsonSchema = {
  type: ["string", "number", "boolean"],
  [nullHelpKeyword]: "Write a text, a number, true or false, or remove the key.",
};
const drift: JsonSchema = {
  enum: ["revert", "keep", "hold"],
  default: "revert",
  description: "What happens when somebody changes the target: set it back, leave it, or wait.",
};

export function ruleSchema(connectors: readonly ConnectorDefinition[]): JsonSchema {
  const about = fieldDescriptions(connectors);
  const when = { ...condition, description: "Only records for which this is true." };
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
      create: objectSchema({
        description: "Which source records without a link are created.",
        properties: {
          when,
          whenReferenced: {
            type: "boolean",
            default: false,
            description: "Only while a record that is written refers to it with `through`.",
          },
        },
      }),
      link: objectSchema({
        description: "Which source records without a link are linked.",
        properties: { when },
      }),
      prefer: fieldMap(
        "Values that a target record should have, where several records are candidates.",
        about,
        "constant",
      ),
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
    through: {
      type: "string",
      minLength: 1,
      description: "A mapping: `from` gives the id at one of its ends, the other end's is written.",
    },
    drift,
  },
  required: ["from"],
  additionalProperties: false,
  [nullHelpKeyword]:
    'Write an expression. To empty the field, write "null" in quotes: an empty result.',
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

/** What the maps of fields refer to; stands under `$defs` of the schema. */
export const ruleDefinitions = { field: fieldSchema, expression, constant };
