import { deflateSync } from "node:zlib";
import type { Plan } from "../../engine/plan/plan.ts";
import type { RowBatch } from "../../engine/state/state-copy.ts";
import { secretHash } from "../../server/access/secret.ts";
import { aCreate, aHeld, aPlan } from "../support/plans.ts";

/*
 * What a service has in its state after a while, as rows of a copy: many companies, each with some mappings and a thousand
 * runs. The newest run of each mapping has a plan and a log; one company has a large one of each.
 */

export const mappings = [
  "people",
  "projects",
  "workers",
  "positions",
  "worker-contacts",
  "timesheets",
] as const;

export const token = "sct_for-the-bench";

/** Sizes; the large ones are those of one company. */
export const sizes = {
  workspaces: 100,
  runsEach: 1_000,
  linksEach: 600,
  entries: 60,
  entriesLarge: 10_000,
  changes: 40,
  changesLarge: 10_000,
  held: 12,
} as const;

export const names: readonly string[] = Array.from(
  { length: sizes.workspaces },
  (_, number) => `company-${String(number + 1).padStart(3, "0")}`,
);

/** The company whose newest run of people is large. */
export const large = names[41] ?? "";

const newestAt = Date.parse("2026-11-20T12:00:00Z");
const hourMs = 3_600_000;
const rowsAtOnce = 1_000;

type Row = readonly unknown[];

export function requestId(workspace: string, number: number): string {
  return `${workspace}-${String(number).padStart(6, "0")}`;
}

/** The newest request of people of a company: number 0 is the newest of all. */
export function newestOf(workspace: string): string {
  return requestId(workspace, 0);
}

/** All rows, in an order in which nothing refers to what comes later. */
export async function* rowBatches(): AsyncGenerator<RowBatch> {
  yield* batchesOf("links", linkColumns, names.flatMap(linksOf));
  for (const workspace of names) yield* batchesOf("runs", runColumns, runsOf(workspace));
  for (const workspace of names)
    yield* batchesOf("run_entries", entryColumns, entriesOf(workspace));
  yield* batchesOf("bindings", bindingColumns, names.flatMap(bindingsOf));
  for (const workspace of names)
    yield* batchesOf("requests", requestColumns, requestsOf(workspace));
  for (const workspace of names) yield* batchesOf("plans", planColumns, plansOf(workspace));
  yield* batchesOf("tokens", tokenColumns, [
    ["token-1", secretHash(token), "bench", "admin", at(0), "bench"],
  ]);
}

function* batchesOf(table: string, columns: string, rows: readonly Row[]): Generator<RowBatch> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    yield { table, columns: columns.split(" "), rows: rows.slice(from, from + rowsAtOnce) };
  }
}

function at(hoursAgo: number): string {
  return new Date(newestAt - hoursAgo * hourMs).toISOString();
}

function mappingOf(number: number): string {
  return mappings[number % mappings.length] ?? "";
}

function person(number: number): string {
  return `5e1f${String(number).padStart(6, "0")}`;
}

const linkColumns =
  "workspace mapping rule source_connection source_stream source_id target_connection target_stream target_id origin baseline rule_digest written_at";

function linksOf(workspace: string): readonly Row[] {
  const baseline = { first_name: "Ilse", last_name: "Brandvold", is_active: true, job_title: null };
  return Array.from({ length: sizes.linksEach }, (_, number) => [
    ...[workspace, "people", "users", "wfp", "people", person(number)],
    ...["procore", "users", `${120_000 + number}`, "matched", baseline, "digest", at(100)],
  ]);
}

const runColumns =
  "workspace run_id plan_id plan_digest purpose mappings configuration_digest started_at started_by status finished_at request";

function runsOf(workspace: string): readonly Row[] {
  return Array.from({ length: sizes.runsEach }, (_, number) => [
    ...[workspace, `run-${number}`, `plan-${number}`, "digest", "sync", [mappingOf(number)]],
    ...["configuration", at(number / 6), "schedule", number % 50 === 7 ? "partial" : "applied"],
    ...[at(number / 6 - 0.01), requestId(workspace, number)],
  ]);
}

const entryColumns =
  "workspace run_id sequence mapping rule source_connection source_stream source_id label action status reason fields";

function entriesOf(workspace: string): readonly Row[] {
  const fields = [
    { field: "job_title", before: "Carpenter", after: "Foreman", why: "source-changed" },
  ];
  return mappings.flatMap((mapping, number) => {
    const isLarge = workspace === large && number === 0;
    return Array.from({ length: isLarge ? sizes.entriesLarge : sizes.entries }, (_, sequence) => [
      ...[workspace, `run-${number}`, sequence, mapping, "users", "wfp", "people"],
      ...[person(sequence), `Person ${sequence} Brandvold`, "update", "applied", "", fields],
    ]);
  });
}

const bindingColumns = "workspace mapping accounts system_of_record at";

function bindingsOf(workspace: string): readonly Row[] {
  const accounts = ["wfp", "procore"].map((connection) => ({
    connection,
    system: connection,
    title: connection,
    account: `company of ${workspace}`,
  }));
  return mappings.map((mapping) => [workspace, mapping, accounts, "wfp/people", at(5_000)]);
}

const requestColumns =
  "id workspace mapping purpose allow trigger requested_by requested_at status started_at finished_at plan_id counts configuration_digest commit";

function requestsOf(workspace: string): readonly Row[] {
  const counts = { create: 0, update: 40, link: 0, retire: 0, delete: 0, unlink: 0 };
  return Array.from({ length: sizes.runsEach }, (_, number) => [
    ...[requestId(workspace, number), workspace, mappingOf(number), "sync", [], "schedule"],
    ...["schedule", at(number / 6), number % 50 === 7 ? "partial" : "done", at(number / 6)],
    ...[at(number / 6 - 0.01), `plan-${number}`],
    ...[{ ...counts, held: sizes.held, passedOver: 3, inStep: 600 }, "configuration", "0f1e2d3c"],
  ]);
}

const planColumns = "workspace id request_id created_at status packed";

/** Of the newest request of each mapping. */
function plansOf(workspace: string): readonly Row[] {
  return mappings.map((mapping, number) => {
    const isLarge = workspace === large && number === 0;
    const plan = planOf(mapping, `plan-${number}`, isLarge ? sizes.changesLarge : sizes.changes);
    const packed = `\\x${deflateSync(JSON.stringify(plan)).toString("hex")}`;
    return [workspace, plan.id, requestId(workspace, number), at(number / 6), "applied", packed];
  });
}

function planOf(mapping: string, id: string, changes: number): Plan {
  return aPlan({
    id,
    changes: Array.from({ length: changes }, (_, number) =>
      aCreate(person(number), `Person ${number} Brandvold`, { mapping }),
    ),
    held: Array.from({ length: sizes.held }, (_, number) =>
      aHeld(person(number), `Held ${number} Lund`, { mapping }),
    ),
  });
}

const tokenColumns = "id hash name role created_at created_by";
