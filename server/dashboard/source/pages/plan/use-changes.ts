import { useEffect, useState } from "preact/hooks";
import type { Change } from "../../../../../engine/plan/plan.ts";
import { api } from "../../api/client.ts";
import type { Problem } from "../../api/problem.ts";

/** Changes of a page: as many as the service gives at one time. */
const pageChanges = 200;

/**
 * A browser holds so many changes in some tens of megabytes, and so many ids fit into one approval. Of a larger plan the
 * rest is approved with the whole.
 */
export const changesMax = 15_000;

export interface LoadedChanges {
  readonly changes: readonly Change[];
  /** All that will be shown have come; of a large plan there are more. */
  readonly isDone: boolean;
  readonly problem?: Problem | undefined;
}

const none: LoadedChanges = { changes: [], isDone: false };

/**
 * The changes of a plan, page after page, because ticking one must know what it waits for. What has come can be read
 * already. A plan never changes, so that nothing is asked for twice.
 */
export function useChanges(requestId: string, planId: string | undefined): LoadedChanges {
  const [loaded, setLoaded] = useState(none);
  useEffect(() => {
    if (planId === undefined) return undefined;
    let isLeft = false;
    setLoaded(none);
    void readAll(requestId, (now) => {
      if (!isLeft) setLoaded(now);
      return !isLeft;
    });
    return () => {
      isLeft = true;
    };
  }, [requestId, planId]);
  return loaded;
}

/** `tell` gives false when nobody listens any more. */
async function readAll(requestId: string, tell: (loaded: LoadedChanges) => boolean): Promise<void> {
  const changes: Change[] = [];
  for (;;) {
    const limit = Math.min(pageChanges, changesMax - changes.length);
    const reply = await api.planChanges(requestId, { from: changes.length, limit });
    if (!reply.ok) {
      tell({ changes: [...changes], isDone: false, problem: reply.problem });
      return;
    }
    changes.push(...reply.value.changes);
    const isDone = reply.value.next === undefined || changes.length >= changesMax;
    if (!tell({ changes: [...changes], isDone }) || isDone) return;
  }
}
