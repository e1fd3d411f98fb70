import { randomBytes, randomUUID } from "node:crypto";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fastify from "fastify";
import { connectors } from "../../connectors/registry.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { openState } from "../../engine/state/open-state.ts";
import { openAccess } from "../../server/access/open-access.ts";
import { openHttp } from "../../server/http/open-http.ts";
import { openLog } from "../../server/log/log.ts";
import { openMetrics } from "../../server/metrics/metrics.ts";
import { nextRunAt } from "../../server/schedule/next-run.ts";
import { openSlotBook } from "../../server/schedule/slots.ts";
import { openService } from "../../server/service/open-service.ts";
import { readServiceSettings } from "../../server/settings/read-settings.ts";
import { openWorkspaces } from "../../server/workspaces/open-workspaces.ts";
import { root } from "../support/source-tree.ts";
import { mappings, names, rowBatches } from "./service-load-rows.ts";

/*
 * The service over a full state, in a process of its own, so that whoever asks does not take its time.
 *
 *   node service-load-server.ts <folder> <state> fill|serve
 *
 * The first writes the companies and fills the state; the second loads the companies, listens, and tells the parent over
 * IPC. On a message with answers it also listens with a bare Fastify that gives the same bytes: the floor.
 */

const [folder = "", place = "", what = ""] = process.argv.slice(2);

const connections = `
  wfp: { connector: workforce-planning, companyId: a, auth: { clientId: b, clientSecret: c } }
  procore: { connector: procore, companyId: 4242, auth: { clientId: d, clientSecret: e } }
  smartbarrel: { connector: smartbarrel, baseUrl: "https://api.smartbarrel.example", auth: { token: f } }`;

function writeCompanies(): void {
  writeFileSync(
    join(folder, "service.yaml"),
    `version: 1\nstate: ${place}\nworkspaces: { folder: workspaces, every: 3600 }\n`,
  );
  for (const name of names) {
    const own = join(folder, "workspaces", name);
    mkdirSync(join(own, "mappings"), { recursive: true });
    writeFileSync(
      join(own, "syncctl.yaml"),
      `version: 1\nconnections:${connections}\nmappings: [mappings/*.yaml]\n`,
    );
    for (const mapping of mappings) {
      cpSync(join(root, `mappings/${mapping}.yaml`), join(own, `mappings/${mapping}.yaml`));
    }
  }
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const result = await work();
  process.send?.({ kind: "took", what, ms: Math.round(performance.now() - from) });
  return result;
}

async function openedState() {
  const self = { pid: process.pid, host: "bench", command: "bench" };
  const opened = await openState({ state: place, clock: systemClock, process: self });
  if (!opened.ok) throw new Error(opened.message);
  return opened.state;
}

async function fill(): Promise<void> {
  writeCompanies();
  const state = await openedState();
  const copy = state.copy();
  if (copy === null) throw new Error("The state has no rows.");
  const filled = await timed("filling the state", () => copy.import(rowBatches, {}));
  if (!filled.ok) throw new Error(filled.message);
  await state.close();
}

async function serve(): Promise<string> {
  const read = await readServiceSettings(folder, {});
  if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
  const { settings } = read;
  const state = await timed("opening the state", openedState);
  const workspaces = await timed("loading the companies", () =>
    openWorkspaces({ settings, service: state.service, connectors, env: {}, clock: systemClock }),
  );
  const log = openLog({
    level: "warn",
    write: (line) => process.stderr.write(line),
    clock: systemClock,
  });
  const slots = openSlotBook();
  const unused = () => {
    throw new Error("The bench only looks.");
  };
  const shared = { clock: systemClock, newId: randomUUID, secretBytes: randomBytes, log };
  const service = openService({
    ...shared,
    state,
    workspaces,
    ask: unused,
    enqueue: unused,
    changes: { tell: async () => {}, watch: () => () => {}, close: async () => {} },
    openEngine: ({ name, project }, observe) =>
      openEngine(project, {
        ...{ connectors, observe, random: Math.random, version: "bench" },
        ...{ clock: systemClock, newId: randomUUID, store: state.workspace(name) },
      }),
    nextRunAt: (workspace, name) => {
      const project = workspaces.get(workspace)?.project;
      const mapping = project?.mappings.find((one) => one.name === name);
      if (!project || !mapping) return undefined;
      const at = systemClock.now();
      return nextRunAt({ workspace, project, mapping, jitterSeconds: 60, slots, at });
    },
    readinessChecks: [],
  });
  const access = openAccess({
    ...shared,
    store: state.service,
    listenHost: "127.0.0.1",
    sessionHours: 12,
  });
  const http = await openHttp({
    ...shared,
    service,
    access,
    metrics: openMetrics({ version: "bench" }),
    listen: { host: "127.0.0.1", port: 0 },
    version: "bench",
    dashboard: join(root, "server/dashboard/build"),
    limits: { requestsPerMinute: 1_000_000_000 },
  });
  return http.url;
}

/** A bare route for each answer, with nothing in front of it. */
async function serveFloor(answers: readonly { readonly type: string; readonly body: string }[]) {
  const app = fastify({ logger: false });
  for (const [number, { type, body }] of answers.entries()) {
    const bytes = Buffer.from(body, "base64");
    app.get(`/${number}`, (_, reply) => reply.header("content-type", type).send(bytes));
  }
  return app.listen({ host: "127.0.0.1", port: 0 });
}

if (what === "fill") {
  await fill();
  process.disconnect();
} else {
  process.on("message", async (answers: Parameters<typeof serveFloor>[0]) => {
    process.send?.({ kind: "floor", url: await serveFloor(answers) });
  });
  process.on("disconnect", () => process.exit());
  const url = await serve();
  process.send?.({ kind: "ready", url, memoryMb: Math.round(process.memoryUsage().rss / 1e6) });
}
