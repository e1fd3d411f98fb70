import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, request } from "undici";
import { createDatabase } from "../support/postgres.ts";
import { large, names, newestOf, sizes, token } from "./service-load-rows.ts";

/*
 * How fast the service answers over a full state: 100 companies, 6 mappings each, 100,000 runs.
 *
 *   node test/bench/service-load.ts              the embedded database
 *   node test/bench/service-load.ts --postgres   a PostgreSQL server as well
 *
 * Asked over HTTP by another process on the same machine: one request after the other for the times, sixteen at once for
 * the requests in a second. The floor is a bare Fastify route in the same process that gives the same bytes: what is left
 * between the two is what the service adds.
 */

/** Requests of each page that are timed one after the other, or fewer where that would take longer than so many seconds. */
const timedRequests = 300;
const timedSeconds = 6;

/** Seconds for which several ask at once, and how many. */
const busySeconds = 3;
const atOnce = 16;

/** Asked before, so that code is compiled and connections are open. */
const warmRequests = 10;

interface Page {
  readonly name: string;
  readonly path: string;
}

interface Measured {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
}

const company = names[10] ?? "";

/** The run that stands before the last page. */
const deep = `${large}-${String(sizes.runsEach - 60).padStart(6, "0")}`;

const pages: readonly Page[] = [
  { name: "overview of all workspaces", path: "/api/v1/workspaces" },
  { name: "one workspace", path: `/api/v1/workspaces/${company}` },
  { name: "runs, first page", path: "/api/v1/runs?limit=50" },
  { name: "runs of one, first page", path: `/api/v1/runs?workspace=${large}&limit=50` },
  {
    name: "runs of one, deep page",
    path: `/api/v1/runs?workspace=${large}&before=${deep}&limit=50`,
  },
  { name: "runs of all, deep page", path: `/api/v1/runs?before=${deep}&limit=50` },
  { name: "runs that were partial", path: "/api/v1/runs?status=partial&limit=50" },
  { name: "one run", path: `/api/v1/runs/${newestOf(company)}` },
  { name: "entries, first page", path: `/api/v1/runs/${newestOf(large)}/entries?limit=100` },
  {
    name: "entries, deep page",
    path: `/api/v1/runs/${newestOf(large)}/entries?from=9000&limit=100`,
  },
  { name: "held of a workspace", path: `/api/v1/workspaces/${company}/held` },
  { name: "plan, summary", path: `/api/v1/runs/${newestOf(large)}/plan/summary` },
  {
    name: "plan of 10,000, changes",
    path: `/api/v1/runs/${newestOf(large)}/plan/changes?from=5000&limit=100`,
  },
  { name: "plan of 40, changes", path: `/api/v1/runs/${newestOf(company)}/plan/changes?limit=100` },
  { name: "a page of the dashboard", path: "/" },
];

const agent = new Agent({ connections: atOnce, pipelining: 1 });

async function ask(url: string): Promise<{ readonly type: string; readonly body: Buffer }> {
  const { statusCode, headers, body } = await request(url, {
    dispatcher: agent,
    headers: { authorization: `Bearer ${token}`, accept: "application/json, text/html" },
  });
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}: ${bytes.toString()}`);
  return { type: String(headers["content-type"]), body: bytes };
}

async function measure(url: string): Promise<Measured> {
  for (let number = 0; number < warmRequests; number += 1) await ask(url);
  const times: number[] = [];
  const until = performance.now() + timedSeconds * 1_000;
  while (times.length < timedRequests && performance.now() < until) {
    const from = performance.now();
    await ask(url);
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  const quantile = (part: number) => times[Math.floor(part * (times.length - 1))] ?? 0;
  return { p50: quantile(0.5), p99: quantile(0.99), perSecond: await askedAtOnce(url) };
}

async function askedAtOnce(url: string): Promise<number> {
  const from = performance.now();
  const until = from + busySeconds * 1_000;
  let answered = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() < until) {
        await ask(url);
        answered += 1;
      }
    }),
  );
  return answered / ((performance.now() - from) / 1_000);
}

/** What the server tells, by kind. */
async function told(server: ChildProcess, kind: string): Promise<Record<string, unknown>> {
  for (;;) {
    const [message] = await Promise.race([once(server, "message"), gone(server)]);
    if (message.kind === kind) return message;
  }
}

/** What something took. */
function print(message: unknown): void {
  const { kind, what, ms } = message as Readonly<Record<string, unknown>>;
  if (kind === "took") console.log(`${what}: ${ms} ms`);
}

async function gone(server: ChildProcess): Promise<never> {
  const [code] = await once(server, "exit");
  throw new Error(`The service ended with ${code}.`);
}

async function measureAll(home: string, state: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "syncctl-bench-"));
  const program = join(import.meta.dirname, "service-load-server.ts");
  const place = state || join(folder, "state");
  const filling = fork(program, [folder, place, "fill"]);
  filling.on("message", print);
  const [code] = await once(filling, "exit");
  if (code !== 0) throw new Error(`Filling the state ended with ${code}.`);
  const server = fork(program, [folder, place, "serve"]);
  server.on("message", print);
  try {
    console.log(
      `\n${home}: ${sizes.workspaces} companies, ${sizes.workspaces * sizes.runsEach} runs`,
    );
    const { url, memoryMb } = await told(server, "ready");
    console.log(`memory of the service when it is ready: ${memoryMb} MB\n`);
    const answers = [];
    for (const { path } of pages) answers.push(await ask(`${url}${path}`));
    const shown = answers.map(({ type, body }) => ({ type, body: body.toString("base64") }));
    server.send(shown);
    const { url: floor } = await told(server, "floor");
    console.log(
      row(["page", "kB", "p50 ms", "p99 ms", "req/s", "floor p50", "floor req/s", "ratio"]),
    );
    for (const [number, { name, path }] of pages.entries()) {
      const own = await measure(`${url}${path}`);
      const bare = await measure(`${floor}/${number}`);
      console.log(
        row([
          name,
          ((answers[number]?.body.length ?? 0) / 1_000).toFixed(1),
          own.p50.toFixed(2),
          own.p99.toFixed(2),
          own.perSecond.toFixed(0),
          bare.p50.toFixed(2),
          bare.perSecond.toFixed(0),
          (bare.perSecond / own.perSecond).toFixed(1),
        ]),
      );
    }
  } finally {
    server.disconnect();
    await once(server, "exit");
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(cells: readonly string[]): string {
  return cells.map((cell, place) => (place === 0 ? cell.padEnd(28) : cell.padStart(12))).join("");
}

await measureAll("embedded", "");
if (process.argv.includes("--postgres")) {
  const database = await createDatabase();
  await measureAll("PostgreSQL", database.url);
  await database.drop();
}
await agent.close();
