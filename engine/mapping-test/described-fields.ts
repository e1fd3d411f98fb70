import type { ConnectorDefinition } from "../connector/connector.ts";

/** What each field of a record is, by name: one line for each stream that has it. For editors. */
export function describedFields(
  connectors: readonly ConnectorDefinition[],
): Readonly<Record<string, string>> {
  const lines = connectors.flatMap((connector) =>
    Object.values(connector.streams).flatMap(({ noun, fields }) =>
      Object.entries(fields).map(([name, { type, choices, about }]) => {
        const kind = choices ? `${type}: ${choices.join(", ")}` : type;
        return { name, line: `${connector.title}, ${noun.many} (${kind}): ${about}` };
      }),
    ),
  );
  const byName = Map.groupBy(lines, ({ name }) => name);
  return Object.fromEntries(
    [...byName.keys()]
      .sort()
      .map((name) => [name, (byName.get(name) ?? []).map(({ line }) => line).join("\n")]),
  );
}
