import type { FastifyInstance } from "fastify";

/** Which methods an address takes, of routes that are no files. For 405 and its header `Allow`. */
export interface Methods {
  of(path: string): readonly string[];
}

export function rememberMethods(app: FastifyInstance): Methods {
  const patterns: { readonly pattern: RegExp; readonly method: string }[] = [];
  app.addHook("onRoute", ({ url, method }) => {
    if (url.endsWith("*")) return;
    const pattern = new RegExp(`^${url.split("/").map(segment).join("/")}$`);
    for (const each of [method].flat()) patterns.push({ pattern, method: each });
  });
  return {
    of: (path) => [
      ...new Set(patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
    ],
  };
}

function segment(text: string): string {
  return text.startsWith(":") ? "[^/]+" : text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
