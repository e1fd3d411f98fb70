import { and, type Database, eq, lt } from "#drizzle";
import type {
  AutosyncSwitch,
  Notified,
  Override,
  ServiceStore,
  Slot,
} from "../../service-store.ts";
import { notifications, overrides, slots, switches } from "./schema.ts";

/* What is kept by mapping: values that people have set, and what was told last. */

export async function overridesOf(
  database: Database,
  workspace: string | undefined,
): Promise<readonly Override[]> {
  return database
    .select()
    .from(overrides)
    .where(workspace === undefined ? undefined : eq(overrides.workspace, workspace))
    .orderBy(overrides.workspace, overrides.mapping, overrides.variable);
}

export async function setOverride(database: Database, override: Override): Promise<void> {
  await database
    .insert(overrides)
    .values(override)
    .onConflictDoUpdate({
      target: [overrides.workspace, overrides.mapping, overrides.variable],
      set: override,
    });
}

export async function removeOverride(
  database: Database,
  key: Parameters<ServiceStore["removeOverride"]>[0],
): Promise<boolean> {
  const removed = await database
    .delete(overrides)
    .where(
      and(
        eq(overrides.workspace, key.workspace),
        eq(overrides.mapping, key.mapping),
        eq(overrides.variable, key.variable),
      ),
    )
    .returning({ variable: overrides.variable });
  return removed.length > 0;
}

export async function switchesOf(
  database: Database,
  workspace: string | undefined,
): Promise<readonly AutosyncSwitch[]> {
  return database
    .select()
    .from(switches)
    .where(workspace === undefined ? undefined : eq(switches.workspace, workspace))
    .orderBy(switches.workspace, switches.mapping);
}

export async function setSwitch(database: Database, one: AutosyncSwitch): Promise<void> {
  await database
    .insert(switches)
    .values(one)
    .onConflictDoUpdate({ target: [switches.workspace, switches.mapping], set: one });
}

export async function removeSwitch(
  database: Database,
  key: Parameters<ServiceStore["removeSwitch"]>[0],
): Promise<boolean> {
  const removed = await database
    .delete(switches)
    .where(and(eq(switches.workspace, key.workspace), eq(switches.mapping, key.mapping)))
    .returning({ mapping: switches.mapping });
  return removed.length > 0;
}

export async function allSlots(database: Database): Promise<readonly Slot[]> {
  return database.select().from(slots).orderBy(slots.workspace, slots.mapping);
}

/** Two processes that claim one slot meet at the key: the second one finds it no later than the stored one. */
export async function claimSlot(database: Database, slot: Slot): Promise<boolean> {
  const claimed = await database
    .insert(slots)
    .values(slot)
    .onConflictDoUpdate({
      target: [slots.workspace, slots.mapping],
      set: { at: slot.at },
      setWhere: lt(slots.at, slot.at),
    })
    .returning({ mapping: slots.mapping });
  return claimed.length > 0;
}

export async function notifiedOf(
  database: Database,
  workspace: string,
  mapping: string,
): Promise<Notified | null> {
  const [row] = await database
    .select()
    .from(notifications)
    .where(and(eq(notifications.workspace, workspace), eq(notifications.mapping, mapping)));
  return row ?? null;
}

export async function setNotified(database: Database, one: Notified): Promise<void> {
  await database
    .insert(notifications)
    .values(one)
    .onConflictDoUpdate({ target: [notifications.workspace, notifications.mapping], set: one });
}
