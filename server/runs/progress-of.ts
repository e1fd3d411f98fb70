import type { EngineEvent } from "../../engine/run/events.ts";
import type { RequestProgress } from "../../engine/state/service-store.ts";
import { streamText } from "../../engine/value/address.ts";

/** What an event of the engine tells people who wait for it; null when nothing. */
export function progressOf(event: EngineEvent): Omit<RequestProgress, "at"> | null {
  switch (event.kind) {
    case "reading":
    case "read":
      return { phase: "reading", done: event.records, what: streamText(event.stream) };
    case "working-out": {
      const what = `${event.mapping}.${event.rule}`;
      return { phase: "working-out", done: event.records, of: event.of, what };
    }
    case "applying":
      return { phase: "writing", done: event.done, of: event.of, what: "changes" };
    case "settled":
    case "request":
      return null;
  }
}
