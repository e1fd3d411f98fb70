import { and, eq, getTableColumns, sql } from "#drizzle";
import type { Link, StateStore } from "../store.ts";
import { fromSource, fromTarget, toSource, toTarget } from "./addresses.ts";
import type { Scope } from "./database.ts";
import { selectPacked } from "./packed.ts";
import { links } from "./schema.ts";
import { chunks, insertRows, isOneOf, unnest } from "./unnest.ts";

export interface SourceKey {
  readonly mapping: string;
  readonly rule: string;
  readonly sourceId: string;
}

const keyColumns = [links.workspace, links.mapping, links.rule, links.sourceId] as const;

export function linkKey(link: Link): SourceKey {
  return { mapping: link.mapping, rule: link.rule, sourceId: link.source.id };
}

const { workspace: _, ...ownColumns } = getTableColumns(links);

export async function linksOf(
  { database, workspace }: Scope,
  mapping: string,
): Promise<readonly Link[]> {
  const own = and(eq(links.workspace, workspace), eq(links.mapping, mapping));
  const rows = await selectPacked(database, links, ownColumns, own);
  return rows.map(fromRow);
}

/**
 * Removes all links with these keys, then stores the others: what counts is how the links stand in the end, so two
 * records may exchange their targets. A target that another source holds violates the index `links_target`.
 */
export async function replaceLinks(
  { database, workspace }: Scope,
  removed: readonly SourceKey[],
  stored: readonly Link[],
): Promise<void> {
  for (const chunk of chunks([...removed, ...stored.map(linkKey)])) {
    const keys = chunk.map((key) => [workspace, key.mapping, key.rule, key.sourceId]);
    await database.delete(links).where(isOneOf(keyColumns, keys));
  }
  for (const chunk of chunks(stored)) {
    const rows = chunk.map((link) => toRow(workspace, link));
    await insertRows(database, links, rows);
  }
}

/** Touches what the two sides agreed on, of links that still have this target. */
export async function refreshLinks(
  { database, workspace }: Scope,
  agreed: readonly Link[],
): Promise<void> {
  const columns = [
    ...keyColumns,
    links.targetConnection,
    links.targetStream,
    links.targetId,
    links.baseline,
    links.ruleDigest,
    links.writtenAt,
  ];
  for (const chunk of chunks(agreed)) {
    const rows = chunk.map((link) => {
      const { connection, stream, id } = link.target;
      const key = [workspace, link.mapping, link.rule, link.source.id];
      return [...key, connection, stream, id, link.baseline, link.ruleDigest, link.writtenAt];
    });
    await database
      .update(links)
      .set({
        baseline: sql`agreed.baseline`,
        ruleDigest: sql`agreed.rule_digest`,
        writtenAt: sql`agreed.written_at`,
      })
      .from(sql`(${unnest(columns, rows)}) as agreed`)
      .where(
        sql`(${links.workspace}, ${links.mapping}, ${links.rule}, ${links.sourceId}, ${links.targetConnection}, ${links.targetStream}, ${links.targetId})
          = (agreed.workspace, agreed.mapping, agreed.rule, agreed.source_id, agreed.target_connection, agreed.target_stream, agreed.target_id)`,
      );
  }
}

/** False when the target has a link of another source. */
export async function storeLink(scope: Scope, link: Link): Promise<boolean> {
  const { database, workspace } = scope;
  const row = toRow(workspace, link);
  const taken = await database
    .select({ rule: links.rule, sourceId: links.sourceId })
    .from(links)
    .where(
      and(
        eq(links.workspace, workspace),
        eq(links.mapping, row.mapping),
        eq(links.targetConnection, row.targetConnection),
        eq(links.targetStream, row.targetStream),
        eq(links.targetId, row.targetId),
      ),
    );
  if (taken.some((other) => other.rule !== row.rule || other.sourceId !== row.sourceId))
    return false;
  await database
    .insert(links)
    .values(row)
    .onConflictDoUpdate({ target: [...keyColumns], set: row });
  return true;
}

/**
 * The same for many, in a few statements. Who holds which target is looked up for all of them first and kept up while
 * they are gone through in their order, as if one had been stored after the other.
 */
export async function storeLinks(
  scope: Scope,
  given: readonly Link[],
): Promise<{ readonly stored: readonly Link[]; readonly refused: readonly Link[] }> {
  const mappings = [...new Set(given.map(({ mapping }) => mapping))];
  const held = new Map<string, Link>();
  const holders = new Map<string, string>();
  const put = (link: Link) => {
    const before = held.get(sourceText(link));
    if (before) holders.delete(targetText(before));
    held.set(sourceText(link), link);
    holders.set(targetText(link), sourceText(link));
  };
  for (const mapping of mappings) for (const link of await linksOf(scope, mapping)) put(link);
  const refused: Link[] = [];
  const changed = new Map<string, Link>();
  for (const link of given) {
    const holder = holders.get(targetText(link));
    if (holder !== undefined && holder !== sourceText(link)) {
      refused.push(link);
      continue;
    }
    put(link);
    changed.set(sourceText(link), link);
  }
  const stored = [...changed.values()];
  await replaceLinks(scope, [], stored);
  return { stored, refused };
}

function sourceText({ mapping, rule, source }: Link): string {
  return JSON.stringify([mapping, rule, source.id]);
}

function targetText({ mapping, target }: Link): string {
  return JSON.stringify([mapping, target.connection, target.stream, target.id]);
}

export async function removeLink(
  { database, workspace }: Scope,
  key: Parameters<StateStore["removeLink"]>[0],
): Promise<boolean> {
  const removed = await database
    .delete(links)
    .where(
      and(
        eq(links.workspace, workspace),
        eq(links.mapping, key.mapping),
        eq(links.rule, key.rule),
        eq(links.sourceId, key.sourceId),
      ),
    )
    .returning({ rule: links.rule });
  return removed.length > 0;
}

function toRow(workspace: string, link: Link): typeof links.$inferInsert {
  return {
    workspace,
    mapping: link.mapping,
    rule: link.rule,
    ...toSource(link.source),
    ...toTarget(link.target),
    origin: link.origin,
    baseline: link.baseline,
    ruleDigest: link.ruleDigest,
    writtenAt: link.writtenAt,
  };
}

function fromRow(row: Omit<typeof links.$inferSelect, "workspace">): Link {
  return {
    mapping: row.mapping,
    rule: row.rule,
    source: fromSource(row),
    target: fromTarget(row),
    origin: row.origin,
    baseline: row.baseline,
    ruleDigest: row.ruleDigest,
    writtenAt: row.writtenAt,
  };
}
