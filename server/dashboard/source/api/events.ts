import { after } from "../surroundings.ts";

/*
 * What changes while a page is open. The service tells it as it happens; where something in between does not let that
 * through, everything is asked for anew every few seconds until it does.
 */

/** Absent where it is not known what has changed. */
export type Happened = { readonly requestId: string; readonly workspace: string } | undefined;

/** Between two questions while nothing is told, milliseconds. */
const pollMs = 8_000;

/** Before the next attempt to be told, milliseconds; the last one counts for all that follow. */
const attemptsMs: readonly number[] = [1_000, 3_000, 10_000, 30_000];

const listeners = new Set<(happened: Happened) => void>();
let stop: (() => void) | undefined;

/** Calls back whenever a run may have changed. Gives the function that ends it. */
export function subscribe(listener: (happened: Happened) => void): () => void {
  listeners.add(listener);
  stop ??= start();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = undefined;
  };
}

function tell(happened: Happened): void {
  for (const listener of [...listeners]) listener(happened);
}

function start(): () => void {
  let source: EventSource | undefined;
  let cancelAttempt = () => {};
  let cancelPoll = () => {};
  let attempts = 0;

  const poll = () => {
    cancelPoll();
    cancelPoll = after(pollMs, () => {
      if (document.visibilityState === "visible") tell(undefined);
      poll();
    });
  };
  const connect = () => {
    const own = new EventSource("/api/v1/events");
    source = own;
    own.addEventListener("open", () => {
      cancelPoll();
      // Something may have happened between the reading of the page and now, the first time too.
      tell(undefined);
      attempts = 0;
    });
    own.addEventListener("request", (event) => tell(happenedOf(event.data)));
    own.addEventListener("error", () => {
      own.close();
      poll();
      const delay = attemptsMs[Math.min(attempts, attemptsMs.length - 1)] ?? pollMs;
      attempts += 1;
      cancelAttempt();
      cancelAttempt = after(delay, connect);
    });
  };
  const back = () => tell(undefined);
  addEventListener("online", back);
  connect();
  return () => {
    source?.close();
    cancelAttempt();
    cancelPoll();
    removeEventListener("online", back);
  };
}

function happenedOf(data: unknown): Happened {
  if (typeof data !== "string") return undefined;
  const told: unknown = JSON.parse(data);
  if (typeof told !== "object" || told === null) return undefined;
  const { requestId, workspace } = told as Readonly<Record<string, unknown>>;
  return typeof requestId === "string" && typeof workspace === "string"
    ? { requestId, workspace }
    : undefined;
}
