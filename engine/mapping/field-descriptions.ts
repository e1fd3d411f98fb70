import type { ConnectorDefinition } from "../connector/connector.ts";
import type { FieldSchema } from "../connector/schema.ts";

/** What each field that can be written is, by name: one line for each stream that has it. For editors. */
export function fieldDescriptions(
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
  const names = [...described.keys()].sort();
  return Object.fromEntries(
    names.map((name) => [name, described.get(name)?.join("\n") ?? ""] as const),
  );
}

function describedField(where: string, field: FieldSchema): string {
  const choices = field.choices ? `: ${field.choices.join(", ")}` : "";
  const required = field.required ? ", required" : "";
  return `${where} (${field.type}${choices}${required}): ${field.about}`;
}
