import type { Link, Settlement } from "../store.ts";
import type { Scope } from "./database.ts";
import { addEntries } from "./entries.ts";
import { closeCreates, closeIntents } from "./intents.ts";
import { linkKey, replaceLinks, type SourceKey } from "./links.ts";

/** Links first, then intents, then entries: everything that writes keeps to this order, so that nothing deadlocks. */
export async function settle(
  scope: Scope,
  runId: string,
  settlements: readonly Settlement[],
): Promise<void> {
  const { removed, stored } = finalLinks(settlements);
  const closed = settlements.flatMap((one) => (one.closeIntent ? [one.changeId] : []));
  const linked = settlements.flatMap((one) => (one.link ? [linkKey(one.link)] : []));
  await replaceLinks(scope, removed, stored);
  await closeIntents(scope, closed);
  await closeCreates(scope, linked);
  await addEntries(
    scope,
    runId,
    settlements.map((one) => one.entry),
  );
}

/** Where several settlements touch the link of one source, the last one counts. */
function finalLinks(settlements: readonly Settlement[]): {
  readonly removed: readonly SourceKey[];
  readonly stored: readonly Link[];
} {
  const final = new Map<string, { readonly key: SourceKey; readonly link: Link | null }>();
  const put = (key: SourceKey, link: Link | null) =>
    final.set(JSON.stringify([key.mapping, key.rule, key.sourceId]), { key, link });
  for (const { link, unlink } of settlements) {
    if (unlink)
      put({ mapping: unlink.mapping, rule: unlink.rule, sourceId: unlink.source.id }, null);
    if (link) put(linkKey(link), link);
  }
  const ends = [...final.values()];
  return {
    removed: ends.flatMap(({ key, link }) => (link ? [] : [key])),
    stored: ends.flatMap(({ link }) => link ?? []),
  };
}
