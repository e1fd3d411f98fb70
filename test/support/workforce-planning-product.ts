import { onTestFinished } from "vitest";
import {
  simulatorCredentials,
  startWorkforcePlanningSimulator,
  type WorkforcePlanningSimulator,
  type WorkforcePlanningSimulatorOptions,
} from "../../connectors/workforce-planning/simulator/simulator.ts";
import { fakeClock } from "./http-clock.ts";
import { companyId } from "./workforce-planning-office.ts";

/* The simulated product by itself: what it answers to requests that are written out, without a connector. */

const basic = Buffer.from(
  `${simulatorCredentials.basic.clientId}:${simulatorCredentials.basic.clientSecret}`,
).toString("base64");

export interface Product {
  readonly simulator: WorkforcePlanningSimulator;
  /** Calls below the company, at LaborChart's front door, with HTTP Basic. */
  ask(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
}

export async function startProduct(
  options: WorkforcePlanningSimulatorOptions = {},
): Promise<Product> {
  const simulator = await startWorkforcePlanningSimulator({
    now: fakeClock().millis,
    data: world,
    ...options,
  });
  onTestFinished(() => simulator.close());
  return {
    simulator,
    ask: (method, path, body) =>
      request(`${simulator.url}/v2/companies/${companyId}${path}`, {
        method,
        headers: { authorization: `Basic ${basic}` },
        ...(body && { body }),
      }),
  };
}

export async function request(
  url: string,
  options: {
    readonly method: string;
    readonly headers?: Record<string, string>;
    readonly body?: object;
  },
) {
  const { method, headers = {}, body } = options;
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const parsed: unknown = text === "" ? null : JSON.parse(text);
  return { status: answer.status, headers: answer.headers, body: parsed };
}

export const world = {
  groups: [
    { id: "north", name: "North" },
    { id: "south", name: "South" },
  ],
  jobTitles: [{ id: "pipefitter", name: "Pipefitter" }],
  permissionLevels: [
    { id: "admin", name: "Admin" },
    { id: "viewer", name: "Viewer" },
  ],
  people: [
    {
      id: "ilse",
      first_name: "Ilse",
      last_name: "Brandvold",
      group_ids: ["North"],
      phone: "+12065550142",
      email: "ilse@northridge.example",
      created_at: "2026-01-12T16:04:05Z",
    },
  ],
};

export const worker = {
  first_name: "Mia",
  last_name: "Okafor",
  is_user: false,
  is_assignable: true,
  status: "active",
  group_ids: ["north"],
};

export const user = {
  ...worker,
  is_user: true,
  email: "mia@northridge.example",
  permission_level_id: "viewer",
};
