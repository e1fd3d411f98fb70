import type { Clock, ConnectorDefinition, Stream } from "../../engine/connector/connector.ts";
import type { StateStore } from "../../engine/state/store.ts";
import { fencedStream } from "./fenced-stream.ts";

/*
 * A lease protects the state, because the state asks for it. The systems do not: a process that was frozen for a while and
 * goes on would send what it was about to send, although another one has carried on in the meantime. So every call that
 * writes looks at our own clock first. Once the time of a lease is over and it was not renewed, nothing more is sent.
 */

export interface FenceParts {
  readonly store: StateStore;
  readonly connectors: readonly ConnectorDefinition[];
  readonly clock: Clock;
  /** Whether the request is still ours: runs of one that is not are closed by others. */
  readonly isOurs: () => Promise<boolean>;
  /** Called when the time of a lease is over. */
  readonly onLapse: () => void;
}

export interface Fence {
  readonly store: StateStore;
  readonly connectors: readonly ConnectorDefinition[];
  /** Ends the watch. */
  end(): void;
}

export function fence({ store, connectors, clock, isOurs, onLapse }: FenceParts): Fence {
  const ended = new AbortController();
  const lapse = new AbortController();
  /** Until when each lease is surely ours, milliseconds. */
  const until = new Map<string, number>();

  const isLapsed = (): boolean => {
    const now = clock.now().getTime();
    if (![...until.values()].some((end) => end <= now)) return lapse.signal.aborted;
    if (!lapse.signal.aborted) {
      lapse.abort();
      onLapse();
    }
    return true;
  };
  const fenced: StateStore = {
    ...store,
    acquireLease: async (name, holder, ttlMs) => {
      const askedAt = clock.now().getTime();
      const result = await store.acquireLease(name, holder, ttlMs);
      if (result.ok) {
        until.set(name, askedAt + ttlMs);
        // What waits for its turn in a connection is called off as well, though it asks nobody.
        void clock.sleep(ttlMs, ended.signal).then(() => ended.signal.aborted || isLapsed());
      } else if (until.has(name)) {
        until.set(name, 0);
        isLapsed();
      }
      return result;
    },
    releaseLease: async (lease) => {
      until.delete(lease.name);
      await store.releaseLease(lease);
    },
    finishRun: async (runId, end) => {
      if (await isOurs()) await store.finishRun(runId, end);
    },
  };
  const gate = { isLapsed, lapsed: lapse.signal };
  return {
    store: fenced,
    connectors: connectors.map((definition) => ({
      ...definition,
      connect: (configuration, deps) => {
        const connector = definition.connect(configuration, deps);
        const streams = Object.entries(connector.streams).map(
          ([name, stream]): [string, Stream] => [name, fencedStream(stream, gate)],
        );
        return { ...connector, streams: Object.fromEntries(streams) };
      },
    })),
    end: () => ended.abort(),
  };
}
