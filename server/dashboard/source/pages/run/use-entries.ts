import { useEffect } from "preact/hooks";
import { api, type EntryView } from "../../api/client.ts";
import { subscribe } from "../../api/events.ts";
import { type Sequence, useSequence } from "../../api/use-sequence.ts";
import { type EntryGroup, entryGroups } from "./entry-groups.ts";

/** Entries that are read at one time: as many as the service gives. */
const pageEntries = 500;

/** What became of the records of a run, read as far as somebody scrolls, growing while it goes on. */
export function useEntries(runId: string, group: EntryGroup, search: string): Sequence<EntryView> {
  const { statuses } = entryGroups[group];
  const list = useSequence<EntryView, number>(`${runId} ${group} ${search}`, async (from = 0) => {
    const reply = await api.entries(runId, {
      from,
      limit: pageEntries,
      ...(statuses === undefined ? {} : { statuses }),
      ...(search === "" ? {} : { search }),
    });
    if (!reply.ok) return reply;
    const { entries, next } = reply.value;
    const last = entries.at(-1);
    return {
      ok: true,
      value: { rows: entries, next, end: last === undefined ? from : last.position + 1 },
    };
  });
  const { extend } = list;
  useEffect(
    () =>
      subscribe((happened) => {
        if (happened === undefined || happened.requestId === runId) extend();
      }),
    [runId, extend],
  );
  return list;
}
