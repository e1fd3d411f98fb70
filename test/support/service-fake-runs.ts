import { openStatuses, type RunRequest } from "../../engine/state/service-store.ts";
import { addressText } from "../../engine/value/address.ts";
import type { Actor, Answer, EntryView, Service } from "../../server/service.ts";
import { fakeRequest } from "./service-fake-history.ts";
import {
  entriesOf,
  type FakeState,
  put,
  putMapping,
  runsOf,
  workspaceView,
} from "./service-fake-state.ts";
import {
  fine,
  mustBe,
  noMapping,
  noRun,
  noWorkspace,
  type Refused,
  refused,
  sees,
} from "./service-fake-trouble.ts";

type RunsPart = Pick<
  Service,
  | "workspaces"
  | "workspace"
  | "startRun"
  | "cancelRun"
  | "runs"
  | "run"
  | "entries"
  | "log"
  | "plan"
  | "approve"
  | "reject"
>;

/** Workspaces and runs. */
export function fakeRunsService(state: FakeState): RunsPart {
  return {
    async workspaces(actor) {
      return state.workspaces
        .filter(({ name }) => sees(actor, name))
        .map((workspace) => workspaceView(state, workspace));
    },
    async workspace(actor, name) {
      const found = state.workspaces.find((each) => each.name === name && sees(actor, name));
      return found ? fine(workspaceView(state, found)) : noWorkspace(name);
    },
    startRun: async (actor, what) => start(state, actor, what),
    async cancelRun(actor, id) {
      const found = mustBe(actor, "operator") ?? find(state, actor, id);
      if (!found.ok) return found;
      const request = found.value;
      if (!openStatuses.includes(request.status)) {
        return refused(409, "request-ended", `The run has ended already: it is ${request.status}.`);
      }
      const note = `${actor.name} has cancelled it.`;
      return fine(put(state, { ...request, status: "cancelled", note, finishedAt: state.now() }));
    },
    async runs(actor, { workspace, mapping, statuses, before, limit }) {
      const all = state.requests.filter(
        (request) =>
          sees(actor, request.workspace) &&
          (workspace === undefined || request.workspace === workspace) &&
          (mapping === undefined || request.mapping === mapping) &&
          (statuses === undefined || statuses.includes(request.status)),
      );
      const from = before === undefined ? 0 : all.findIndex(({ id }) => id === before) + 1;
      const runs = all.slice(from, from + limit);
      const next = from + limit < all.length ? runs.at(-1)?.id : undefined;
      return fine({ runs, ...(next === undefined ? {} : { next }) });
    },
    async run(actor, id) {
      const found = find(state, actor, id);
      if (!found.ok) return found;
      const stored = state.plans.get(id)?.();
      return fine({
        request: found.value,
        runs: runsOf(found.value),
        guards: stored?.plan.guards ?? [],
        ...(stored ? { plan: decision(stored) } : {}),
      });
    },
    ...fakeLogs(state),
    async plan(actor, id) {
      const found = find(state, actor, id);
      if (!found.ok) return found;
      const stored = state.plans.get(id)?.();
      return stored ? fine(stored) : refused(404, "plan-missing", "The run has no plan.");
    },
    approve: async (actor, id, what) => approve(state, actor, id, what),
    async reject(actor, id) {
      const found = mustBe(actor, "operator") ?? find(state, actor, id);
      if (!found.ok) return found;
      if (found.value.status !== "waiting") return notWaiting();
      decide(state, id, { status: "rejected", decidedBy: actor.name, decidedAt: state.now() });
      const note = `${actor.name} has rejected its plan.`;
      return fine(
        put(state, { ...found.value, status: "cancelled", note, finishedAt: state.now() }),
      );
    },
  };
}

function fakeLogs(state: FakeState): Pick<Service, "entries" | "log"> {
  return {
    async entries(actor, id, page) {
      const found = find(state, actor, id);
      return found.ok ? fine(entryPage(found.value, page)) : found;
    },
    async log(actor, id, format) {
      const found = find(state, actor, id);
      return found.ok ? fine(logPieces(found.value, format)) : found;
    },
  };
}

function start(
  state: FakeState,
  actor: Actor,
  what: Parameters<Service["startRun"]>[1],
): Answer<RunRequest> {
  const no = mustBe(actor, "operator");
  if (no) return no;
  const workspace = state.workspaces.find(
    ({ name }) => name === what.workspace && sees(actor, name),
  );
  if (!workspace) return noWorkspace(what.workspace);
  const mapping = workspace.mappings.find(({ name }) => name === what.mapping);
  if (!mapping) return noMapping(what.mapping);
  const queued = state.requests.find(
    (each) =>
      each.status === "queued" &&
      each.workspace === workspace.name &&
      each.mapping === mapping.name,
  );
  if (queued) return fine(queued);
  const autosync = { ...mapping.autosync, awaitsFirstRun: false };
  putMapping(state, workspace, { ...mapping, autosync });
  state.counters.requests += 1;
  const id = `asked-${state.counters.requests}`;
  const by = { requestedBy: actor.name, requestedAt: state.now(), status: "queued" } as const;
  return fine(put(state, fakeRequest(state.now(), { ...what, ...by, id })));
}

function approve(
  state: FakeState,
  actor: Actor,
  id: string,
  { changes, allow }: Parameters<Service["approve"]>[2],
): Answer<RunRequest> {
  const found = mustBe(actor, "operator") ?? find(state, actor, id);
  if (!found.ok) return found;
  const stored = state.plans.get(id)?.();
  if (found.value.status !== "waiting" || !stored) return notWaiting();
  const open = stored.plan.guards.filter((guard) => !allow.includes(guard.allow ?? ""));
  if (open[0]) return refused(409, "guard-not-named", open[0].message);
  const unknown = changes?.filter((each) => !stored.plan.changes.some((one) => one.id === each));
  if (unknown?.length) {
    return refused(422, "change-unknown", `The plan has no change "${unknown[0]}".`);
  }
  const approved = changes ? { approved: changes } : {};
  const by = { decidedBy: actor.name, decidedAt: state.now() };
  decide(state, id, { status: "approved", ...by, ...approved });
  const { note: _note, code: _code, ...request } = found.value;
  return fine(put(state, { ...request, status: "applying", allow }));
}

function decide(state: FakeState, id: string, what: ReturnType<typeof decision>): void {
  const stored = state.plans.get(id)?.();
  if (stored) state.plans.set(id, () => ({ ...stored, ...what }));
}

function decision(stored: Extract<Awaited<ReturnType<Service["plan"]>>, { ok: true }>["value"]) {
  const { plan: _plan, workspace: _workspace, requestId: _requestId, ...rest } = stored;
  return rest;
}

function notWaiting(): Refused {
  return refused(409, "plan-not-waiting", "The plan does not wait for a person any more.");
}

function find(state: FakeState, actor: Actor, id: string): Answer<RunRequest> {
  const found = state.requests.find((each) => each.id === id && sees(actor, each.workspace));
  return found ? fine(found) : noRun(id);
}

function entryPage(
  request: RunRequest,
  { from, limit, statuses, search }: Parameters<Service["entries"]>[2],
): { readonly entries: readonly EntryView[]; readonly next?: number } {
  const wanted = search?.toLowerCase();
  const matching = entriesOf(request)
    .map((entry, position) => ({ ...entry, position }))
    .filter((entry) => entry.position >= from && (!statuses || statuses.includes(entry.status)))
    .filter((entry) => {
      const texts = [entry.label, addressText(entry.source), entry.reason, entry.code ?? ""];
      return !wanted || texts.some((text) => text.toLowerCase().includes(wanted));
    });
  const next = matching[limit]?.position;
  return { entries: matching.slice(0, limit), ...(next === undefined ? {} : { next }) };
}

async function* logPieces(request: RunRequest, format: string): AsyncGenerator<string> {
  if (format === "txt") yield `Run ${request.id}\n\n`;
  if (format === "csv") yield "position,name,source,status,reason\r\n";
  for (const [position, entry] of entriesOf(request).entries()) {
    const source = addressText(entry.source);
    if (format === "ndjson") yield `${JSON.stringify({ position, ...entry })}\n`;
    else if (format === "csv") {
      yield `${position},${entry.label},${source},${entry.status},"${entry.reason}"\r\n`;
    } else yield `${entry.status.padEnd(12)}${entry.label}  ${source}  ${entry.reason}\n`;
  }
}
