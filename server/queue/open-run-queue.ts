import type { Clock } from "../../engine/connector/connector.ts";
import { systemClock } from "../../engine/run/clock.ts";
import type { QueueDatabase } from "../../engine/state/queue-database.ts";
import type { Log } from "../log/log.ts";
import { openBoss } from "./open-boss.ts";
import { queueWork } from "./queue-work.ts";
import type { RunQueue } from "./run-queue.ts";
import { openWakeUp } from "./wake-up.ts";
import { startWorking, type Working } from "./working.ts";

export interface RunQueueOptions {
  readonly database: QueueDatabase;
  readonly clock?: Clock;
  /** Requests that this process carries out at one time. */
  readonly concurrency: number;
  /** Of one workspace at one time: exactly in this process, and over all processes as well as can be done without waiting. */
  readonly perWorkspace: number;
  /** For the log. */
  readonly processName: string;
  readonly log: Pick<Log, "debug" | "warn" | "error">;
  /** Silence after which a process counts as dead and others take over its work. At least 10, whole seconds. */
  readonly heartbeatSeconds?: number;
  /** Milliseconds between two looks into the queue where nobody has told of something new. */
  readonly pollMs?: number;
  /** After trouble with the database, or a handler that threw, milliseconds. */
  readonly troubleMs?: number;
}

const heartbeatSecondsDefault = 10;

/** What is due again is found by looking; what is new is told. */
const pollMsDefault = 1_000;

const troubleMsDefault = 5_000;

/**
 * Looks for dead processes, seconds. With the silence before it and the next look into the queue, work that was lost
 * starts elsewhere within 15 seconds. An embedded database has one process, which need not watch others closely.
 */
const superviseSeconds = { postgres: 2, pglite: 5 };

/**
 * The queue over the database of the state. Taking work is a loop of our own: the library's workers each look for
 * themselves, twice a second at most, and put back what is too much for a workspace; the loop takes what is there in one go
 * and never too much.
 */
export async function openRunQueue(options: RunQueueOptions): Promise<RunQueue> {
  const {
    database,
    log,
    heartbeatSeconds = heartbeatSecondsDefault,
    clock = systemClock,
  } = options;
  const supervise = superviseSeconds[database.kind];
  const boss = await openBoss({ database, heartbeatSeconds, superviseSeconds: supervise, log });
  const work = queueWork(boss, database, options.perWorkspace);
  const wakeUp = await openWakeUp(database, clock);
  let working: Working | undefined;
  return {
    enqueue: async (run, notBefore) => {
      const delayMs = notBefore ? notBefore.getTime() - clock.now().getTime() : 0;
      const isNew = await work.add(run, delayMs);
      if (isNew && delayMs <= 0) await wakeUp.wakeAll();
    },
    work: (handle) => {
      if (working) throw new Error("the queue is worked on already");
      working = startWorking({
        ...{ clock, work, wakeUp, handle, log },
        concurrency: options.concurrency,
        perWorkspace: options.perWorkspace,
        heartbeatMs: heartbeatSeconds * 1_000,
        pollMs: options.pollMs ?? pollMsDefault,
        troubleMs: options.troubleMs ?? troubleMsDefault,
      });
      log.debug("takes runs from the queue", { process: options.processName });
      return working.ended;
    },
    depth: work.depth,
    stop: async () => {
      await working?.stop();
      await wakeUp.close();
      await boss.stop({ graceful: false });
    },
  };
}
