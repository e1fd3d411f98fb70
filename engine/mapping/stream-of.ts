import { streamText } from "../value/address.ts";
import type { SourceDraft } from "./draft.ts";

/** `connection/stream` of a source, as far as both are written. */
export function streamOf({ connection, stream }: SourceDraft): string | undefined {
  if (!connection || !stream) return undefined;
  return streamText({ connection: connection.name, stream: stream.name });
}
