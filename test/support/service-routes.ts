import { fakeIds } from "./service-fake.ts";
import type { Method } from "./service-http.ts";

/* Every route of the API with a request that succeeds. */

export interface Route {
  readonly method: Method;
  /** As the API's document has it. */
  readonly path: string;
  /** Values for the parts of the path, and a query. */
  readonly at?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: object;
  readonly needs: "nobody" | "viewer" | "operator" | "admin";
  readonly status: number;
}

const mapping = { workspace: "northridge", mapping: "people" } as const;
const run = { id: fakeIds.long } as const;
const mappings = "/api/v1/workspaces/{workspace}/mappings/{mapping}";
const held = {
  mapping: "people",
  rule: "users",
  source: "wfp/people/P-1032",
  why: "Married.",
  decision: { kind: "link", target: "procore/users/70132" },
};

export const routes: readonly Route[] = [
  { method: "GET", path: "/health", needs: "nobody", status: 200 },
  { method: "GET", path: "/ready", needs: "nobody", status: 200 },
  { method: "GET", path: "/metrics", needs: "viewer", status: 200 },
  { method: "GET", path: "/api/v1/session", needs: "viewer", status: 200 },
  {
    method: "POST",
    path: "/api/v1/session",
    body: { token: "viewer-token" },
    needs: "nobody",
    status: 200,
  },
  { method: "DELETE", path: "/api/v1/session", needs: "viewer", status: 204 },
  { method: "GET", path: "/api/v1/workspaces", needs: "viewer", status: 200 },
  {
    method: "GET",
    path: "/api/v1/workspaces/{workspace}",
    at: { workspace: "northridge" },
    needs: "viewer",
    status: 200,
  },
  {
    method: "POST",
    path: "/api/v1/workspaces/{workspace}/connections/check",
    at: { workspace: "northridge" },
    needs: "operator",
    status: 200,
  },
  {
    method: "POST",
    path: `${mappings}/runs`,
    at: mapping,
    body: { purpose: "sync", allow: [] },
    needs: "operator",
    status: 202,
  },
  {
    method: "PUT",
    path: `${mappings}/autosync`,
    at: mapping,
    body: { isOn: false },
    needs: "operator",
    status: 200,
  },
  {
    method: "PUT",
    path: `${mappings}/variables/{variable}`,
    at: { ...mapping, variable: "people" },
    body: { value: "users-only" },
    needs: "operator",
    status: 200,
  },
  {
    method: "DELETE",
    path: `${mappings}/variables/{variable}`,
    at: { ...mapping, variable: "people" },
    needs: "operator",
    status: 200,
  },
  {
    method: "GET",
    path: `${mappings}/explain`,
    at: mapping,
    query: "record=70002",
    needs: "viewer",
    status: 200,
  },
  {
    method: "GET",
    path: "/api/v1/workspaces/{workspace}/held",
    at: { workspace: "northridge" },
    query: "mapping=people",
    needs: "viewer",
    status: 200,
  },
  {
    method: "POST",
    path: "/api/v1/workspaces/{workspace}/held",
    at: { workspace: "northridge" },
    body: held,
    needs: "operator",
    status: 200,
  },
  {
    method: "GET",
    path: "/api/v1/workspaces/{workspace}/records",
    at: { workspace: "northridge" },
    query: "address=wfp/people/P-1033&address=procore/users/70133&address=procore/users/70233",
    needs: "viewer",
    status: 200,
  },
  {
    method: "GET",
    path: "/api/v1/workspaces/{workspace}/history",
    at: { workspace: "northridge" },
    query: "address=wfp/people/P-1002",
    needs: "viewer",
    status: 200,
  },
  {
    method: "GET",
    path: "/api/v1/runs",
    query: "workspace=northridge&mapping=people&status=waiting&status=partial&limit=2",
    needs: "viewer",
    status: 200,
  },
  { method: "GET", path: "/api/v1/runs/{id}", at: run, needs: "viewer", status: 200 },
  {
    method: "GET",
    path: "/api/v1/runs/{id}/entries",
    at: run,
    query: "limit=500&from=10",
    needs: "viewer",
    status: 200,
  },
  { method: "GET", path: "/api/v1/runs/{id}/log.txt", at: run, needs: "viewer", status: 200 },
  { method: "GET", path: "/api/v1/runs/{id}/log.csv", at: run, needs: "viewer", status: 200 },
  { method: "GET", path: "/api/v1/runs/{id}/log.ndjson", at: run, needs: "viewer", status: 200 },
  {
    method: "GET",
    path: "/api/v1/runs/{id}/plan",
    at: { id: fakeIds.waiting },
    needs: "viewer",
    status: 200,
  },
  {
    method: "GET",
    path: "/api/v1/runs/{id}/plan/summary",
    at: { id: fakeIds.waiting },
    needs: "viewer",
    status: 200,
  },
  {
    method: "GET",
    path: "/api/v1/runs/{id}/plan/changes",
    at: { id: fakeIds.waiting },
    needs: "viewer",
    status: 200,
  },
  {
    method: "GET",
    path: "/api/v1/runs/{id}/plan/held",
    at: { id: fakeIds.waiting },
    needs: "viewer",
    status: 200,
  },
  {
    method: "POST",
    path: "/api/v1/runs/{id}/cancel",
    at: { id: fakeIds.running },
    needs: "operator",
    status: 200,
  },
  {
    method: "POST",
    path: "/api/v1/runs/{id}/approve",
    at: { id: fakeIds.waiting },
    body: { changes: ["retire-1", "create-21"], allow: ["people:too-many-retires"] },
    needs: "operator",
    status: 200,
  },
  {
    method: "POST",
    path: "/api/v1/runs/{id}/reject",
    at: { id: fakeIds.large },
    needs: "operator",
    status: 200,
  },
  { method: "GET", path: "/api/v1/tokens", needs: "admin", status: 200 },
  {
    method: "POST",
    path: "/api/v1/tokens",
    body: {
      name: "CI",
      role: "viewer",
      workspaces: ["-", "harbor"],
      expiresAt: "2027-01-31T00:00:00Z",
    },
    needs: "admin",
    status: 201,
  },
  {
    method: "DELETE",
    path: "/api/v1/tokens/{id}",
    at: { id: "t-viewer" },
    needs: "admin",
    status: 200,
  },
];

export function addressOf({ path, at = {}, query }: Route): string {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => at[name] ?? "");
  return query === undefined ? filled : `${filled}?${query}`;
}
