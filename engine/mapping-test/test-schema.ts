import { dialect, namedSchema, nameSchema, objectSchema } from "../config/schema-words.ts";
import type { ConnectorDefinition, JsonSchema } from "../connector/connector.ts";
import { defaultReactions } from "../mapping/mapping.ts";
import { describedFields } from "./described-fields.ts";
import { entryKinds } from "./expectation-words.ts";

/**
 * The shape of a mapping test: what is checked when it is read, and what editors complete. Fields of the connectors are
 * suggestions only, because the schema cannot know which stream stands behind a source.
 */
export function mappingTestSchema(connectors: readonly ConnectorDefinition[]): JsonSchema {
  const ground = groundProperties();
  return {
    $schema: dialect,
    title: "A syncctl mapping test",
    ...objectSchema({
      description: "Cases for one mapping: records on both sides, and what the plan holds then.",
      properties: {
        mapping: { ...nameSchema, description: "The mapping that is tested." },
        description: { type: "string", description: "What the cases are about, in a sentence." },
        ...ground,
        defaults: sourcesSchema(
          "Fields that every given record of a source has unless it says otherwise.",
          recordRef,
        ),
        cases: {
          type: "array",
          description: "The cases, each a small world of its own.",
          items: caseSchema(),
          minItems: 1,
        },
      },
      required: ["mapping", "cases"],
    }),
    $defs: {
      id: idSchema(connectors),
      record: recordSchema(connectors),
      expectation: expectationSchema(connectors),
    },
  };
}

/** Keyed by sources: by their names, or `mapping/source` for those of another mapping. */
function sourcesSchema(description: string, each: JsonSchema): JsonSchema {
  const propertyNames = { ...nameSchema, pattern: sourcePattern };
  return { type: "object", description, propertyNames, additionalProperties: each };
}

const sourcePattern = "^([A-Za-z][A-Za-z0-9_-]{0,63}/)?[A-Za-z][A-Za-z0-9_-]{0,63}$";

/** Ids are texts; one of digits alone needs no quotes, which an editor cannot know. */
function idSchema(connectors: readonly ConnectorDefinition[]): JsonSchema {
  const type = connectors.length > 0 ? ["string", "integer"] : "string";
  return { type, description: "The id of a record, or a code." };
}

const idRef: JsonSchema = { $ref: "#/$defs/id" };
const recordRef: JsonSchema = { $ref: "#/$defs/record" };
const expectations = (description: string): JsonSchema => ({
  type: "array",
  description,
  items: { $ref: "#/$defs/expectation" },
});

/** What can stand for the whole file, and be different in a case. */
function groundProperties(): Readonly<Record<string, JsonSchema>> {
  return {
    now: {
      type: "string",
      description: "The time that it is: a day, or an instant such as 2026-01-31T08:00:00Z.",
      examples: ["2026-01-05T08:00:00Z"],
    },
    env: {
      type: "object",
      description: "Environment variables for the mapping files, in place of those that are set.",
      additionalProperties: { type: "string" },
    },
    untold: sourcesSchema(
      "Fields that the system does not tell: records of the source have them only where they name them.",
      { type: "array", items: { type: "string" } },
    ),
  };
}

function caseSchema(): JsonSchema {
  return objectSchema({
    description: "A small world, and what the plan holds for it.",
    properties: {
      name: {
        type: "string",
        minLength: 1,
        description: "What happens, in a sentence that a person can check against the mapping.",
      },
      ...groundProperties(),
      vars: namedSchema("Variables that are different from those of the mapping.", {}),
      purpose: {
        enum: ["sync", "link"],
        default: "sync",
        description: "Which plan: that of an ordinary run, or that of a linking run.",
      },
      with: {
        type: "array",
        description:
          "Mappings that are planned together with this one, so that records can refer to what they create.",
        items: nameSchema,
        uniqueItems: true,
      },
      given: sourcesSchema(
        "The records of each source, by id. A source that is not named is empty. A source of a mapping under `with` is written `mapping/source`.",
        {
          type: "object",
          description: "Records by id.",
          additionalProperties: recordRef,
        },
      ),
      links: {
        type: "array",
        description: "The links that are there already.",
        items: linkSchema,
      },
      decisions: {
        type: "array",
        description: "What people have decided, as in a links file.",
        items: decisionSchema,
      },
      expect: expectations("Every change and every held record of the plan; empty for none."),
      next: expectations(
        "The changes of the plan after this one, once everything is applied; without it there must be none.",
      ),
    },
    required: ["name", "given", "expect"],
  });
}

const rule: JsonSchema = { type: "string", description: "A rule of the mapping." };
const mapping: JsonSchema = {
  ...nameSchema,
  description: "Another mapping than the one that is tested.",
};

const linkSchema = objectSchema({
  description:
    "A link. A given target holds what was agreed on, save for the fields that it names.",
  properties: {
    mapping: {
      ...mapping,
      description: "The mapping that has the link, if it is another one: `with` or gone through.",
    },
    rule: { ...rule, description: "The rule; not needed where the mapping has one." },
    source: { ...idRef, description: "The id of the source record." },
    target: { ...idRef, description: "The id of the target record." },
    was: {
      ...recordRef,
      description: "Fields of the source that were different when both sides agreed last.",
    },
    baseline: {
      ...recordRef,
      description:
        "What both sides agreed on last, by target field. Without it: what the rule gives for the source as it was.",
    },
  },
  required: ["source", "target"],
});

const decisionSchema = objectSchema({
  description: "Two records are one (`link`) or are not (`apart`), or one is left out (`ignore`).",
  properties: {
    link: { ...idRef, description: "The id of the source record." },
    apart: { ...idRef, description: "The id of the source record." },
    ignore: { ...idRef, description: "The id of the source record." },
    target: { ...idRef, description: "The id of the target record." },
    rule,
  },
  required: ["rule"],
});

/** Any field is allowed here; editors complete those that are known. */
function recordSchema(connectors: readonly ConnectorDefinition[]): JsonSchema {
  const properties = Object.entries(describedFields(connectors)).map(
    ([field, description]) => [field, { description }] as const,
  );
  return {
    type: "object",
    description: "Fields of a record. Those that are not named are empty.",
    properties: Object.fromEntries(properties),
    additionalProperties: {},
  };
}

const ids: JsonSchema = { type: "array", items: idRef };

function expectationSchema(connectors: readonly ConnectorDefinition[]): JsonSchema {
  const kinds = Object.entries(entryKinds).map(
    ([kind, { about }]) => [kind, { ...idRef, description: about }] as const,
  );
  return {
    ...objectSchema({
      description: "One change, or one thing that the plan says of a record.",
      properties: {
        ...Object.fromEntries(kinds),
        mapping: { ...mapping, description: "The mapping under `with` that plans it." },
        rule: { ...rule, description: "The rule that does it." },
        target: { ...idRef, description: "The id of the target record." },
        situation: {
          enum: Object.keys(defaultReactions),
          description: "The situation of the record.",
        },
        code: { type: "string", description: "The code with which it is held or passed over." },
        fields: { ...recordRef, description: "Exactly these fields are written." },
        has: { ...recordRef, description: "These fields are written, and perhaps others." },
        candidates: { ...ids, description: "The ids of the target records that it could be." },
        differs: {
          type: "array",
          items: { type: "string" },
          description: "The fields in which the candidates differ.",
        },
        records: { ...ids, description: "The ids of the records that a finding names." },
      },
    }),
    // Editors complete the first word; what is wrong with it is told in words of our own.
    ...(connectors.length > 0 && {
      oneOf: Object.keys(entryKinds).map((kind) => ({ required: [kind] })),
    }),
  };
}
