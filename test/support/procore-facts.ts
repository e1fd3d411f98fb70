import { readFileSync } from "node:fs";
import type { ServedRequest } from "../../connectors/http/simulator/simulator.ts";

/*
 * What Procore's published description says about the operations that the connector uses and the simulator serves
 * (`procore-facts.json`), and what of a request or an answer does not agree with it.
 */

/** The JSON type of a property, or the properties of an object (`*`: of any name), or the one shape of a list's elements. */
export type Shape = string | readonly Shape[] | { readonly [name: string]: Shape };

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query?: readonly string[];
  readonly contentType?: string;
  readonly body?: Shape;
  readonly status: number;
  readonly answer?: Shape;
}

const facts = JSON.parse(
  readFileSync(new URL("./procore-facts.json", import.meta.url), "utf8"),
) as { readonly operations: readonly Operation[] };

export const operations = facts.operations;

export function operationOf(method: string, url: string): Operation | undefined {
  const path = url.replace(/\?.*$/s, "");
  const matches = operations.filter((operation) => {
    const pattern = operation.path.replaceAll(/\{\w+\}/g, "[^/]+");
    return operation.method === method && new RegExp(`^${pattern}$`).test(path);
  });
  // `users/sync` is also of the form `users/{id}`.
  return matches.find((operation) => operation.path === path) ?? narrowest(matches);
}

function narrowest(matches: readonly Operation[]): Operation | undefined {
  const holes = (path: string) => path.split("{").length;
  return matches.toSorted((one, other) => holes(one.path) - holes(other.path))[0];
}

/** Everything in which a request departs from the description. */
export function departures(request: ServedRequest): readonly string[] {
  const operation = operationOf(request.method, request.url);
  if (!operation) return [`${request.method} ${request.url} is not described`];
  const query = [...new URL(request.url, "http://localhost").searchParams.keys()];
  const unknown = query.filter((name) => !operation.query?.includes(name));
  const type = operation.contentType;
  return [
    ...unknown.map((name) => `the parameter ${name} is not described`),
    ...(type && request.headers["content-type"]?.split(";")[0] !== type ? [`is no ${type}`] : []),
    ...(operation.body ? misfits(request.body, operation.body, "body") : []),
  ];
}

/** Where a value is not of this shape. Null fits everywhere: the description is silent about it. */
export function misfits(value: unknown, shape: Shape, place: string): readonly string[] {
  if (value === null) return [];
  if (typeof shape === "string") return fits(value, shape) ? [] : [`${place} is no ${shape}`];
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${place} is no list`];
    return value.flatMap((element) => misfits(element, shape[0] ?? {}, `${place}[]`));
  }
  if (typeof value !== "object") return [`${place} is no object`];
  return Object.entries(value).flatMap(([name, part]) => {
    const known = shape[name] ?? shape["*"];
    return known === undefined
      ? [`${place}.${name} is not described`]
      : misfits(part, known, `${place}.${name}`);
  });
}

function isList(shape: Shape): shape is readonly Shape[] {
  return Array.isArray(shape);
}

function fits(value: unknown, type: string): boolean {
  if (type === "integer") return Number.isSafeInteger(value);
  return typeof value === type;
}
