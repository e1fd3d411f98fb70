import { type Database, eq, sql } from "#drizzle";
import { type Binding, type BindingConflict, bindingConflict } from "../binding.ts";
import { bindings, intents, links } from "./schema.ts";

/** Any constant that nothing else uses; it makes two processes that bind at once do so one after the other. */
const advisoryLock = 730_219_446_114;

export async function allBindings(database: Database): Promise<readonly Binding[]> {
  return database.select().from(bindings).orderBy(bindings.mapping);
}

/** Stores the binding, or says what stands against it. The time of the first binding stays. */
export async function storeBinding(
  database: Database,
  binding: Binding,
): Promise<BindingConflict | null> {
  await database.execute(sql`select pg_advisory_xact_lock(${advisoryLock}::bigint)`);
  const conflict = bindingConflict(await allBindings(database), binding);
  if (conflict) return conflict;
  const { accounts, systemOfRecord } = binding;
  await database
    .insert(bindings)
    .values(binding)
    .onConflictDoUpdate({ target: bindings.mapping, set: { accounts, systemOfRecord } });
  return null;
}

export async function removeBinding(
  database: Database,
  mapping: string,
): Promise<{ readonly links: number; readonly intents: number }> {
  const gone = await database.delete(links).where(eq(links.mapping, mapping)).returning({
    sourceId: links.sourceId,
  });
  const asked = await database
    .delete(intents)
    .where(eq(intents.mapping, mapping))
    .returning({ changeId: intents.changeId });
  await database.delete(bindings).where(eq(bindings.mapping, mapping));
  return { links: gone.length, intents: asked.length };
}
