import type { Clock } from "../../engine/connector/connector.ts";
import { systemClock } from "../../engine/run/clock.ts";
import type { QueueDatabase } from "../../engine/state/queue-database.ts";
import type { Log } from "../log/log.ts";
import type { RequestChanged, RequestChanges } from "./request-changes.ts";

/*
 * Changes of requests over LISTEN and NOTIFY. This process hears its own at once; others hear them a moment later, several
 * in one message, each request once. While the connection that listens is gone, what others tell is lost: whoever shows
 * requests asks for them again now and then, and whoever carries one out looks at it every few seconds.
 */

const channel = "syncctl_requests";

/** What is told within this time goes into one message, milliseconds. Nobody notices so short a wait. */
const togetherMs = 50;

/** PostgreSQL takes less than 8,000 bytes. Names and ids are plain letters; a few in other alphabets still fit. */
const messageCharsMax = 7_000;

export interface RequestChangesOptions {
  readonly database: QueueDatabase;
  readonly clock?: Clock;
  /** Unlike that of any other process. */
  readonly processName: string;
  readonly log: Pick<Log, "warn">;
}

interface Message {
  readonly from: string;
  readonly changes: readonly (readonly [requestId: string, workspace: string])[];
}

type Listener = (change: RequestChanged) => void;

export async function openRequestChanges(options: RequestChangesOptions): Promise<RequestChanges> {
  const { database, clock = systemClock, processName, log } = options;
  const listeners = new Set<Listener>();
  const waiting = new Map<string, RequestChanged>();
  let sending: Promise<void> | undefined;

  const hear = (change: RequestChanged): void => {
    for (const listener of listeners) listener(change);
  };
  const send = async (): Promise<void> => {
    await clock.sleep(togetherMs);
    const changes = [...waiting.values()];
    waiting.clear();
    sending = undefined;
    try {
      for (const text of messagesOf(processName, changes))
        await database.executeSql("select pg_notify($1, $2)", [channel, text]);
    } catch (err) {
      log.warn("changes of runs could not be told to other processes", { err });
    }
  };
  const listening = await database.listen(
    channel,
    (text) => {
      const message = readMessage(text);
      if (message === null) log.warn("a message about requests cannot be read");
      else if (message.from !== processName)
        for (const [requestId, workspace] of message.changes) hear({ requestId, workspace });
    },
    () => {},
  );
  return {
    tell: async (change) => {
      hear(change);
      waiting.set(change.requestId, change);
      sending ??= send();
    },
    watch: (listener) => {
      const own: Listener = (change) => listener(change);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    close: async () => {
      await sending;
      listeners.clear();
      await listening.close();
    },
  };
}

/** As few messages as hold them all. */
function messagesOf(from: string, changes: readonly RequestChanged[]): readonly string[] {
  const texts: string[] = [];
  let together: (readonly [string, string])[] = [];
  for (const { requestId, workspace } of changes) {
    const more = [...together, [requestId, workspace] as const];
    if (textOf(from, more).length > messageCharsMax && together.length > 0) {
      texts.push(textOf(from, together));
      together = [[requestId, workspace]];
    } else together = more;
  }
  return together.length > 0 ? [...texts, textOf(from, together)] : texts;
}

function textOf(from: string, changes: Message["changes"]): string {
  return JSON.stringify({ from, changes } satisfies Message);
}

/** Anybody with access to the database can tell anything on the channel. */
function readMessage(text: string): Message | null {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof given !== "object" || given === null) return null;
  if (!("from" in given) || !("changes" in given)) return null;
  const { from, changes } = given;
  if (typeof from !== "string" || !Array.isArray(changes)) return null;
  const isPair = (one: unknown): one is [string, string] =>
    Array.isArray(one) && one.length === 2 && one.every((part) => typeof part === "string");
  return changes.every(isPair) ? { from, changes } : null;
}
