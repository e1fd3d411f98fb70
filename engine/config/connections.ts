import type { ConnectorDefinition } from "../connector/connector.ts";
import { childOf, entriesOf, type Node, plainValue, textOf } from "./node.ts";
import type { Place } from "./place.ts";
import type { ConnectionConfiguration } from "./project.ts";

/** A connection as far as the file tells of it; mappings are checked against it even if something in it is wrong. */
export interface ConnectionDraft {
  readonly name: string;
  readonly at: Place;
  readonly node: Node;
  /** Absent when there is no connector of that name, which the schema has reported. */
  readonly definition?: ConnectorDefinition;
}

export function readConnections(
  root: Node,
  connectors: readonly ConnectorDefinition[],
): readonly ConnectionDraft[] {
  return entriesOf(childOf(root, "connections")).map(({ key, keyAt, value }) => {
    const connector = textOf(childOf(value, "connector"));
    const definition = connectors.find(({ name }) => name === connector);
    return { name: key, at: keyAt, node: value, ...(definition && { definition }) };
  });
}

export function connectionConfiguration(draft: ConnectionDraft): ConnectionConfiguration {
  const entries = entriesOf(draft.node).filter((entry) => entry.key !== "connector");
  return {
    name: draft.name,
    connector: textOf(childOf(draft.node, "connector")) ?? "",
    configuration: Object.fromEntries(
      entries.map((entry) => [entry.key, plainValue(entry.value)] as const),
    ),
    at: draft.at,
  };
}
