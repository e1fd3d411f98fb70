import type { RestDefinition, RestOverride } from "./definition.ts";

/**
 * The definition with what a connection writes laid over it: maps key by key, anything else as a whole. `null` says
 * that the system does not have the thing. `override` has passed `definitionSchema`.
 */
export function overridden(definition: RestDefinition, override: RestOverride): RestDefinition {
  // The schema is made of the definition, so that what passed it has the shape that the definition has.
  return merged(definition, override) as RestDefinition;
}

function merged(under: unknown, over: unknown): unknown {
  if (!isMap(under) || !isMap(over)) return over;
  const laid = Object.entries(over).map(([key, value]) => [
    key,
    Object.hasOwn(under, key) ? merged(under[key], value) : value,
  ]);
  return { ...under, ...Object.fromEntries(laid) };
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
