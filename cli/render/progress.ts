import type { Clock } from "../../engine/connector/connector.ts";
import type { EngineEvent } from "../../engine/run/events.ts";
import { streamText } from "../../engine/value/address.ts";
import { visible } from "./visible.ts";
import { figure, listed } from "./words.ts";

/** What ends sooner than this needs no progress, milliseconds. */
const quietMs = 2_000;

/** The line is drawn no more often than this, milliseconds; more would only cost time. */
const redrawMs = 100;

/** Shorter waits are not worth a word, milliseconds. */
const shownWaitMs = 2_000;

export interface Progress {
  observe(event: EngineEvent): void;
  /** Takes the line away, so that other text can be written. */
  clear(): void;
}

/** One line on a terminal that says what is going on. Anywhere else it says nothing. */
export function progressLine(options: {
  readonly write: (text: string) => void;
  readonly terminal: boolean;
  readonly columns: number;
  readonly clock: Clock;
}): Progress {
  const { write, terminal, columns, clock } = options;
  const startedAt = clock.now().getTime();
  const readings = new Map<string, number>();
  let drawnAt = 0;
  let shown = false;

  function draw(text: string, options: { readonly urgent: boolean }): void {
    const now = clock.now().getTime();
    if (!terminal || now - startedAt < quietMs) return;
    if (!options.urgent && now - drawnAt < redrawMs) return;
    write(`\r\u001b[K${text.slice(0, Math.max(20, columns - 1))}`);
    drawnAt = now;
    shown = true;
  }

  return {
    observe: (event) => {
      if (event.kind === "reading" || event.kind === "read") {
        readings.set(streamText(event.stream), event.records);
      }
      const text = eventText(event, readings);
      if (text !== undefined) draw(visible(text), { urgent: event.kind === "request" });
    },
    clear: () => {
      if (shown) write("\r\u001b[K");
      shown = false;
    },
  };
}

function eventText(event: EngineEvent, readings: ReadonlyMap<string, number>): string | undefined {
  switch (event.kind) {
    case "reading":
    case "read":
      return `Reading ${listed([...readings].map(([stream, records]) => `${stream} ${figure(records)}`))}`;
    case "working-out":
      return `Working out ${event.mapping} / ${event.rule}: ${figure(event.records)} of ${figure(event.of)}`;
    case "applying":
      return `Applying ${figure(event.done)} of ${figure(event.of)}`;
    case "request": {
      const { connection, waitMs, waitReason } = event.request;
      if (waitMs === undefined || waitMs < shownWaitMs) return undefined;
      const why = waitReason === "rate-limit" ? "for its rate limit" : "before trying again";
      return `Waiting ${figure(Math.ceil(waitMs / 1000))} s for ${connection} ${why}`;
    }
    case "settled":
      return undefined;
  }
}
