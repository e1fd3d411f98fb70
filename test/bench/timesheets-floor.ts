import { createHttpClient } from "../../connectors/http/client.ts";
import type { HttpClient, HttpRequest } from "../../connectors/http/http.ts";
import { oauthClientCredentials } from "../../connectors/http/oauth.ts";
import type { ConnectorDeps } from "../../engine/connector/connector.ts";
import { dayBefore, windowDays } from "./timesheets-company.ts";
import {
  jumpingClock,
  type System,
  sharedTimes,
  stopwatch,
  type Taken,
} from "./timesheets-time.ts";

/*
 * The floor: a script written for this company alone, over the same HTTP client. It reads every page that is needed once,
 * compares two maps, and posts the same batches. No state, no schema, no expression, no plan, no second look before it
 * writes. What syncctl takes on top of it is what syncctl costs.
 *
 *   node timesheets-floor.ts <smartbarrel url> <procore url> <folder of clocks>
 */

export interface Floor {
  readonly read: Taken;
  readonly write: Taken;
  readonly peakMb: number;
}

const [smartbarrelUrl = "", procoreUrl = "", clocks = ""] = process.argv.slice(2);
const times = sharedTimes(clocks);
const { signal } = new AbortController();
const depsOf = (system: System, url: string): ConnectorDeps => ({
  connection: system,
  clock: jumpingClock(times[system], url),
  random: Math.random,
  observe: () => {},
});
const smartbarrel = createHttpClient({
  baseUrl: smartbarrelUrl,
  headers: { authorization: "Bearer sb-key-northridge" },
  deps: depsOf("smartbarrel", smartbarrelUrl),
});
const procore = createHttpClient({
  baseUrl: procoreUrl,
  headers: { "procore-company-id": "4242" },
  auth: oauthClientCredentials({
    tokenUrl: `${procoreUrl}/oauth/token`,
    body: {
      grant_type: "client_credentials",
      client_id: "procore-app",
      client_secret: "procore-app-secret",
    },
    encoding: "form",
    deps: depsOf("procore", procoreUrl),
  }),
  deps: depsOf("procore", procoreUrl),
});

type Row = Record<string, unknown>;
type Query = NonNullable<HttpRequest["query"]>;

async function send(
  client: HttpClient,
  method: HttpRequest["method"],
  path: string,
  more: { readonly query?: Query; readonly body?: unknown } = {},
) {
  const repeat = method === "POST" ? "once" : "harmless";
  const result = await client.send({ method, path, template: path, repeat, signal, ...more });
  if (!result.ok) throw new Error(`${path}: ${result.problem.message}`);
  return result.answer;
}

async function readSmartbarrel(path: string, query: Query = {}): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let page = 1, more = true; more; page += 1) {
    const asked = { ...query, limit: 500, page };
    const { body } = await send(smartbarrel, "GET", `/v1${path}`, { query: asked });
    rows.push(...((body as Row)["data"] as Row[]));
    more = (body as Row)["has_more"] === true;
  }
  return rows;
}

async function readProcore(path: string, query: Query = {}): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let page = 1, more = true; more; page += 1) {
    const asked = { per_page: 1_000, ...query, page };
    const { body, headers } = await send(procore, "GET", `/rest${path}`, { query: asked });
    rows.push(...(body as Row[]));
    more = rows.length < Number(headers["total"]);
  }
  return rows;
}

const lanes = 4;

/** As many at once as syncctl has. */
async function each<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        results[next[0]] = await work(next[1]);
      }
    }),
  );
  return results;
}

const company = "/v1.0/companies/4242";
const from = dayBefore(times.smartbarrel.now(), windowDays);
const to = dayBefore(times.smartbarrel.now(), -1);

async function readAll() {
  const shifts = readSmartbarrel("/shifts", { date_from: from, date_to: to });
  const own = async () => {
    const projects = await readSmartbarrel("/projects");
    const codes = await each(projects, ({ id }) => readSmartbarrel(`/projects/${id}/cost_codes`));
    return { projects, codes: codes.flat(), workers: await readSmartbarrel("/workers") };
  };
  const timecards = readProcore(`${company}/timecard_entries`, { start_date: from, end_date: to });
  const parts = async () => {
    const projects = await readProcore("/v1.1/projects", { company_id: 4242, per_page: 300 });
    const ofProject = (path: (id: unknown) => string, query: (id: unknown) => Query = () => ({})) =>
      each(projects, async ({ id }) =>
        (await readProcore(path(id), query(id))).map((row) => ({ ...row, project_id: id })),
      );
    const named = (id: unknown) => ({ project_id: Number(id) });
    const codes = await ofProject(() => "/v1.0/cost_codes", named);
    await ofProject(() => "/v1.0/sub_jobs", named);
    const places = await ofProject((id) => `/v1.0/projects/${id}/locations`);
    return { codes: codes.flat(), places: places.flat() };
  };
  const people = async () => [
    ...(await readProcore(`${company}/people`)),
    ...(await readProcore(`${company}/people/inactive`)),
  ];
  const all = await Promise.all([shifts, timecards, people(), own(), parts()]);
  return { shifts: all[0], timecards: all[1], people: all[2], own: all[3], parts: all[4] };
}

type Everything = Awaited<ReturnType<typeof readAll>>;

function keyed(rows: readonly Row[], key: (row: Row) => string): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [key(row), row]));
}

function segmentsOf(code: Row | undefined): readonly unknown[] {
  return (code?.["segments"] ?? []) as readonly unknown[];
}

/** The entries that Procore lacks, by project, and those whose hours differ. */
function compare({ shifts, timecards, people, own, parts }: Everything) {
  const party = keyed(people, (row) => String(row["employee_id"]));
  const workers = keyed(own.workers, (row) => String(row["id"]));
  const projects = keyed(own.projects, (row) => String(row["id"]));
  const codes = keyed(own.codes, (row) => String(row["id"]));
  const full = keyed(parts.codes, (row) => `${row["project_id"]} ${row["full_code"]}`);
  const places = keyed(parts.places, (row) => `${row["project_id"]} ${row["node_name"]}`);
  const known = keyed(timecards, (row) => String(row["origin_data"]));
  const missing = new Map<number, Row[]>();
  const different: Row[] = [];
  for (const shift of shifts) {
    const refs = projects.get(String(shift["project_id"]))?.["external_refs"] as Row;
    const project = Number(refs["procore_project_id"]);
    for (const entry of shift["entries"] as Row[]) {
      const origin = `${shift["id"]}:${entry["id"]}`;
      const card = known.get(origin);
      const hours = Number(entry["hours"]).toFixed(1);
      if (card) {
        if (card["hours"] !== hours) different.push({ id: card["id"], project, hours, shift });
        continue;
      }
      const [first, second] = segmentsOf(codes.get(String(entry["cost_code_id"])));
      const code = full.get(`${project} ${second ?? first}`);
      const row = {
        party_id: party.get(String(workers.get(String(shift["worker_id"]))?.["payroll_id"]))?.[
          "id"
        ],
        project_id: project,
        date: shift["date"],
        hours,
        cost_code_id: code?.["id"],
        ...(code?.["biller_type"] === "SubJob" && { sub_job_id: code["biller_id"] }),
        location_id: places.get(`${project} ${entry["location"]}`)?.["id"],
        description: "Created By SmartBarrel",
        origin_data: origin,
      };
      const rows = missing.get(project);
      if (rows) rows.push(row);
      else missing.set(project, [row]);
    }
  }
  return { missing, different };
}

async function write({ missing, different }: ReturnType<typeof compare>): Promise<void> {
  const batches = [...missing].flatMap(([project, rows]) =>
    Array.from({ length: Math.ceil(rows.length / 25) }, (_nothing, batch) => ({
      path: `/rest/v1.1/projects/${project}/project_timecard_entries/bulk_create`,
      body: { timecard_entries: rows.slice(batch * 25, batch * 25 + 25) },
    })),
  );
  await each(batches, ({ path, body }) => send(procore, "POST", path, { body }));
  await each(different, ({ id, project, hours, shift }) => {
    const timecard_entry = { date: (shift as Row)["date"], hours };
    const body = { project_id: project, timecard_entry };
    return send(procore, "PATCH", `/rest${company}/timecard_entries/${id}`, { body });
  });
}

const reading = stopwatch(times);
const compared = compare(await readAll());
const read = reading();
const writing = stopwatch(times);
await write(compared);
const floor: Floor = {
  read,
  write: writing(),
  peakMb: process.resourceUsage().maxRSS / 1_024,
};
await Promise.all([smartbarrel.close(), procore.close()]);
process.stdout.write(`${JSON.stringify(floor)}\n`);
