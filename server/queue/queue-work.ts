import type { PgBoss } from "pg-boss";
import type { QueueDatabase } from "../../engine/state/queue-database.ts";
import { digest } from "../../engine/value/digest.ts";
import { queueName, queueSchema } from "./open-boss.ts";
import type { QueuedRun } from "./run-queue.ts";

/* What the queue is asked and told, in our words. */

/** Only the newest claim of a piece of work can be settled or kept. */
interface Claim {
  readonly id: string;
  /** Grows with each claim. */
  readonly retryCount: number;
}

/** A piece of work that this process has taken. */
export interface Work {
  readonly run: QueuedRun;
  readonly claim: Claim;
}

export interface QueueWork {
  /** False when it is in the queue already, also when somebody works on it. The delay counts by the clock of the database. */
  add(run: QueuedRun, delayMs: number): Promise<boolean>;
  /** The next one, none of these workspaces; null when there is nothing to do. */
  take(full: readonly string[]): Promise<Work | null>;
  /** Tells that we still live. Gives the ids of those that are still ours. */
  keep(claims: readonly Claim[]): Promise<ReadonlySet<string>>;
  finish(claim: Claim): Promise<void>;
  giveBack(claim: Claim, delayMs: number): Promise<void>;
  depth(): Promise<{ readonly queued: number; readonly active: number }>;
}

/** A name that nobody can give to a workspace would do; the unnamed one needs some text. */
const groupOf = (workspace: string) => `workspace ${workspace}`;

export function queueWork(boss: PgBoss, database: QueueDatabase, perWorkspace: number): QueueWork {
  return {
    add: async (run, delayMs) => {
      const id = await boss.send(queueName, run, {
        id: idOf(run.requestId),
        singletonKey: `${run.workspace}/${run.mapping}`,
        group: { id: groupOf(run.workspace) },
        ...delayed(delayMs),
      });
      return id !== null;
    },
    take: async (full) => {
      const [job] = await boss.fetch<QueuedRun>(queueName, {
        // Over several processes this may be exceeded by one or two; within one, `full` keeps it.
        groupConcurrency: perWorkspace,
        ignoreGroups: full.map(groupOf),
      });
      if (job === undefined) return null;
      return { run: job.data, claim: { id: job.id, retryCount: job.retryCount } };
    },
    keep: async (claims) => {
      if (claims.length === 0) return new Set();
      return idsIn(await boss.touch(queueName, [...claims]));
    },
    finish: async (claim) => {
      await boss.deleteJob(queueName, claim);
    },
    giveBack: async (claim, delayMs) => {
      const ours = idsIn(await boss.fail(queueName, claim, { message: "given back" }));
      // Should we die in between, it is taken a little early, which does no harm.
      if (delayMs > 0 && ours.has(claim.id))
        await boss.update(queueName, undefined, { id: claim.id, ...delayed(delayMs) });
    },
    depth: async () => {
      const { rows } = await database.executeSql(
        `select count(*) filter (where state < 'active')::int as queued,
          count(*) filter (where state = 'active')::int as active
          from ${queueSchema}.job where name = $1`,
        [queueName],
      );
      return { queued: Number(rows[0]?.["queued"]), active: Number(rows[0]?.["active"]) };
    },
  };
}

/** Seconds, which may be broken. */
function delayed(delayMs: number): { readonly startAfter?: string } {
  return delayMs > 0 ? { startAfter: `${delayMs / 1_000} seconds` } : {};
}

/** The queue knows its work by UUIDs. The same request has the same one, so that it cannot be queued twice. */
function idOf(requestId: string): string {
  const hex = digest(requestId);
  const ends = [0, 8, 12, 16, 20, 32];
  return ends
    .slice(1)
    .map((end, index) => hex.slice(ends[index], end))
    .join("-");
}

/** The library's answer names what it has touched, and its types do not say so. */
function idsIn(answer: object): ReadonlySet<string> {
  const settled: unknown = "settled" in answer ? answer.settled : undefined;
  if (!Array.isArray(settled)) throw new Error("the queue does not say what it has kept");
  return new Set(settled.map(String));
}
