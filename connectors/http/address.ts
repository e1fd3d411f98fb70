import type { HttpRequest, QueryValue } from "./http.ts";

/**
 * The URL of a request: the path stands below the base URL, or is an absolute URL of the same origin. Null when it
 * leads to another origin, where our credentials have no business, or when the base URL is not one of HTTP.
 */
export function urlOf(baseUrl: string, request: Pick<HttpRequest, "path" | "query">): URL | null {
  const base = parseBase(baseUrl);
  if (base === null) return null;
  const url = /^https?:\/\//i.test(request.path)
    ? URL.parse(request.path)
    : URL.parse(
        `${base.origin}${base.pathname.replace(/\/+$/, "")}/${request.path.replace(/^\/+/, "")}`,
      );
  if (url === null || url.origin !== base.origin || url.username || url.password) return null;
  for (const [name, value] of Object.entries(request.query ?? {}))
    for (const text of textsOf(value)) url.searchParams.append(name, text);
  url.hash = "";
  return url;
}

/** A base URL with a name and password in it is refused: it would end up in messages. */
function parseBase(baseUrl: string): URL | null {
  const base = URL.parse(baseUrl.trim());
  if (base === null || !/^https?:$/.test(base.protocol)) return null;
  return base.username || base.password ? null : base;
}

function textsOf(value: QueryValue): string[] {
  return typeof value === "object" ? value.map(String) : [String(value)];
}
