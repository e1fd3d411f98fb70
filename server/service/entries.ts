import type { RunEntry, StateStore } from "../../engine/state/store.ts";
import { addressText } from "../../engine/value/address.ts";
import type { EntryPage, EntryView, Service } from "../service.ts";
import { admitToRequest } from "./admit.ts";
import { fine } from "./answer.ts";
import type { ServiceDeps } from "./deps.ts";
import { batchesOf, type PlacedRun, placedRuns } from "./run-positions.ts";
import { runsOf } from "./run-views.ts";

/** Entries of one page. */
const pageMax = 1_000;

/** Entries that one question looks through. Where few of very many fit, the page ends there and says where to go on. */
const lookedAtMax = 20_000;

interface Page {
  readonly entries: readonly EntryView[];
  readonly next?: number;
}

/** What became of the records of a request, over all its runs. */
export function entriesPart(deps: ServiceDeps): Pick<Service, "entries"> {
  return {
    async entries(actor, id, page) {
      const admitted = await admitToRequest(deps, actor, "viewer", id);
      if (!admitted.ok) return admitted;
      const store = deps.state.workspace(admitted.value.workspace);
      const placed = await placedRuns(store, await runsOf(deps, admitted.value));
      return fine(await pageOf(store, placed, page));
    },
  };
}

async function pageOf(
  store: StateStore,
  runs: readonly PlacedRun[],
  page: EntryPage,
): Promise<Page> {
  const { from, statuses, search = "" } = page;
  const limit = Math.min(Math.max(page.limit, 1), pageMax);
  const isMeant = searched(search);
  const entries: EntryView[] = [];
  let lookedAt = 0;
  for (const [index, { run, base }] of runs.entries()) {
    const end = runs[index + 1]?.base ?? Number.POSITIVE_INFINITY;
    if (end <= from) continue;
    for await (const batch of batchesOf(store, run.runId, Math.max(from - base, 0), statuses)) {
      for (const entry of batch) {
        const position = base + entry.sequence;
        const isFull = entries.length === limit;
        if (lookedAt >= lookedAtMax || (isFull && isMeant(entry))) {
          return { entries, next: position };
        }
        lookedAt += 1;
        if (isMeant(entry)) entries.push({ ...entry, position, runId: run.runId });
      }
    }
  }
  return { entries };
}

function searched(search: string): (entry: RunEntry) => boolean {
  const word = search.trim().toLowerCase();
  return (entry) => word === "" || textsOf(entry).some((text) => text.toLowerCase().includes(word));
}

function textsOf({ label, source, target, reason, code }: RunEntry): readonly string[] {
  return [label, addressText(source), target ? addressText(target) : "", reason, code ?? ""];
}
