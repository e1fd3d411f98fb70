import type { Clock } from "../../engine/connector/connector.ts";
import type { RequestFilter, RunRequest, ServiceStore } from "../../engine/state/service-store.ts";
import type { Log } from "../log/log.ts";
import type { RunQueue } from "../queue/run-queue.ts";

/*
 * The store knows every request, the queue may have lost some: a process died between storing and queuing, the queue's
 * tables were emptied, or a request was approved in the moment in which its work was taken out of the queue. Queuing what
 * is queued already does nothing, so that everything that somebody should be working on is simply queued again.
 */

export interface SweepDeps {
  readonly store: Pick<ServiceStore, "requests">;
  readonly queue: Pick<RunQueue, "enqueue">;
  readonly clock: Clock;
  readonly silenceMs?: number;
}

/** Of a request that is being worked on: without a word for so long, its worker may be gone; milliseconds. */
const silenceMsDefault = 30_000;

/** Requests that are asked for at one time. */
const pageSize = 200;

/** Between two sweeps, milliseconds. */
const everyMsDefault = 5_000;

/** Gives how many requests were looked at. */
export async function sweep({ store, queue, clock, silenceMs }: SweepDeps): Promise<number> {
  const silentSince = clock.now().getTime() - (silenceMs ?? silenceMsDefault);
  let swept = 0;
  for (let before: RequestFilter["before"]; ; ) {
    const page = await store.requests({
      statuses: ["queued", "planning", "applying"],
      limit: pageSize,
      ...(before && { before }),
    });
    for (const request of page) {
      if (request.status !== "queued" && lastWord(request) > silentSince) continue;
      const { id: requestId, workspace, mapping } = request;
      await queue.enqueue({ requestId, workspace, mapping });
      swept += 1;
    }
    before = page.at(-1);
    if (page.length < pageSize) return swept;
  }
}

function lastWord({ progress, startedAt, requestedAt }: RunRequest): number {
  return (progress?.at ?? startedAt ?? requestedAt).getTime();
}

export interface Sweeping {
  stop(): Promise<void>;
}

/** Sweeps again and again. */
export function keepSweeping(
  deps: SweepDeps & { readonly log: Pick<Log, "error">; readonly everyMs?: number },
): Sweeping {
  const { clock, log, everyMs = everyMsDefault } = deps;
  const stopping = new AbortController();
  const sweeping = (async () => {
    while (!stopping.signal.aborted) {
      await sweep(deps).catch((err: unknown) => {
        log.error("requests without a place in the queue could not be looked for", { err });
      });
      await clock.sleep(everyMs, stopping.signal);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await sweeping;
    },
  };
}
