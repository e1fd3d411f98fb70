import type { Clock } from "../../engine/connector/connector.ts";
import type { NewRequest, RunRequest, ServiceStore } from "../../engine/state/service-store.ts";
import type { RequestChanges } from "../queue/request-changes.ts";
import type { RunQueue } from "../queue/run-queue.ts";

export interface AskDeps {
  readonly store: ServiceStore;
  readonly queue: Pick<RunQueue, "enqueue">;
  readonly changes: Pick<RequestChanges, "tell">;
  readonly clock: Clock;
  readonly newId: () => string;
}

export type Asked = Pick<
  NewRequest,
  "workspace" | "mapping" | "purpose" | "allow" | "trigger" | "requestedBy"
> & {
  /** It is not begun before. */
  readonly notBefore?: Date;
};

export interface AskedFor {
  readonly request: RunRequest;
  /** False: one was queued already. */
  readonly isNew: boolean;
}

/** The one that is queued may be begun between the two questions; then there is room for ours. */
const triesMax = 5;

/** Stores the wish that a mapping be run, or finds the one that is queued already. */
export async function askForRun(deps: AskDeps, asked: Asked): Promise<AskedFor> {
  const { notBefore, ...wish } = asked;
  const { workspace, mapping } = wish;
  const { store } = deps;
  for (let tried = 1; tried <= triesMax; tried += 1) {
    const id = deps.newId();
    const request: NewRequest = { ...wish, id, requestedAt: deps.clock.now(), status: "queued" };
    if (await store.addRequest(request)) {
      // Should we die here, the sweep finds a request that is in no queue.
      await deps.queue.enqueue({ requestId: id, workspace, mapping }, notBefore);
      await deps.changes.tell({ requestId: id, workspace });
      return { request: { ...request, runIds: [] }, isNew: true };
    }
    const [queued] = await store.requests({ workspace, mapping, statuses: ["queued"], limit: 1 });
    if (queued) return { request: queued, isNew: false };
  }
  throw new Error(`a request for ${mapping} could neither be stored nor found`);
}
