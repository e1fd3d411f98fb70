import { onTestFinished } from "vitest";
import { workforcePlanningConnector } from "../../connectors/workforce-planning/connector.ts";
import {
  simulatorCredentials,
  startWorkforcePlanningSimulator,
  type WorkforcePlanningSimulator,
  type WorkforcePlanningSimulatorOptions,
} from "../../connectors/workforce-planning/simulator/simulator.ts";
import type {
  Connector,
  GetResult,
  Stream,
  StreamRecord,
  WriteResult,
} from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import type { Value } from "../../engine/value/value.ts";
import { type FakeDeps, fakeDeps } from "./http-clock.ts";

export const companyId = "0b6a5c0e-9f7e-4a51-9d57-2f0c9b7a1e10";
export const procoreCompanyId = "4242";

/** A company in the simulator and a connection to it. Both end with the test. */
export interface Office {
  readonly simulator: WorkforcePlanningSimulator;
  readonly connector: Connector;
  readonly people: Stream;
  readonly projects: Stream;
  readonly deps: FakeDeps;
}

export type Configuration = { readonly [key: string]: Value };

/** The keys of a connection through LaborChart's own front door. */
export function laborChartKeys(url: string): Configuration {
  const auth = { ...simulatorCredentials.oauth, email: "sync@northridge.example" };
  return { companyId, baseUrl: url, auth };
}

export function basicKeys(url: string): Configuration {
  return { companyId, baseUrl: url, auth: { type: "basic", ...simulatorCredentials.basic } };
}

export function procoreKeys(url: string): Configuration {
  return {
    frontDoor: "procore",
    companyId: procoreCompanyId,
    baseUrl: url,
    auth: simulatorCredentials.oauth,
  };
}

export async function openOffice(
  options: WorkforcePlanningSimulatorOptions = {},
  keys: (url: string) => Configuration = laborChartKeys,
): Promise<Office> {
  const deps = fakeDeps();
  const simulator = await startWorkforcePlanningSimulator({ now: deps.clock.millis, ...options });
  const connector = workforcePlanningConnector.connect(keys(simulator.url), deps);
  onTestFinished(async () => {
    await connector.close();
    await simulator.close();
  });
  return {
    simulator,
    connector,
    people: streamOf(connector, "people"),
    projects: streamOf(connector, "projects"),
    deps,
  };
}

export function streamOf(connector: Connector, name: string): Stream {
  const stream = connector.streams[name];
  if (!stream) throw new Error(`There is no stream ${name}.`);
  return stream;
}

export const call = { signal: new AbortController().signal };

/** A whole reading, and how it ended. */
export async function readAll(
  stream: Stream,
): Promise<{ readonly records: readonly StreamRecord[]; readonly problem: Problem | null }> {
  const records: StreamRecord[] = [];
  for await (const event of stream.read(call)) {
    if (event.kind === "records") records.push(...event.records);
    if (event.kind === "stopped") return { records, problem: event.problem };
  }
  return { records, problem: null };
}

export function recordIn(result: WriteResult | GetResult | undefined): StreamRecord {
  if (result && "record" in result) return result.record;
  throw new Error(`There is no record: ${JSON.stringify(result)}`);
}

export function problemIn(result: WriteResult | GetResult | undefined): Problem {
  if (result?.status === "failed") return result.problem;
  throw new Error(`There is no problem: ${JSON.stringify(result)}`);
}

/** So many people with the names and ids p1, p2 and so on. */
export function crowd(size: number): readonly object[] {
  return Array.from({ length: size }, (_, at) => ({
    id: `p${at + 1}`,
    first_name: `p${at + 1}`,
    last_name: "Crowd",
  }));
}
