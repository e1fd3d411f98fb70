import type { Clock } from "../../engine/connector/connector.ts";
import type { QueueDatabase } from "../../engine/state/queue-database.ts";

/** Tells processes that something new is in the queue, so that they need not wait until they look again. */
export interface WakeUp {
  /** Resolves when there may be something new since it was asked last, and at the latest after this time, milliseconds. */
  wait(ms: number): Promise<void>;
  /** This process. */
  wake(): void;
  /** Every process that works on the queue, this one too. */
  wakeAll(): Promise<void>;
  close(): Promise<void>;
}

const channel = "syncctl_queue_new";

export async function openWakeUp(database: QueueDatabase, clock: Clock): Promise<WakeUp> {
  let isCalled = false;
  let waiting: AbortController | undefined;
  const wake = (): void => {
    isCalled = true;
    waiting?.abort();
  };
  const listening = await database.listen(channel, wake, wake);
  return {
    wait: async (ms) => {
      waiting = new AbortController();
      if (!isCalled) await clock.sleep(ms, waiting.signal);
      isCalled = false;
    },
    wake,
    wakeAll: async () => {
      wake();
      await database.executeSql("select pg_notify($1, '')", [channel]);
    },
    close: () => listening.close(),
  };
}
