import { latestOf } from "./latest-of.ts";
import type { MemoryRuns } from "./memory-runs.ts";
import {
  type LatestRequests,
  type MappingName,
  type NewRequest,
  openStatuses,
  type RequestChange,
  type RequestFilter,
  type RequestStatus,
  type RunRequest,
} from "./service-store.ts";

export interface MemoryRequests {
  add(request: NewRequest): boolean;
  move(
    id: string,
    from: readonly RequestStatus[],
    change: RequestChange,
    worker?: string,
  ): RunRequest | null;
  one(id: string): RunRequest | null;
  page(filter: RequestFilter): readonly RunRequest[];
  latest(of: MappingName): LatestRequests;
  isOpen(id: string): boolean;
  /** Removes those that ended before, and gives their ids. */
  forget(before: Date): ReadonlySet<string>;
}

export function memoryRequests(runs: ReadonlyMap<string, MemoryRuns>): MemoryRequests {
  const requests = new Map<string, NewRequest>();

  const withRuns = (request: NewRequest): RunRequest => ({
    ...structuredClone(request),
    runIds: runs.get(request.workspace)?.ofRequest(request.id) ?? [],
  });
  const one = (id: string): RunRequest | null => {
    const request = requests.get(id);
    return request ? withRuns(request) : null;
  };
  const page = (filter: RequestFilter): readonly RunRequest[] =>
    [...requests.values()]
      .filter((request) => isAskedFor(request, filter))
      .sort((a, b) => (isBefore(a, b) ? 1 : -1))
      .slice(0, filter.limit)
      .map(withRuns);
  const isQueued = ({ workspace, mapping }: NewRequest, except: string): boolean =>
    [...requests.values()].some(
      (request) =>
        request.status === "queued" &&
        request.workspace === workspace &&
        request.mapping === mapping &&
        request.id !== except,
    );

  return {
    add: (request) => {
      if (requests.has(request.id)) throw new Error(`There is a request ${request.id} already.`);
      if (request.status === "queued" && isQueued(request, request.id)) return false;
      requests.set(request.id, structuredClone(request));
      return true;
    },
    move: (id, from, change, worker) => {
      const request = requests.get(id);
      if (!request || !from.includes(request.status)) return null;
      if (worker !== undefined && request.worker !== worker) return null;
      if (change.status === "queued" && isQueued(request, id)) return null;
      requests.set(id, changed(request, change));
      return one(id);
    },
    one,
    page,
    latest: (of) => latestOf(of, page({ ...of, limit: requests.size })),
    isOpen: (id) => {
      const request = requests.get(id);
      return request !== undefined && openStatuses.includes(request.status);
    },
    forget: (before) => {
      const old = [...requests.values()].filter(
        ({ status, requestedAt, finishedAt }) =>
          !openStatuses.includes(status) &&
          requestedAt < before &&
          (finishedAt === undefined || finishedAt < before),
      );
      for (const { id } of old) requests.delete(id);
      return new Set(old.map(({ id }) => id));
    },
  };
}

/** What is null is taken away. */
function changed(request: NewRequest, change: RequestChange): NewRequest {
  const all: object = { ...request, ...structuredClone(change) };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== null),
  ) as unknown as NewRequest;
}

function isAskedFor(request: NewRequest, filter: RequestFilter): boolean {
  const { workspace, workspaces, mapping, statuses, before } = filter;
  return (
    (workspace === undefined || request.workspace === workspace) &&
    (workspaces === undefined || workspaces.includes(request.workspace)) &&
    (mapping === undefined || request.mapping === mapping) &&
    (statuses === undefined || statuses.includes(request.status)) &&
    (before === undefined || isBefore(request, before))
  );
}

type Position = Pick<NewRequest, "requestedAt" | "id">;

function isBefore(a: Position, b: Position): boolean {
  const difference = a.requestedAt.getTime() - b.requestedAt.getTime();
  return difference === 0 ? a.id < b.id : difference < 0;
}
