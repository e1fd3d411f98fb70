import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { quote, suggestion } from "../config/wording.ts";
import type { StreamSchema } from "../connector/schema.ts";
import type { NamedPlace } from "../expression/analysis.ts";

/** Says that a stream has no such field; nothing when it has, or when the stream is not known. */
export function unknownField(
  field: NamedPlace,
  schema: StreamSchema | undefined,
  more: readonly string[] = [],
): readonly Diagnostic[] {
  if (!schema || Object.hasOwn(schema.fields, field.name) || more.includes(field.name)) return [];
  const known = [...Object.keys(schema.fields), ...more];
  const message = `A ${schema.noun.one} has no field ${quote(field.name)}.`;
  const otherwise = `Use a field of the stream "${schema.stream}", such as "${known[0]}".`;
  const help = suggestion(field.name, known, otherwise);
  return [errorAt("field-unknown", field.at, message, help)];
}
