import type { Clock } from "../../engine/connector/connector.ts";
import type { Purged, ServiceStore } from "../../engine/state/service-store.ts";
import type { Log } from "../log/log.ts";

export interface RetentionOptions {
  readonly store: ServiceStore;
  /** How long runs with their logs are kept. */
  readonly runsDays: number;
  /** How long plans are kept. */
  readonly plansDays: number;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Retention {
  /** Removes now what is old. Happens by itself once a day. Rejects when the store cannot be asked. */
  purge(): Promise<Purged>;
  stop(): Promise<void>;
}

const dayMs = 24 * 60 * 60_000;

/** After a start there is other work, and a process that is started again and again should not purge each time. Milliseconds. */
const firstAfterMs = 5 * 60_000;

/** After trouble with the store, milliseconds. */
const againAfterMs = 60 * 60_000;

/** How long stopping waits for a batch that is under way; what is left the next purge removes. Milliseconds. */
const stopWaitMs = 10_000;

/** Any number of processes may do this over one store: they take different batches, and the second one finds little. */
export function openRetention(options: RetentionOptions): Retention {
  const stopping = new AbortController();
  const loop = keepPurging(options, stopping.signal);
  return {
    purge: () => purgeOnce(options),
    stop: async () => {
      stopping.abort();
      const enough = new AbortController();
      await Promise.race([loop, options.clock.sleep(stopWaitMs, enough.signal)]);
      enough.abort();
    },
  };
}

async function keepPurging(options: RetentionOptions, signal: AbortSignal): Promise<void> {
  const { clock, log } = options;
  await clock.sleep(firstAfterMs, signal);
  while (!signal.aborted) {
    let waitMs = dayMs;
    try {
      await purgeOnce(options);
    } catch (err) {
      // Who stops closes the store.
      if (signal.aborted) return;
      log.error("Old runs and plans could not be removed. It is tried again in an hour.", {
        code: "retention-failed",
        err,
      });
      waitMs = againAfterMs;
    }
    await clock.sleep(waitMs, signal);
  }
}

async function purgeOnce(options: RetentionOptions): Promise<Purged> {
  const { store, runsDays, plansDays, clock, log } = options;
  const now = clock.now();
  const before = (days: number) => new Date(now.getTime() - days * dayMs);
  const purged = await store.purge({ requests: before(runsDays), plans: before(plansDays), now });
  log.info("What is old was removed.", { ...purged, runsDays, plansDays });
  return purged;
}
