import {
  codeKeyword,
  dialect,
  nameSchema,
  objectSchema,
  patternHelpKeyword,
} from "../config/schema-words.ts";
import type { JsonSchema } from "../connector/connector.ts";

const addressSchema: JsonSchema = {
  type: "string",
  pattern: "^[^/]+/[^/]+/.+$",
  [codeKeyword]: "address-unreadable",
  [patternHelpKeyword]: "Write `connection/stream/id`, as plans show it.",
};

const reviewed: Readonly<Record<string, JsonSchema>> = {
  name: { type: "string", description: "What the records are called; for people who read this." },
  why: { type: "string", description: "Why it was decided so." },
  by: { type: "string", description: "Who decided it." },
  on: {
    type: "string",
    pattern: "^\\d{4}-\\d{2}-\\d{2}$",
    description: "The day on which it was decided, such as 2026-11-21.",
    [patternHelpKeyword]: "Write a day such as `2026-11-21`.",
  },
};

const ruleName: JsonSchema = {
  ...nameSchema,
  description: "The rule that is meant, where several lead between the two streams.",
};

function pairSchema(description: string): JsonSchema {
  return {
    type: "array",
    description,
    items: addressSchema,
    minItems: 2,
    maxItems: 2,
  };
}

/** The shape of a links file: what is checked when it is loaded, and what editors complete. */
export const linksSchema: JsonSchema = {
  $schema: dialect,
  title: "A syncctl links file",
  ...objectSchema({
    description: "What people have decided about records: which are one, and which are not.",
    properties: {
      version: {
        const: 1,
        description: "The version of this file's form.",
        [codeKeyword]: "version-unsupported",
      },
      mapping: {
        ...nameSchema,
        description: "The mapping whose records are decided about.",
      },
      link: {
        type: "array",
        description: "Pairs that are one thing, whatever the match keys say.",
        items: objectSchema({
          description: "A pair that is one thing.",
          properties: {
            pair: pairSchema("The addresses of the two, in either order."),
            ...reviewed,
            rule: ruleName,
            baseline: {
              type: "object",
              description:
                "What both sides had agreed on, by target field; for a rule that leads from the first of the pair to the second.",
            },
          },
          required: ["pair"],
        }),
      },
      apart: {
        type: "array",
        description: "Pairs that are different things, whatever the match keys say.",
        items: objectSchema({
          description: "A pair that is two things.",
          properties: {
            pair: pairSchema("The addresses of the two, in either order."),
            ...reviewed,
            rule: ruleName,
          },
          required: ["pair"],
        }),
      },
      ignore: {
        type: "array",
        description: "Records that take no part as long as they have no link.",
        items: objectSchema({
          description: "A record that takes no part.",
          properties: {
            record: { ...addressSchema, description: "The address of the record." },
            ...reviewed,
            rule: ruleName,
          },
          required: ["record"],
        }),
      },
    },
    required: ["version", "mapping"],
  }),
};
