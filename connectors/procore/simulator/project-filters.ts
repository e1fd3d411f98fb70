import type { Query } from "./listing.ts";
import { isActiveProject, type Project } from "./project.ts";
import { displayName } from "./project-rows.ts";
import { isWithin, parseSpan } from "./span.ts";

export const projectListQuery: readonly string[] = [
  "company_id",
  "page",
  "per_page",
  "view",
  "sort",
  "filters[by_status]",
  "filters[id]",
  "filters[id][]",
  "filters[name]",
  "filters[project_number]",
  "filters[origin_id]",
  "filters[synced]",
  "filters[is_demo]",
  "filters[template]",
  "filters[created_at]",
  "filters[updated_at]",
];

type Selected =
  | { readonly ok: true; readonly projects: readonly Project[] }
  | { readonly ok: false; readonly wrong: string };

type Filter = (project: Project) => boolean;

const statuses: Readonly<Record<string, Filter>> = {
  Active: isActiveProject,
  Inactive: (project) => !isActiveProject(project),
  All: () => true,
};

/** Active ones only, unless the query says otherwise (documented). Filters combine: a project has to pass all of them. */
export function selectProjects(projects: readonly Project[], query: Query): Selected {
  const status = statuses[query["filters[by_status]"] ?? "Active"];
  if (!status) return { ok: false, wrong: "filters[by_status] must be All, Active or Inactive" };
  const order = orderOf(query["sort"]);
  if (!order) return { ok: false, wrong: "sort must be name or display_name" };
  const spans: Filter[] = [];
  for (const name of ["created_at", "updated_at"] as const) {
    const text = query[`filters[${name}]`];
    if (text === undefined) continue;
    const span = parseSpan(text);
    if (!span)
      return { ok: false, wrong: `filters[${name}] needs two times with ... between them` };
    spans.push((project) => isWithin(Date.parse(project[name]), span));
  }
  const filters = [status, ...spans, ...plainFilters(query)];
  const selected = projects.filter((project) => filters.every((filter) => filter(project)));
  return { ok: true, projects: selected.sort(order) };
}

/** Texts are compared whole (assumed). */
function plainFilters(query: Query): readonly Filter[] {
  const texts = ["name", "project_number", "origin_id"].map((name): Filter => {
    const wanted = query[`filters[${name}]`];
    return ({ attributes }) => wanted === undefined || attributes[name] === wanted;
  });
  const ids = (query["filters[id][]"] ?? query["filters[id]"])?.split(",");
  const synced = query["filters[synced]"];
  const demo = query["filters[is_demo]"];
  // That templates come only to those who ask for them is assumed.
  const template = query["filters[template]"] ?? "false";
  return [
    ...texts,
    ({ id }) => ids === undefined || ids.includes(String(id)),
    ({ attributes }) => synced !== "true" || attributes["origin_id"] !== null,
    ({ attributes }) => demo === undefined || String(attributes["is_demo"]) === demo,
    ({ attributes }) => String(attributes["template"]) === template,
  ];
}

type Order = (one: Project, other: Project) => number;

const sortedBy: Readonly<Record<string, (project: Project) => string>> = {
  name: ({ attributes }) => String(attributes["name"]),
  display_name: displayName,
};

/** By id where nothing else is asked for, and among equals. */
function orderOf(sort: string | undefined): Order | null {
  if (sort === undefined) return (one, other) => one.id - other.id;
  const text = sortedBy[sort.replace(/^-/, "")];
  if (!text) return null;
  const sign = sort.startsWith("-") ? -1 : 1;
  return (one, other) => {
    const [a, b] = [text(one), text(other)];
    return a === b ? one.id - other.id : sign * (a < b ? -1 : 1);
  };
}
