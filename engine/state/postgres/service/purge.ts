import {
  and,
  asc,
  type Database,
  eq,
  inArray,
  isNull,
  lt,
  lte,
  notInArray,
  or,
  sql,
} from "#drizzle";
import { openStatuses, type Purged, type PurgeLimits } from "../../service-store.ts";
import { runEntries, runs } from "../schema.ts";
import { plans, requests, sessions } from "./schema.ts";

/*
 * Each of these is one batch, small enough that others hardly wait for it, and gives how many it removed and whether it
 * found as many as it may take. Two processes that purge at once take different ones.
 */

interface Batch {
  readonly removed: Partial<Purged>;
  readonly isFull: boolean;
}

type PurgeBatch = (database: Database, limits: PurgeLimits) => Promise<Batch>;

/** Requests a batch. Their plans go with them, each of which may be a megabyte. */
const requestsMax = 100;
const plansMax = 100;
const runsMax = 100;

/** Entries a batch, less than a tenth of a second's work for an embedded database. */
const entriesMax = 5_000;

const open = [...openStatuses];

/** In this order: the runs of a request go when the request is gone. */
export const purgeBatches: readonly PurgeBatch[] = [
  purgeRequests,
  purgePlans,
  purgeRuns,
  purgeSessions,
];

async function purgeRequests(database: Database, limits: PurgeLimits): Promise<Batch> {
  const old = await database
    .select({ id: requests.id })
    .from(requests)
    .where(
      and(
        // Nothing ends before it was asked for, and this can be answered by an index.
        lt(requests.requestedAt, limits.requests),
        notInArray(requests.status, open),
        or(isNull(requests.finishedAt), lt(requests.finishedAt, limits.requests)),
      ),
    )
    .orderBy(asc(requests.requestedAt))
    .limit(requestsMax)
    .for("update", { skipLocked: true });
  const ids = old.map((request) => request.id);
  if (ids.length === 0) return { removed: {}, isFull: false };
  const gone = await database
    .delete(plans)
    .where(inArray(plans.requestId, ids))
    .returning({ id: plans.id });
  await database.delete(requests).where(inArray(requests.id, ids));
  return {
    removed: { requests: ids.length, plans: gone.length },
    isFull: ids.length === requestsMax,
  };
}

async function purgePlans(database: Database, limits: PurgeLimits): Promise<Batch> {
  const isNeeded = sql`exists (select from ${requests}
    where ${requests.id} = ${plans.requestId} and ${inArray(requests.status, open)})`;
  const old = await database
    .select({ workspace: plans.workspace, id: plans.id })
    .from(plans)
    .where(and(lt(plans.createdAt, limits.plans), sql`not ${isNeeded}`))
    .orderBy(asc(plans.createdAt))
    .limit(plansMax)
    .for("update", { skipLocked: true });
  const these = old.map((plan) => and(eq(plans.workspace, plan.workspace), eq(plans.id, plan.id)));
  if (these.length > 0) await database.delete(plans).where(or(...these));
  return { removed: { plans: old.length }, isFull: old.length === plansMax };
}

/** Entries first, as many as one batch takes; the runs when nothing is left of theirs. */
async function purgeRuns(database: Database, limits: PurgeLimits): Promise<Batch> {
  const hasRequest = sql`exists (select from ${requests}
    where ${requests.id} = ${runs.request} and ${requests.workspace} = ${runs.workspace})`;
  const old = await database
    .select({ workspace: runs.workspace, runId: runs.runId })
    .from(runs)
    .where(
      and(
        lt(runs.startedAt, limits.requests),
        or(isNull(runs.finishedAt), lt(runs.finishedAt, limits.requests)),
        sql`not ${hasRequest}`,
      ),
    )
    .orderBy(asc(runs.startedAt))
    .limit(runsMax)
    .for("update", { skipLocked: true });
  if (old.length === 0) return { removed: {}, isFull: false };
  const ofThese = (table: typeof runs | typeof runEntries) =>
    or(...old.map((run) => and(eq(table.workspace, run.workspace), eq(table.runId, run.runId))));
  const chosen = sql`select ctid from ${runEntries} where ${ofThese(runEntries)} limit ${entriesMax}`;
  const entries = await database
    .delete(runEntries)
    .where(sql`ctid = any(array(${chosen}))`)
    .returning({ sequence: runEntries.sequence });
  if (entries.length === entriesMax) return { removed: { entries: entriesMax }, isFull: true };
  await database.delete(runs).where(ofThese(runs));
  return {
    removed: { entries: entries.length, runs: old.length },
    isFull: old.length === runsMax,
  };
}

async function purgeSessions(database: Database, limits: PurgeLimits): Promise<Batch> {
  const gone = await database
    .delete(sessions)
    .where(lte(sessions.expiresAt, limits.now))
    .returning({ id: sessions.id });
  return { removed: { sessions: gone.length }, isFull: false };
}
