import { and, type Database, eq, getTableColumns, sql } from "#drizzle";
import { type Binding, type BindingConflict, bindingConflict } from "../binding.ts";
import type { MappingName } from "../service-store.ts";
import type { Scope } from "./database.ts";
import { bindings, intents, links } from "./schema.ts";

/** Any constant that nothing else uses; it makes two processes that bind at once do so one after the other. */
const advisoryLock = 730_219_446_114;

const { workspace: _, ...ownColumns } = getTableColumns(bindings);

export async function allBindings({ database, workspace }: Scope): Promise<readonly Binding[]> {
  return database
    .select(ownColumns)
    .from(bindings)
    .where(eq(bindings.workspace, workspace))
    .orderBy(bindings.mapping);
}

/** Of one workspace, or of all. */
export async function boundMappings(
  database: Database,
  workspace: string | undefined,
): Promise<readonly MappingName[]> {
  return database
    .select({ workspace: bindings.workspace, mapping: bindings.mapping })
    .from(bindings)
    .where(workspace === undefined ? undefined : eq(bindings.workspace, workspace))
    .orderBy(bindings.workspace, bindings.mapping);
}

/** Stores the binding, or says what stands against it. The time of the first binding stays. */
export async function storeBinding(
  scope: Scope,
  binding: Binding,
): Promise<BindingConflict | null> {
  const { database, workspace } = scope;
  await database.execute(sql`select pg_advisory_xact_lock(${advisoryLock}::bigint)`);
  const conflict = bindingConflict(await allBindings(scope), binding);
  if (conflict) return conflict;
  const { accounts, systemOfRecord } = binding;
  await database
    .insert(bindings)
    .values({ ...binding, workspace })
    .onConflictDoUpdate({
      target: [bindings.workspace, bindings.mapping],
      set: { accounts, systemOfRecord },
    });
  return null;
}

export async function removeBinding(
  { database, workspace }: Scope,
  mapping: string,
): Promise<{ readonly links: number; readonly intents: number }> {
  const gone = await database
    .delete(links)
    .where(and(eq(links.workspace, workspace), eq(links.mapping, mapping)))
    .returning({ sourceId: links.sourceId });
  const asked = await database
    .delete(intents)
    .where(and(eq(intents.workspace, workspace), eq(intents.mapping, mapping)))
    .returning({ changeId: intents.changeId });
  await database
    .delete(bindings)
    .where(and(eq(bindings.workspace, workspace), eq(bindings.mapping, mapping)));
  return { links: gone.length, intents: asked.length };
}
