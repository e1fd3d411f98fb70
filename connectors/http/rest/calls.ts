import { widened } from "../day-window.ts";
import type { HttpRequest, QueryValue } from "../http.ts";
import type { Limits, ListShape, PagingShape, RestDefinition, StreamShape } from "./definition.ts";
import { type Place, pageParameters } from "./page.ts";
import type { Body } from "./path.ts";
import type { Parameters } from "./record.ts";

/* Every call that a definition describes, and nothing about what is done with the answers. */

export type Prepared = Omit<HttpRequest, "signal">;

export function pagingOf(definition: RestDefinition, list: ListShape): PagingShape {
  return { ...definition.paging, ...list.paging };
}

/** The call for a page of a list. */
export function listCall(
  definition: RestDefinition,
  { list }: StreamShape,
  at: { readonly place: Place; readonly parameters: Parameters; readonly limits?: Limits },
): Prepared {
  const { place, parameters, limits = {} } = at;
  const address = addressOf(definition, list.path, parameters);
  const base = { ...address, method: list.method, repeat: "harmless" } as const;
  if (place.kind === "address") return { ...base, path: place.address };
  const query = {
    ...constants(list.query),
    ...limitParameters(list, limits),
    ...pageParameters(place, pagingOf(definition, list)),
  };
  return list.method === "POST" ? { ...base, body: query } : { ...base, query };
}

function constants(query: ListShape["query"]): Readonly<Record<string, QueryValue>> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

/**
 * A limit for which the system has no parameter is not sent; the answer then holds more than was asked for. It also does
 * for a day on each side, because a definition cannot prove that a system includes both ends and counts days as we do.
 */
function limitParameters(
  { since, window }: ListShape,
  limits: Limits,
): Readonly<Record<string, QueryValue>> {
  const days = limits.window && widened(limits.window);
  return {
    ...(since !== null && limits.since !== undefined && { [since]: limits.since }),
    ...(window !== null && days && { [window.from]: days.from, [window.to]: days.to }),
  };
}

/** The call for one record. 404 is an answer. */
export function getCall(definition: RestDefinition, path: string, id: string): Prepared {
  const address = addressOf(definition, path, { id });
  return { ...address, method: "GET", repeat: "harmless", accept: [404] };
}

export function createCall(definition: RestDefinition, path: string, body: Body): Prepared {
  const { idempotencyHeader, idempotencyHonoured } = definition.writing;
  const recognised = idempotencyHeader !== null && idempotencyHonoured;
  const address = addressOf(definition, path, {});
  return { ...address, method: "POST", body, repeat: recognised ? "harmless" : "once" };
}

export function updateCall(
  definition: RestDefinition,
  path: string,
  update: { readonly method: "PATCH" | "PUT"; readonly id: string; readonly body: Body },
): Prepared {
  const { method, id, body } = update;
  return { ...addressOf(definition, path, { id }), method, body, repeat: "harmless" };
}

/** Path and template; `{name}` in a path stands for a parameter. */
function addressOf(
  { prefix }: RestDefinition,
  path: string,
  parameters: Parameters,
): Pick<HttpRequest, "path" | "template"> {
  const whole = `${prefix}${path}`;
  return {
    path: whole.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(parameters[name] ?? ""),
    ),
    template: whole.replace(/\{\w+\}/g, "{id}"),
  };
}
