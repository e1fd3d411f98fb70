import type { ErrorObject } from "ajv/dist/2020.js";

/** A schema as the validator hands it out: keywords and whatever they hold. */
export type SchemaPart = Readonly<Record<string, unknown>>;

/** The schema whose keyword found the error. */
export function parentSchema(error: ErrorObject): SchemaPart {
  return (error.parentSchema ?? {}) as SchemaPart;
}

/** What a keyword of that schema holds, where it holds a map. */
export function keywordMap(error: ErrorObject, keyword: string): SchemaPart {
  const value = parentSchema(error)[keyword];
  return (typeof value === "object" && value !== null ? value : {}) as SchemaPart;
}
