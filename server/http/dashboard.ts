import { stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Methods } from "./methods.ts";
import { pathOf, sendProblem } from "./problem.ts";

/* The built dashboard, and what is answered where there is nothing else. */

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>syncctl</title>
<h1>The dashboard is not built</h1>
<p>Run <code>npm run prepare</code> in the folder of syncctl, and start the service again.
<p>The API works: <a href="/api/docs/">its documentation</a>.
</html>
`;

export async function serveDashboard(
  app: FastifyInstance,
  folder: string,
  methods: Methods,
): Promise<void> {
  const isBuilt = await hasFile(join(folder, "index.html"));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: folder,
      dotfiles: "ignore",
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header("cache-control", cachingOf(relative(folder, path)));
      },
    });
  } else {
    app.get("/", { schema: { hide: true } }, (_request, reply) => sendNotBuilt(reply));
  }
  app.setNotFoundHandler(async (request, reply) => {
    const path = pathOf(request.raw.url ?? "");
    if (!isPage(request, path)) return sendNothing(request, reply, methods.of(path));
    return isBuilt ? reply.sendFile("index.html") : sendNotBuilt(reply);
  });
}

/** Names of files under `assets` hold a digest of what is in them. */
function cachingOf(path: string): string {
  return path.startsWith(`assets${sep}`) ? "public, max-age=31536000, immutable" : "no-cache";
}

/** An address within the dashboard: the page itself finds out what it means. */
function isPage({ method, headers }: FastifyRequest, path: string): boolean {
  const isRead = method === "GET" || method === "HEAD";
  const isOurs = /^\/(api|health|ready|metrics|assets)(\/|$)/.test(path);
  return isRead && !isOurs && headers.accept?.includes("text/html") === true;
}

function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(notBuilt);
}

function sendNothing(
  request: FastifyRequest,
  reply: FastifyReply,
  allowed: readonly string[],
): FastifyReply {
  if (allowed.length === 0) {
    return sendProblem(request, reply, {
      status: 404,
      code: "page-unknown",
      detail: "There is nothing at this address. /api/docs lists what there is.",
    });
  }
  reply.header("allow", allowed.join(", "));
  return sendProblem(request, reply, {
    status: 405,
    code: "method-unknown",
    detail: `This address takes ${allowed.join(", ")}.`,
  });
}

async function hasFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    // Not there, or not to be read: the page says how to make it.
    return false;
  }
}
