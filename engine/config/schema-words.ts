import type { JsonSchema } from "../connector/connector.ts";

/*
 * Pieces that both schemas share, and the keywords of our own that let a schema say how its errors are worded. Editors
 * pass over keywords that they do not know.
 */

/** The code of any error that this schema finds, in place of the general one. */
export const codeKeyword = "x-code";

/** What a text that does not match `pattern` should look like. Editors show it as well. */
export const patternHelpKeyword = "patternErrorMessage";

/** What to do about an empty value, where removing the key is not all there is to say. */
export const nullHelpKeyword = "x-null-help";

export const ownKeywords = [codeKeyword, patternHelpKeyword, nullHelpKeyword];

export const dialect = "https://json-schema.org/draft/2020-12/schema";

/** Names that people give: connections, mappings, sources, rules, variables, environments. */
const namePattern = "^[A-Za-z][A-Za-z0-9_-]{0,63}$";

export const nameSchema: JsonSchema = {
  type: "string",
  pattern: namePattern,
  [codeKeyword]: "name-malformed",
};

/** An object with exactly these keys. */
export function objectSchema(options: {
  readonly description: string;
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}): JsonSchema {
  const { description, properties, required = [] } = options;
  return { type: "object", description, properties, required, additionalProperties: false };
}

/** An object whose keys are names that people give. */
export function namedSchema(description: string, each: JsonSchema): JsonSchema {
  return {
    type: "object",
    description,
    propertyNames: nameSchema,
    additionalProperties: each,
  };
}
