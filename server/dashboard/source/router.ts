import { useEffect, useState } from "preact/hooks";
import { type Route, routeOf, withQuery } from "./routes.ts";

/* The addresses of the pages, as the browser has them. */

export type { Page, Route, WorkspacePage } from "./routes.ts";
export { planPath, runPath, withQuery, workspacePath } from "./routes.ts";

const listeners = new Set<() => void>();

/** `replace`: the page before cannot be gone back to, for filters and for addresses that lead on. */
export function navigate(path: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", path);
  else history.replaceState(null, "", path);
  for (const listener of listeners) listener();
}

export function useRoute(): Route {
  const read = () => routeOf(location.pathname, location.search);
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const listener = () => setRoute(read());
    listeners.add(listener);
    addEventListener("popstate", listener);
    return () => {
      listeners.delete(listener);
      removeEventListener("popstate", listener);
    };
  }, []);
  return route;
}

/** Sets a part of the query of the page that is shown; `""` takes it away. */
export function setQuery(changes: Parameters<typeof withQuery>[1]): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") query.delete(name);
    else query.set(name, value);
  }
  navigate(withQuery(location.pathname, Object.fromEntries(query)), "replace");
}

/** Links to pages are followed without loading anything anew; new tabs, downloads and other hosts are the browser's. */
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || link.target !== "" || link.hasAttribute("download")) return;
    const { origin, pathname, search, hash } = new URL(link.href, location.href);
    if (origin !== location.origin || pathname.startsWith("/api/") || hash !== "") return;
    event.preventDefault();
    navigate(pathname + search);
  });
}
