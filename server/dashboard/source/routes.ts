/* Every page has an address of its own. The unnamed workspace, that of a service with one project, is written "-". */

export type WorkspacePage = "overview" | "runs" | "held" | "settings" | "connections" | "record";

export type Route = { readonly query: URLSearchParams } & (
  | { readonly page: "workspaces" }
  | { readonly page: WorkspacePage; readonly workspace: string }
  | { readonly page: "run" | "plan"; readonly id: string }
  | { readonly page: "sign-in" | "tokens" | "nothing" }
);

export type Page = Route["page"];

const workspacePages: readonly WorkspacePage[] = [
  "runs",
  "held",
  "settings",
  "connections",
  "record",
];

export function routeOf(path: string, search: string): Route {
  const query = new URLSearchParams(search);
  const parts = path.split("/").filter((part) => part !== "");
  const [first, second, third] = parts;
  if (first === undefined) return { page: "workspaces", query };
  if (parts.length === 1 && (first === "sign-in" || first === "tokens")) {
    return { page: first, query };
  }
  const name = second === undefined ? null : decoded(second);
  if (name === null || parts.length > 3) return { page: "nothing", query };
  if (first === "w") {
    const workspace = name === "-" ? "" : name;
    if (third === undefined) return { page: "overview", workspace, query };
    const page = workspacePages.find((each) => each === third);
    return page === undefined ? { page: "nothing", query } : { page, workspace, query };
  }
  if (first === "runs" && third === undefined) return { page: "run", id: name, query };
  if (first === "runs" && third === "plan") return { page: "plan", id: name, query };
  return { page: "nothing", query };
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** The part of an address, or of a path of the API, that stands for a workspace. */
export function workspacePart(workspace: string): string {
  return workspace === "" ? "-" : encodeURIComponent(workspace);
}

type Query = Readonly<Record<string, string | undefined>>;

/** The address of a page of a workspace. What is empty or undefined of the query is left out. */
export function workspacePath(workspace: string, page: WorkspacePage, query: Query = {}): string {
  const base = `/w/${workspacePart(workspace)}`;
  return withQuery(page === "overview" ? base : `${base}/${page}`, query);
}

export function runPath(id: string, query: Query = {}): string {
  return withQuery(`/runs/${encodeURIComponent(id)}`, query);
}

export function planPath(id: string, query: Query = {}): string {
  return withQuery(`/runs/${encodeURIComponent(id)}/plan`, query);
}

export function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter(
    (each): each is [string, string] => each[1] !== undefined && each[1] !== "",
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
