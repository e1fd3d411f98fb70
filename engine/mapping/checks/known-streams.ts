import type { ConnectionDraft } from "../../config/connections.ts";
import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote, suggestion } from "../../config/wording.ts";
import type { MappingDraft, SourceDraft } from "../draft.ts";

/** Every source names a connection of the project and a stream of its connector. */
export function checkKnownStreams(
  mapping: MappingDraft,
  connections: readonly ConnectionDraft[],
): readonly Diagnostic[] {
  return mapping.sources.flatMap((source) => [
    ...unknownConnection(source, connections),
    ...unknownStream(source),
  ]);
}

function unknownConnection(
  { connection }: SourceDraft,
  connections: readonly ConnectionDraft[],
): readonly Diagnostic[] {
  const known = connections.map(({ name }) => name);
  if (connection === undefined || known.includes(connection.name)) return [];
  const message = `There is no connection ${quote(connection.name)}.`;
  const help = suggestion(connection.name, known, "Add it under `connections` in syncctl.yaml.");
  return [errorAt("connection-unknown", connection.at, message, help)];
}

function unknownStream({ stream, definition, schema }: SourceDraft): readonly Diagnostic[] {
  if (!stream || !definition || schema) return [];
  const known = Object.keys(definition.streams);
  const message = `${definition.title} has no stream ${quote(stream.name)}.`;
  const help = suggestion(stream.name, known, "Use a stream of the connector.");
  return [errorAt("stream-unknown", stream.at, message, help)];
}
