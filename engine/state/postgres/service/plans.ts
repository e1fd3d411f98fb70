import { and, type Database, eq, inArray } from "#drizzle";
import type { PlanDecision, PlanKey, PlanStatus, StoredPlan } from "../../service-store.ts";
import { unpackPlan } from "./packed-plan.ts";
import { present } from "./present.ts";
import { plans } from "./schema.ts";

/** The plan is packed beforehand, so that the transaction does not wait for it. */
export async function storePlan(
  database: Database,
  { plan, ...stored }: StoredPlan,
  packed: Uint8Array,
): Promise<void> {
  await database
    .insert(plans)
    .values({ ...stored, id: plan.id, createdAt: new Date(plan.header.createdAt), packed })
    .onConflictDoNothing({ target: [plans.workspace, plans.id] });
}

export async function onePlan(database: Database, key: PlanKey): Promise<StoredPlan | null> {
  const [row] = await database.select().from(plans).where(isThis(key));
  if (row === undefined) return null;
  const { id: _, createdAt: __, packed, ...stored } = row;
  return { ...present(stored), plan: await unpackPlan(packed) };
}

export async function decisionAbout(
  database: Database,
  key: PlanKey,
): Promise<PlanDecision | null> {
  const { status, decidedBy, decidedAt, approved } = plans;
  const [row] = await database
    .select({ status, decidedBy, decidedAt, approved })
    .from(plans)
    .where(isThis(key));
  return row ? present(row) : null;
}

export async function decidePlan(
  database: Database,
  key: PlanKey,
  from: readonly PlanStatus[],
  decision: PlanDecision,
): Promise<boolean> {
  const decided = await database
    .update(plans)
    .set(decision)
    .where(and(isThis(key), inArray(plans.status, [...from])))
    .returning({ id: plans.id });
  return decided.length > 0;
}

function isThis({ workspace, planId }: PlanKey) {
  return and(eq(plans.workspace, workspace), eq(plans.id, planId));
}
