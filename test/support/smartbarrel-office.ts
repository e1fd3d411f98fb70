import { onTestFinished } from "vitest";
import { smartbarrelConnector } from "../../connectors/smartbarrel/connector.ts";
import {
  type SmartbarrelSimulator,
  type SmartbarrelSimulatorOptions,
  simulatorTokens,
  startSmartbarrelSimulator,
} from "../../connectors/smartbarrel/simulator/simulator.ts";
import type {
  Connector,
  DayWindow,
  ReadEvent,
  Stream,
  StreamRecord,
  WriteResult,
} from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import type { Value } from "../../engine/value/value.ts";
import { type FakeDeps, fakeDeps } from "./http-clock.ts";

export const smartbarrelData = {
  positions: [
    { id: "pos_7", name: "Carpenter", code: "CAR" },
    { id: "pos_8", name: "Laborer" },
    { id: "pos_9", name: "Signalman", status: "inactive" },
  ],
  projects: [
    {
      id: "prj_9",
      name: "Harbor Street Depot",
      number: "26-014",
      timezone: "America/Los_Angeles",
      only_approved_shifts: true,
      procore_project_id: "5511",
    },
    { id: "prj_10", name: "Mill Creek Bridge", number: "26-015" },
    { id: "prj_11", name: "Annex", status: "inactive" },
  ],
  workers: [
    {
      id: "wkr_1042",
      first_name: "Ilse",
      last_name: "Brandvold",
      email: "ilse@northridge.example",
      phone: "+12065550142",
      payroll_id: "NR-2041",
      position_id: "pos_7",
      procore_user_id: "88121",
      created_at: "2026-01-12T16:10:00Z",
      updated_at: "2026-01-12T16:10:00Z",
    },
    { id: "wkr_1043", first_name: "Mia", last_name: "Okafor", phone: "+12065550143" },
    { id: "wkr_1044", first_name: "Noah", last_name: "Lund", contractor_id: "con_2" },
    { id: "wkr_1045", first_name: "Olav", last_name: "Berg", status: "inactive" },
  ],
  cost_codes: [
    { id: "cc_31", project_id: "prj_9", segment_1: "A", segment_2: "03-100", name: "Formwork" },
    { id: "cc_32", project_id: "prj_9", segment_1: "A", segment_2: "03-300", name: "Concrete" },
    { id: "cc_33", project_id: "prj_9", segment_1: "B", name: "Site" },
    { id: "cc_41", project_id: "prj_10", segment_1: "A", segment_2: "31-000", name: "Earthwork" },
  ],
  shifts: [
    {
      id: "shf_1",
      worker_id: "wkr_1042",
      project_id: "prj_9",
      date: "2026-03-04",
      time_in: "2026-03-04T07:01:00-08:00",
      time_out: "2026-03-04T15:32:00-08:00",
      break_minutes: 30,
      status: "approved",
      position_id: "pos_7",
      entries: [
        { id: "ent_1", hours: 5, cost_code_id: "cc_31", location: "Level 2", earn_code: "REG" },
        { id: "ent_2", hours: 3, cost_code_id: "cc_32", earn_code: "REG" },
      ],
    },
    {
      id: "shf_2",
      worker_id: "wkr_1043",
      project_id: "prj_9",
      date: "2026-03-04",
      time_in: "2026-03-04T07:05:00-08:00",
      entries: [],
    },
    {
      id: "shf_3",
      worker_id: "wkr_1044",
      project_id: "prj_10",
      date: "2026-03-05",
      entries: [{ id: "ent_1", hours: 7.25, cost_code_id: "cc_41" }],
    },
  ],
};

/** The same product with an API that shares hardly a word with the assumed one. */
export const otherShape = {
  prefix: "/api/2",
  auth: { header: "X-Api-Key", scheme: null },
  headers: { "X-Client": "syncctl" },
  instants: "epoch-milliseconds",
  paging: {
    style: "cursor",
    items: "result.records",
    sizeParam: "take",
    size: 50,
    cursorParam: "after",
    next: "result.after",
  },
  writing: { updateMethod: "PUT", wrap: "record", answer: "record", idempotencyHeader: null },
  errors: { rejected: [400], conflict: [412], message: "problem.text", fields: "problem.details" },
  streams: {
    workers: {
      list: { path: "/people", query: { status: null, state: "ANY" }, since: "changedAfter" },
      get: { path: "/people/{id}" },
      create: { path: "/people" },
      update: { path: "/people/{id}" },
      id: "ref.uuid",
      fields: {
        first_name: "profile.firstName",
        last_name: "profile.lastName",
        email: "profile.contact.mail",
        phone: "profile.contact.cell",
        payroll_id: "payrollNumber",
        position_id: "trade",
        contractor_id: "employer",
        is_subcontractor: "employerIsOther",
        status: "state",
        procore_user_id: "links.procore",
        created_at: "meta.created",
        updated_at: "meta.changed",
      },
      values: {
        status: { active: ["ENABLED", "NEW"], inactive: "DISABLED" },
        is_subcontractor: { true: "Y", false: "N" },
      },
    },
    positions: {
      list: { path: "/trades", query: { status: null }, since: null },
      get: { path: "/trades/{id}" },
      create: { path: "/trades" },
      update: { path: "/trades/{id}", method: "PATCH" },
      id: "key",
      fields: { name: "title", code: "short", status: "live" },
      values: { status: { active: true, inactive: false } },
    },
    projects: {
      list: { path: "/sites", query: { status: null }, method: "POST" },
      get: { path: "/sites/{id}", answer: "site" },
      create: null,
      update: null,
      id: "siteId",
      fields: { name: "siteName", number: null, timezone: "place.zone" },
    },
    cost_codes: {
      list: {
        path: "/sites/{project_id}/codes",
        query: { status: null },
        paging: { style: "none", items: "" },
      },
      id: "code.id",
      fields: { segment_1: "code.parts.0", segment_2: "code.parts.1", name: "text" },
    },
    shifts: {
      list: { path: "/punches", window: { from: "from", to: "until" } },
      get: { path: "/punches/{id}" },
      id: "punch",
      fields: { worker_id: "who.uuid", date: "when.day", time_in: "when.in", time_out: "when.out" },
    },
    shift_entries: {
      list: { path: "/punches", window: { from: "from", to: "until" } },
      get: { path: "/punches/{id}" },
      id: "punch",
      fields: {
        shift_id: "punch",
        worker_id: "who.uuid",
        date: "when.day",
        time_in: "when.in",
        time_out: "when.out",
      },
      nested: { list: "split.lines", id: "no", fields: { hours: "amount", cost_code_id: "code" } },
    },
  },
} satisfies Configuration;

export type Configuration = { readonly [key: string]: Value };

export function smartbarrelKeys(url: string, more: Configuration = {}): Configuration {
  return { baseUrl: url, auth: { token: simulatorTokens.full }, ...more };
}

/** A company in the simulator and a connection to it. Both end with the test. */
export interface Office {
  readonly simulator: SmartbarrelSimulator;
  readonly connector: Connector;
  readonly deps: FakeDeps;
  stream(name: string): Stream;
}

export async function openOffice(
  options: SmartbarrelSimulatorOptions = {},
  keys: Configuration = {},
): Promise<Office> {
  const deps = fakeDeps();
  const { millis: now } = deps.clock;
  const simulator = await startSmartbarrelSimulator({ now, data: smartbarrelData, ...options });
  const connector = smartbarrelConnector.connect(smartbarrelKeys(simulator.url, keys), deps);
  onTestFinished(async () => {
    await connector.close();
    await simulator.close();
  });
  return {
    simulator,
    connector,
    deps,
    stream(name) {
      const stream = connector.streams[name];
      if (!stream) throw new Error(`There is no stream ${name}.`);
      return stream;
    },
  };
}

export const call = { signal: new AbortController().signal };

export async function readAll(
  stream: Stream,
  window?: DayWindow,
): Promise<{ readonly records: readonly StreamRecord[]; readonly end: ReadEvent | undefined }> {
  const events: ReadEvent[] = [];
  for await (const event of stream.read(call, window)) events.push(event);
  const records = events.flatMap((event) => (event.kind === "records" ? event.records : []));
  return { records, end: events.at(-1) };
}

/** The record of this id, from a reading that reached its end. */
export async function readOne(stream: Stream, id: string): Promise<StreamRecord> {
  const { records, end } = await readAll(stream);
  const found = records.find((record) => record.id === id);
  if (end?.kind !== "end" || !found) throw new Error(`Not read: ${id}, ${JSON.stringify(end)}`);
  return found;
}

export function applied(result: WriteResult | undefined): StreamRecord {
  if (result?.status !== "applied") throw new Error(`Not applied: ${JSON.stringify(result)}`);
  return result.record;
}

export function failure(result: WriteResult | undefined): Problem {
  if (result?.status !== "failed") throw new Error(`Not failed: ${JSON.stringify(result)}`);
  return result.problem;
}
