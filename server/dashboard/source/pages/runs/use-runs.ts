import { useEffect } from "preact/hooks";
import { api, type RunRequest } from "../../api/client.ts";
import { subscribe } from "../../api/events.ts";
import { type Sequence, useSequence } from "../../api/use-sequence.ts";
import { merged, type RunsFilter } from "./merge-runs.ts";
import { runGroups } from "./run-filter.ts";

/** Runs that are read at one time. */
const pageRuns = 50;

/** The runs of a workspace, newest first, as they change. */
export function useRuns({ workspace, mapping, group }: RunsFilter): Sequence<RunRequest> {
  const { statuses } = runGroups[group];
  const question = {
    workspace,
    limit: pageRuns,
    ...(mapping === "" ? {} : { mapping }),
    ...(statuses === undefined ? {} : { statuses }),
  };
  const key = JSON.stringify(question);
  const list = useSequence<RunRequest, string>(key, async (before) => {
    const reply = await api.runs({ ...question, ...(before === undefined ? {} : { before }) });
    if (!reply.ok) return reply;
    return { ok: true, value: { rows: reply.value.runs, next: reply.value.next } };
  });
  const { patch } = list;
  useEffect(() => {
    const filter = { workspace, mapping, group };
    return oneByOne(async (requestId) => {
      const changed = await readChanged(requestId, question);
      patch((rows) => merged(rows, changed, filter));
    }, workspace);
  }, [key, patch]);
  return list;
}

/** One run has changed: one is read. Nobody knows what has: the newest are read. */
async function readChanged(
  requestId: string | undefined,
  question: Parameters<typeof api.runs>[0],
): Promise<readonly RunRequest[]> {
  if (requestId === undefined) {
    const reply = await api.runs(question);
    return reply.ok ? reply.value.runs : [];
  }
  const reply = await api.run(requestId);
  return reply.ok ? [reply.value.request] : [];
}

/** So that no older answer comes after a newer one, and a run that changes often is not asked for all the time. */
function oneByOne(
  refresh: (requestId: string | undefined) => Promise<void>,
  workspace: string,
): () => void {
  const waiting = new Set<string | undefined>();
  let isBusy = false;
  const work = async () => {
    isBusy = true;
    for (const requestId of waiting) {
      waiting.delete(requestId);
      await refresh(requestId);
    }
    isBusy = false;
  };
  return subscribe((happened) => {
    if (happened !== undefined && happened.workspace !== workspace) return;
    waiting.add(happened?.requestId);
    if (!isBusy) void work();
  });
}
