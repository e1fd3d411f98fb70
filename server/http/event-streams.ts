import { Readable } from "node:stream";
import type { Clock } from "../../engine/connector/connector.ts";
import type { Known } from "../access/access.ts";
import type { Service } from "../service.ts";
import type { HttpLimits } from "./options.ts";

/*
 * Streams of events: each tells one browser that something about a run has changed. What a client has not read yet is kept
 * as the set of runs and not as a list of events, so that a slow one costs little; one that reads nothing is dropped, and
 * its browser asks again.
 */

export interface EventStreams {
  /** Null when there are too many, of this actor or in all. `recognise` is asked again and again while the stream is open. */
  open(known: Known, recognise: () => Promise<Known | null>): Readable | null;
  /** Ends the streams of a session that was signed out. */
  endSession(sessionId: string): void;
  /** Ends all of them, and takes no more. */
  close(): void;
}

/** Runs of which one client has not been told; more than any page shows. */
const pendingMax = 5_000;

/** How long a browser waits before it opens a stream that has ended again, milliseconds. */
const reopenMs = 3_000;

interface Client {
  readonly known: Known;
  readonly recognise: () => Promise<Known | null>;
  /** Sends a comment, unless the client has not read what was sent before. False when it has not for too long. */
  beat(): boolean;
  end(): void;
}

export function eventStreams(
  service: Pick<Service, "watch">,
  clock: Clock,
  limits: Pick<HttpLimits, "streams" | "streamsInAll" | "heartbeatMs" | "slowMs">,
): EventStreams {
  const clients = new Set<Client>();
  const stopped = new AbortController();

  async function look(client: Client): Promise<void> {
    try {
      const now = await client.recognise();
      if (now === null || !client.beat()) client.end();
    } catch {
      // Whether the actor may still see events cannot be told now, so the stream ends. The browser asks again, and that
      // request fails with a problem of its own.
      client.end();
    }
  }

  async function beat(): Promise<void> {
    while (!stopped.signal.aborted) {
      await clock.sleep(limits.heartbeatMs, stopped.signal);
      if (!stopped.signal.aborted) await Promise.all([...clients].map(look));
    }
  }
  void beat();

  return {
    open(known, recognise) {
      const own = [...clients].filter((each) => each.known.actor.name === known.actor.name);
      const isFull = own.length >= limits.streams || clients.size >= limits.streamsInAll;
      if (isFull || stopped.signal.aborted) return null;
      const { stream, ...client } = openStream(service, clock, limits.slowMs, known);
      const one: Client = { ...client, known, recognise };
      clients.add(one);
      stream.once("close", () => clients.delete(one));
      return stream;
    },
    endSession(sessionId) {
      for (const client of clients) {
        if (client.known.how === "session" && client.known.session.id === sessionId) client.end();
      }
    },
    close() {
      stopped.abort();
      for (const client of clients) client.end();
    },
  };
}

function openStream(
  service: Pick<Service, "watch">,
  clock: Clock,
  slowMs: number,
  known: Known,
): Pick<Client, "beat" | "end"> & { readonly stream: Readable } {
  const pending = new Map<string, string>();
  let isWanted = true;
  let isOver = false;
  let readAt = clock.now().getTime();
  const stream = new Readable({
    read() {
      isWanted = true;
      readAt = clock.now().getTime();
      flush();
    },
  });
  function send(text: string): void {
    isWanted = stream.push(text);
  }
  function flush(): void {
    if (!isWanted || isOver || pending.size === 0) return;
    const text = [...pending.values()].join("");
    pending.clear();
    send(text);
  }
  const unwatch = service.watch(known.actor, ({ requestId, workspace }) => {
    pending.set(requestId, eventText({ requestId, workspace }));
    if (pending.size > pendingMax) stream.destroy();
    else flush();
  });
  stream.once("close", unwatch);
  send(`retry: ${reopenMs}\n\n`);
  return {
    stream,
    beat() {
      if (!isWanted) return clock.now().getTime() - readAt < slowMs;
      if (!isOver) send(":\n\n");
      return true;
    },
    end() {
      isOver = true;
      // What waits to be read by a client that reads nothing would keep the stream open.
      if (isWanted) stream.push(null);
      else stream.destroy();
    },
  };
}

/** JSON has no line breaks of its own, which would end the event. */
function eventText(data: { readonly requestId: string; readonly workspace: string }): string {
  return `event: request\ndata: ${JSON.stringify(data)}\n\n`;
}
