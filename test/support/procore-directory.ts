import { afterEach } from "vitest";
import type { Simulator } from "../../connectors/http/simulator/simulator.ts";
import { procoreConnector } from "../../connectors/procore/connector.ts";
import {
  type ProcoreSimulatorOptions,
  startProcoreSimulator,
} from "../../connectors/procore/simulator/simulator.ts";
import type {
  Connector,
  CreateItem,
  DayWindow,
  ReadEvent,
  Stream,
  StreamRecord,
  WriteResult,
} from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import type { Fields, Value } from "../../engine/value/value.ts";
import { type FakeClock, type FakeDeps, fakeClock, fakeDeps } from "./http-clock.ts";

/** A Procore company on loopback, and a connector to it. Its clock stands still unless somebody sleeps. */
export interface ProcoreOffice {
  readonly simulator: Simulator;
  readonly connector: Connector;
  readonly clock: FakeClock;
  readonly deps: FakeDeps;
  stream(name: string): Stream;
  close(): Promise<void>;
}

export interface OfficeOptions {
  readonly data?: unknown;
  readonly simulator?: Omit<ProcoreSimulatorOptions, "data" | "now">;
  /** More keys of the connection. */
  readonly connection?: { readonly [key: string]: Value };
}

export const procoreSecret = "procore-app-secret";

/** Opens offices for the tests of a file, and closes them after each. */
export function procoreOffices(): (options?: OfficeOptions) => Promise<ProcoreOffice> {
  const opened: ProcoreOffice[] = [];
  afterEach(async () => {
    for (const office of opened.splice(0)) await office.close();
  });
  return async (options) => {
    const office = await openProcore(options);
    opened.push(office);
    return office;
  };
}

export async function openProcore(options: OfficeOptions = {}): Promise<ProcoreOffice> {
  const clock = fakeClock();
  const deps = fakeDeps({ clock, random: () => 0.5 });
  const simulator = await startProcoreSimulator({
    data: options.data ?? {},
    now: clock.millis,
    ...options.simulator,
  });
  const connector = procoreConnector.connect(procoreKeys(simulator.url, options.connection), deps);
  return {
    simulator,
    connector,
    clock,
    deps,
    stream(name) {
      const stream = connector.streams[name];
      if (!stream) throw new Error(`there is no stream ${name}`);
      return stream;
    },
    async close() {
      await connector.close();
      await simulator.close();
    },
  };
}

export function procoreKeys(url: string, more: { readonly [key: string]: Value } = {}) {
  const auth = { clientId: "procore-app", clientSecret: procoreSecret };
  return { companyId: "4242", baseUrl: url, auth, ...more };
}

export const call = { signal: new AbortController().signal };

export interface Reading {
  readonly records: readonly StreamRecord[];
  readonly pages: number;
  /** Null when the reading reached its end. */
  readonly problem: Problem | null;
}

export async function readAll(stream: Stream, window?: DayWindow): Promise<Reading> {
  const events: ReadEvent[] = [];
  for await (const event of stream.read(call, window)) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== "end" && last?.kind !== "stopped") throw new Error("the reading has no end");
  const pages = events.flatMap((event) => (event.kind === "records" ? [event.records] : []));
  const problem = last.kind === "stopped" ? last.problem : null;
  return { records: pages.flat(), pages: pages.length, problem };
}

/** The record with this value in this field, out of a whole reading. */
export async function readOne(stream: Stream, field: string, value: Value): Promise<StreamRecord> {
  const { records } = await readAll(stream);
  const record = records.find(({ fields }) => fields[field] === value);
  if (!record) throw new Error(`no record has ${String(value)} as ${field}`);
  return record;
}

export function newRecord(fields: Fields, originId = "wfp/people/1"): CreateItem {
  return { fields, originId };
}

export function appliedRecord(result: WriteResult | undefined): StreamRecord {
  if (result?.status !== "applied") throw new Error(`not applied: ${JSON.stringify(result)}`);
  return result.record;
}

export function problemOf(result: WriteResult | undefined): Problem {
  if (result?.status !== "failed") throw new Error(`not failed: ${JSON.stringify(result)}`);
  return result.problem;
}

/** The data of the simulator as the file format has it. */
export interface Saved {
  readonly users: readonly SavedRow[];
  readonly contacts: readonly SavedRow[];
  readonly permissionTemplates: readonly SavedRow[];
  readonly workClassifications: readonly SavedRow[];
  readonly projects: readonly SavedRow[];
  readonly timeTypes: readonly SavedRow[];
  readonly costCodes: readonly SavedRow[];
  readonly subJobs: readonly SavedRow[];
  readonly locations: readonly SavedRow[];
  readonly timesheets: readonly SavedRow[];
  readonly timecardEntries: readonly SavedRow[];
  readonly invitations: readonly unknown[];
}

interface SavedRow {
  readonly id: number;
  readonly [key: string]: unknown;
}

export function saved(simulator: Simulator): Saved {
  return simulator.save() as Saved;
}
