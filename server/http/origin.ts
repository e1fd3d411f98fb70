import type { IncomingHttpHeaders } from "node:http";

/*
 * Browsers say where a request comes from: the origin of the page, and how it is related to us. What a browser sends by
 * itself (a cookie, or nothing on an open loopback) is good only for our own pages. Programs send neither header.
 */

/** Whether a page of another site has made the browser ask. */
export function isFromElsewhere(
  headers: IncomingHttpHeaders,
  publicUrl: string | undefined,
): boolean {
  const { origin } = headers;
  if (origin !== undefined) return !ownOrigins(headers, publicUrl).includes(origin.toLowerCase());
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}

/** A person who follows a link from another page does no harm: the answer is shown to that person alone. */
export function isNavigation(method: string, headers: IncomingHttpHeaders): boolean {
  return (method === "GET" || method === "HEAD") && headers["sec-fetch-mode"] === "navigate";
}

function ownOrigins(
  { host }: IncomingHttpHeaders,
  publicUrl: string | undefined,
): readonly string[] {
  if (publicUrl !== undefined) return [new URL(publicUrl).origin];
  const name = host?.toLowerCase();
  return name === undefined ? [] : [`http://${name}`, `https://${name}`];
}
