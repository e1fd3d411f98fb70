import { systemClock } from "../../engine/run/clock.ts";
import { figure } from "../render/words.ts";
import { terminal } from "../terminal.ts";

/** What ends sooner than this needs no progress, milliseconds. */
const quietMs = 2_000;

/** The line is drawn no more often than this, milliseconds. */
const redrawMs = 100;

export interface StatusLine {
  show(done: number, of: number): void;
  clear(): void;
}

/** One line on a terminal that says how far it is. Anywhere else it says nothing. */
export function statusLine(what: string): StatusLine {
  const startedAt = systemClock.now().getTime();
  let drawnAt = 0;
  return {
    show: (done, of) => {
      const now = systemClock.now().getTime();
      if (!terminal.errIsTerminal || now - startedAt < quietMs || now - drawnAt < redrawMs) return;
      terminal.err(`\r\u001b[K${what} ${figure(done)} of ${figure(of)}`);
      drawnAt = now;
    },
    clear: () => {
      if (drawnAt > 0) terminal.err("\r\u001b[K");
      drawnAt = 0;
    },
  };
}
