import type { Change, Held, Plan } from "../../../../engine/plan/plan.ts";
import type { RequestStatus, Role, StoredPlan } from "../../../../engine/state/service-store.ts";
import type { RunEntry } from "../../../../engine/state/store.ts";
import type { Value } from "../../../../engine/value/value.ts";
import type * as service from "../../../service.ts";
import { workspacePart } from "../routes.ts";
import { type Reply, read, write } from "./call.ts";
import type { Json } from "./json.ts";

/* The API of the service, one function a question. The types are the service's own. */

export type WorkspaceView = Json<service.WorkspaceView>;
export type MappingView = Json<service.MappingView>;
export type RunView = Json<service.RunView>;
export type RunRequest = RunView["request"];
export type EntryView = Json<service.EntryView>;
export type HeldView = Json<service.HeldView>;
export type HeldDecision = service.HeldDecision;
export type DecisionResult = Json<service.DecisionResult>;
export type RecordView = Json<service.RecordView>;
export type HistoryEntry = Json<service.HistoryEntry>;
export type ExplainView = Json<service.ExplainView>;
export type VariableView = Json<service.VariableView>;
export type ConnectionCheck = Json<
  Extract<Awaited<ReturnType<service.Service["checkConnections"]>>, { ok: true }>["value"][number]
>;
export type Token = Json<
  Extract<Awaited<ReturnType<service.Service["tokens"]>>, { ok: true }>["value"][number]
>;

export interface SessionView {
  readonly how: "token" | "session" | "loopback";
  readonly actor: service.Actor;
  readonly csrf?: string;
  /** Nobody needs a token: the service listens on this machine only and has none. */
  readonly isOpen: boolean;
}

export type PlanSummary = Json<
  Pick<
    StoredPlan,
    "status" | "decidedBy" | "decidedAt" | "approved" | "requestId" | "workspace"
  > & {
    readonly plan: Pick<
      Plan,
      | "id"
      | "header"
      | "digest"
      | "readings"
      | "rules"
      | "guards"
      | "findings"
      | "estimate"
      | "selection"
    >;
  }
> & {
  readonly counts: Readonly<Record<Change["kind"] | "held" | "passedOver", number>>;
};

export interface RunsQuery {
  readonly workspace?: string;
  readonly mapping?: string;
  readonly statuses?: readonly RequestStatus[];
  readonly before?: string;
  readonly limit?: number;
}

export interface EntriesQuery {
  readonly from: number;
  readonly limit: number;
  readonly statuses?: readonly RunEntry["status"][];
  readonly search?: string;
}

const root = "/api/v1";

function mappingBase(workspace: string, mapping: string): string {
  return `${root}/workspaces/${workspacePart(workspace)}/mappings/${encodeURIComponent(mapping)}`;
}

function workspaceBase(workspace: string): string {
  return `${root}/workspaces/${workspacePart(workspace)}`;
}

function runBase(id: string): string {
  return `${root}/runs/${encodeURIComponent(id)}`;
}

type Parameters = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** A list is written as the same name several times. */
function query(parameters: Parameters): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const list = typeof value === "object" ? value : [String(value)];
    return list.map((each): [string, string] => [name, each]);
  });
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}

export const api = {
  session: () => read<SessionView>(`${root}/session`),
  signIn: (token: string) => write<SessionView>("POST", `${root}/session`, { token }),
  signOut: () => write<undefined>("DELETE", `${root}/session`),

  workspaces: () => read<{ workspaces: readonly WorkspaceView[] }>(`${root}/workspaces`),
  workspace: (name: string) => read<WorkspaceView>(workspaceBase(name)),

  startRun: (
    at: service.MappingKey,
    what: { readonly purpose: "sync" | "link"; readonly allow: readonly string[] },
  ) => write<RunRequest>("POST", `${mappingBase(at.workspace, at.mapping)}/runs`, what),
  setAutosync: (at: service.MappingKey, isOn: boolean) =>
    write<MappingView>("PUT", `${mappingBase(at.workspace, at.mapping)}/autosync`, { isOn }),
  setVariable: (at: service.MappingKey, variable: string, value: Value) =>
    write<MappingView>("PUT", variablePath(at, variable), { value }),
  /** From now on as git says. */
  removeVariable: (at: service.MappingKey, variable: string) =>
    write<MappingView>("DELETE", variablePath(at, variable)),
  explain: (at: service.MappingKey, record: string) =>
    read<ExplainView>(`${mappingBase(at.workspace, at.mapping)}/explain${query({ record })}`),

  held: (workspace: string, mapping?: string) =>
    read<{ held: readonly HeldView[] }>(`${workspaceBase(workspace)}/held${query({ mapping })}`),
  decide: (
    workspace: string,
    about: {
      readonly mapping: string;
      readonly rule: string;
      readonly source: string;
      readonly why: string;
    },
    decision: HeldDecision,
  ) => write<DecisionResult>("POST", `${workspaceBase(workspace)}/held`, { ...about, decision }),
  checkConnections: (workspace: string) =>
    write<{ connections: readonly ConnectionCheck[] }>(
      "POST",
      `${workspaceBase(workspace)}/connections/check`,
    ),
  records: (workspace: string, addresses: readonly string[]) =>
    read<{ records: readonly RecordView[] }>(
      `${workspaceBase(workspace)}/records${query({ address: addresses })}`,
    ),
  history: (workspace: string, address: string) =>
    read<{ history: readonly HistoryEntry[] }>(
      `${workspaceBase(workspace)}/history${query({ address })}`,
    ),

  runs: ({ statuses, workspace, ...rest }: RunsQuery) =>
    read<{ runs: readonly RunRequest[]; next?: string }>(
      `${root}/runs${query({ ...rest, workspace: workspace === "" ? "-" : workspace, status: statuses })}`,
    ),
  run: (id: string) => read<RunView>(runBase(id)),
  entries: (id: string, { statuses, ...rest }: EntriesQuery) =>
    read<{ entries: readonly EntryView[]; next?: number }>(
      `${runBase(id)}/entries${query({ ...rest, status: statuses })}`,
    ),
  cancelRun: (id: string) => write<RunRequest>("POST", `${runBase(id)}/cancel`),
  approve: (
    id: string,
    what: { readonly changes?: readonly string[]; readonly allow: readonly string[] },
  ) => write<RunRequest>("POST", `${runBase(id)}/approve`, what),
  reject: (id: string) => write<RunRequest>("POST", `${runBase(id)}/reject`),

  planSummary: (id: string) => read<PlanSummary>(`${runBase(id)}/plan/summary`),
  planChanges: (
    id: string,
    page: {
      readonly from: number;
      readonly limit: number;
      readonly kind?: Change["kind"];
      readonly search?: string;
    },
  ) =>
    read<{ changes: readonly Json<Change>[]; total: number; next?: number }>(
      `${runBase(id)}/plan/changes${query(page)}`,
    ),
  planHeld: (
    id: string,
    page: { readonly from: number; readonly limit: number; readonly search?: string },
  ) =>
    read<{ held: readonly Json<Held>[]; total: number; next?: number }>(
      `${runBase(id)}/plan/held${query(page)}`,
    ),

  tokens: () => read<{ tokens: readonly Token[] }>(`${root}/tokens`),
  createToken: (token: {
    readonly name: string;
    readonly role: Role;
    readonly workspaces?: readonly string[];
    readonly expiresAt?: string;
  }) => write<{ token: Token; text: string }>("POST", `${root}/tokens`, token),
  revokeToken: (id: string) => write<Token>("DELETE", `${root}/tokens/${encodeURIComponent(id)}`),
} as const satisfies Readonly<Record<string, (...given: never[]) => Promise<Reply<unknown>>>>;

function variablePath(at: service.MappingKey, variable: string): string {
  return `${mappingBase(at.workspace, at.mapping)}/variables/${encodeURIComponent(variable)}`;
}

/** Where the log of a run can be downloaded. */
export function logPath(id: string, format: "txt" | "csv" | "ndjson"): string {
  return `${runBase(id)}/log.${format}`;
}
