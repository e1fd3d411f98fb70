import type { Problem } from "../../engine/connector/problem.ts";
import type { HttpAnswer } from "./http.ts";
import { type ProblemContext, unreadable } from "./problem.ts";

export type NextLink =
  /** The URL is used as it stands: it carries the filters of the first page. Null: this was the last page. */
  | { readonly ok: true; readonly next: string | null }
  | { readonly ok: false; readonly problem: Problem };

/** One link of the header: `<target>; rel="next"`. The target may hold commas, so the header is not split at them. */
const linkPattern = /<([^<>]*)>((?:\s*;\s*[^\s=;,]+\s*(?:=\s*(?:"[^"]*"|[^",;\s]*))?)*)/g;

/**
 * The next page out of a `Link` header (RFC 8288). A link to another origin is a problem and not a page: it would be
 * sent our credentials.
 */
export function nextLink(context: ProblemContext, answer: HttpAnswer, baseUrl: string): NextLink {
  const header = answer.headers["link"] ?? "";
  const target = [...header.matchAll(linkPattern)].find(([, , params = ""]) => isNext(params))?.[1];
  if (target === undefined) return { ok: true, next: null };
  const base = URL.parse(baseUrl.trim());
  const next = base && URL.parse(target, base.origin);
  if (base && next && next.origin === base.origin) return { ok: true, next: next.href };
  return {
    ok: false,
    problem: unreadable(context, answer, "its link to the next page leads to another origin"),
  };
}

function isNext(params: string): boolean {
  const relations = /;\s*rel\s*=\s*(?:"([^"]*)"|([^",;\s]*))/i.exec(params);
  return (relations?.[1] ?? relations?.[2] ?? "").toLowerCase().split(/\s+/).includes("next");
}
