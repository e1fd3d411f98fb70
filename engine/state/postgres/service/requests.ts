import { and, asc, type Database, desc, eq, inArray, type SQL, sql, unionAll } from "#drizzle";
import type {
  NewRequest,
  RequestChange,
  RequestFilter,
  RequestProgress,
  RequestStatus,
  RunRequest,
} from "../../service-store.ts";
import { runs } from "../schema.ts";
import { present } from "./present.ts";
import { requests, type StoredProgress } from "./schema.ts";

/** False when one for that mapping is queued already. */
export async function addRequest(database: Database, request: NewRequest): Promise<boolean> {
  const added = await database
    .insert(requests)
    .values({ ...request, progress: toStored(request.progress) })
    .onConflictDoNothing({
      target: [requests.workspace, requests.mapping],
      where: sql`status = 'queued'`,
    })
    .returning({ id: requests.id });
  return added.length > 0;
}

/** Two processes that queue at once meet at the index: the second one's transaction is tried again, and sees the first. */
export async function moveRequest(
  database: Database,
  move: {
    readonly id: string;
    readonly from: readonly RequestStatus[];
    readonly change: RequestChange;
    readonly worker: string | undefined;
  },
): Promise<RunRequest | null> {
  const { id, from, change, worker } = move;
  const another = sql`select from ${requests} as another
    where another.workspace = ${requests.workspace} and another.mapping = ${requests.mapping}
      and another.status = 'queued' and another.id <> ${requests.id}`;
  const rows = await database
    .update(requests)
    // The id stands for a change that names nothing.
    .set({ id, ...change, progress: toStored(change.progress) })
    .where(
      and(
        eq(requests.id, id),
        inArray(requests.status, [...from]),
        worker === undefined ? undefined : eq(requests.worker, worker),
        change.status === "queued" ? sql`not exists (${another})` : undefined,
      ),
    )
    .returning();
  const [moved] = await withRuns(database, rows);
  return moved ?? null;
}

export async function oneRequest(database: Database, id: string): Promise<RunRequest | null> {
  const rows = await database.select().from(requests).where(eq(requests.id, id));
  const [found] = await withRuns(database, rows);
  return found ?? null;
}

export async function requestsOf(
  database: Database,
  filter: RequestFilter,
): Promise<readonly RunRequest[]> {
  const { workspace, workspaces, mapping, statuses, before, limit } = filter;
  const newest = (status: RequestStatus | undefined) =>
    database
      .select()
      .from(requests)
      .where(
        and(
          workspace === undefined ? undefined : eq(requests.workspace, workspace),
          workspaces === undefined ? undefined : inArray(requests.workspace, [...workspaces]),
          mapping === undefined ? undefined : eq(requests.mapping, mapping),
          status === undefined ? undefined : eq(requests.status, status),
          before === undefined ? undefined : follows(before),
        ),
      )
      .orderBy(...newestFirst)
      .limit(limit);
  if (statuses === undefined) return withRuns(database, await newest(undefined));
  const [first, second, ...others] = [...new Set(statuses)].map(newest);
  if (first === undefined) return [];
  if (second === undefined) return withRuns(database, await first);
  // The newest of each status are at the end of an index; the newest of several together are nowhere in a row.
  const together = unionAll(first, second, ...others);
  const rows = await together.orderBy(...newestFirst).limit(limit);
  return withRuns(database, rows);
}

export const newestFirst = [desc(requests.requestedAt), desc(requests.id)] as const;

/** As one comparison, which the indexes answer from where the page before has ended. */
function follows({ requestedAt, id }: Pick<RunRequest, "requestedAt" | "id">): SQL {
  const [time, text] = [sql.param(requestedAt, requests.requestedAt), sql.param(id, requests.id)];
  return sql`(${requests.requestedAt}, ${requests.id}) < (${time}::timestamptz, ${text}::text)`;
}

export async function withRuns(
  database: Database,
  rows: readonly (typeof requests.$inferSelect)[],
): Promise<readonly RunRequest[]> {
  if (rows.length === 0) return [];
  const workspaces = [...new Set(rows.map((row) => row.workspace))];
  const ids = rows.map((row) => row.id);
  const started = await database
    .select({ workspace: runs.workspace, request: runs.request, runId: runs.runId })
    .from(runs)
    .where(and(inArray(runs.workspace, workspaces), inArray(runs.request, ids)))
    .orderBy(asc(runs.position));
  const byRequest = Map.groupBy(started, (run) => run.request);
  return rows.map(({ progress, ...row }) => ({
    ...present(row),
    ...(progress && { progress: { ...progress, at: new Date(progress.at) } }),
    runIds: (byRequest.get(row.id) ?? [])
      .filter((run) => run.workspace === row.workspace)
      .map((run) => run.runId),
  }));
}

/** Undefined, which the database leaves as it is, and null, which takes it away, stay what they are. */
function toStored<T extends null | undefined>(progress: RequestProgress | T): StoredProgress | T {
  return progress && { ...progress, at: progress.at.toISOString() };
}
