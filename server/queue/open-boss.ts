import { type Db, PgBoss } from "pg-boss";
import type { QueueDatabase } from "../../engine/state/queue-database.ts";
import type { Log } from "../log/log.ts";

/*
 * The one queue of the installation, in tables of pg-boss beside those of the state. Its policy `key_strict_fifo` is what
 * we need: of one mapping one request at a time, kept by a unique index and so exact over all processes; those that wait
 * behind it are passed over and hold up nobody else. Policies that tell the active keys from a cache do hold up others.
 */

export const queueName = "runs";

/** Schema of the queue's tables. */
export const queueSchema = "syncctl_queue";

/** A run may take three hours. A dead process is noticed by its silence, so this is only for one that hangs; seconds. */
const expireSeconds = 12 * 3600;

/** How long something may wait in the queue, seconds: far beyond any window in which nothing is written. */
const retentionSeconds = 14 * 86_400;

/** Seconds after which work that was lost or given back may be taken again. */
const retryDelaySeconds = 1;

/** Whoever carries a request out counts its tries and knows which of them were its own fault; the queue gives up never. */
const retriesMax = 1_000_000;

export interface BossOptions {
  readonly database: QueueDatabase;
  /** Silence after which a process counts as dead, whole seconds, at least 10. */
  readonly heartbeatSeconds: number;
  /** Seconds between two looks for dead processes. */
  readonly superviseSeconds: number;
  readonly log: Pick<Log, "warn" | "error">;
}

/** Makes the tables where they are missing, and begins to look after them. */
export async function openBoss(options: BossOptions): Promise<PgBoss> {
  const { database, heartbeatSeconds, superviseSeconds, log } = options;
  const db: Db = { executeSql: (text, values) => database.executeSql(text, values) };
  const boss = new PgBoss({
    db,
    backend: database.kind,
    schema: queueSchema,
    schedule: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    // What has ended is removed at once, so that there is little to tidy up and nothing to rebuild.
    reindex: false,
    monitorVacuum: false,
  });
  boss.on("error", (err) => log.error("the queue has trouble", { err }));
  boss.on("warning", ({ message }) => log.warn(`the queue warns: ${message}`));
  await boss.start();
  const settings = {
    expireInSeconds: expireSeconds,
    retentionSeconds,
    retryLimit: retriesMax,
    retryDelay: retryDelaySeconds,
    heartbeatSeconds,
  };
  await boss.createQueue(queueName, { ...settings, policy: "key_strict_fifo" });
  await boss.updateQueue(queueName, settings);
  return boss;
}
