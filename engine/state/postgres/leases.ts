import { and, type Database, eq, type SQL, sql } from "#drizzle";
import { type Lease, LeaseLostError, type LeaseResult } from "../store.ts";
import type { Scope } from "./database.ts";
import { leases } from "./schema.ts";
import { isOneOf } from "./unnest.ts";

/**
 * One statement, so that two processes that ask at once cannot both get it: the row says afterwards whose it is. The
 * clock is read once, before we wait for the row: read again later, it could give each column another answer.
 */
export async function acquireLease(
  { database, workspace }: Scope,
  now: SQL,
  wanted: { readonly name: string; readonly holder: string; readonly ttlMs: number },
): Promise<LeaseResult> {
  const { name, holder, ttlMs } = wanted;
  const ttl = sql`make_interval(secs => ${ttlMs / 1000}::float8)`;
  const until = sql`${now} + ${ttl}`;
  const expired = sql`${leases.until} <= excluded.until - ${ttl}`;
  const mine = sql`${leases.holder} = excluded.holder`;
  const rows = await database
    .insert(leases)
    .values({ workspace, name, holder, token: 1, until })
    .onConflictDoUpdate({
      target: [leases.workspace, leases.name],
      set: {
        token: sql`case when ${expired} then ${leases.token} + 1 else ${leases.token} end`,
        until: sql`case when ${expired} or ${mine} then excluded.until else ${leases.until} end`,
        holder: sql`case when ${expired} then excluded.holder else ${leases.holder} end`,
      },
    })
    .returning();
  const [row] = rows;
  if (!row) throw new Error(`The lease ${name} was neither inserted nor updated.`);
  if (row.holder !== holder) return { ok: false, holder: row.holder, until: row.until };
  return { ok: true, lease: { name, holder, token: row.token } };
}

/** The lease runs out now. One that is somebody else's by now stays as it is. */
export async function releaseLease({ database, workspace }: Scope, lease: Lease): Promise<void> {
  await database
    .update(leases)
    .set({ holder: "", until: sql`'-infinity'` })
    .where(
      and(
        eq(leases.workspace, workspace),
        eq(leases.name, lease.name),
        eq(leases.holder, lease.holder),
        eq(leases.token, lease.token),
      ),
    );
}

/** Every lease of every workspace runs out now. Only for a home that nobody else has open, where whoever held one is dead. */
export async function endLeases(database: Database): Promise<void> {
  await database.update(leases).set({ holder: "", until: sql`'-infinity'` });
}

/**
 * Holds the rows until the transaction ends: nobody can take a lease over while something is written under it. A lease
 * that ran out and that nobody took is still held, so that its holder can write down what it has done.
 */
export async function requireLeases(
  { database, workspace }: Scope,
  held: readonly Lease[],
): Promise<void> {
  if (held.length === 0) return;
  const rows = await database
    .select({ name: leases.name })
    .from(leases)
    .where(
      isOneOf(
        [leases.workspace, leases.name, leases.holder, leases.token],
        held.map((lease) => [workspace, lease.name, lease.holder, lease.token]),
      ),
    )
    .for("share");
  const found = new Set(rows.map((row) => row.name));
  for (const { name } of held) {
    if (!found.has(name)) {
      throw new LeaseLostError(`Another process has taken over "${name}". Nothing was written.`);
    }
  }
}
