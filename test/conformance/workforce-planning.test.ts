import { workforcePlanningConnector } from "../../connectors/workforce-planning/connector.ts";
import {
  simulatorCredentials,
  startWorkforcePlanningSimulator,
} from "../../connectors/workforce-planning/simulator/simulator.ts";
import { crowd, laborChartKeys } from "../support/workforce-planning-office.ts";
import {
  type ConformanceHarness,
  describeConnector,
  type WriteAbility,
} from "./connector-suite.ts";

const data = {
  groups: [
    { id: "north", name: "North" },
    { id: "south", name: "South", timezone: "America/Santiago" },
  ],
  jobTitles: [
    { id: "foreman", name: "Foreman" },
    { id: "pipefitter", name: "Pipefitter" },
  ],
  permissionLevels: [
    { id: "admin", name: "Admin" },
    { id: "viewer", name: "Viewer" },
  ],
  people: [
    ...crowd(5),
    {
      id: "ilse",
      first_name: "Ilse",
      last_name: "Brandvold",
      email: "ilse@northridge.example",
      phone: "+12065550142",
      employee_number: "NR-2041",
      job_title_id: "Pipefitter",
    },
    { id: "olav", first_name: "Olav", last_name: "Brandvold", status: "inactive" },
  ],
  projects: [
    {
      id: "depot",
      name: "Harbor Street Depot",
      project_number: "26-014",
      start_date: "2026-03-02",
      est_end_date: "2026-12-31",
      timezone: "America/Los_Angeles",
      zipcode: "98402",
    },
    { id: "mill", name: "Mill Creek Bridge", group_ids: ["South"] },
    { id: "annex", name: "Annex", status: "inactive", closed_date: "2025-11-28" },
  ],
};

const mia = {
  first_name: "Mia",
  last_name: "Okafor",
  is_user: false,
  is_assignable: true,
  status: "active",
  group_ids: "north,south",
  employee_number: "NR-2042",
  job_title_id: "foreman",
};

const noah = {
  first_name: "Noah",
  last_name: "Lund",
  is_user: true,
  is_assignable: false,
  status: "active",
  group_ids: "south",
  email: "noah@northridge.example",
  phone: "+12065550177",
  permission_level_id: "viewer",
  no_invite: true,
};

const school = {
  name: "School",
  project_number: "26-015",
  status: "active",
  start_date: "2026-09-06",
  timezone: "America/Santiago",
  daily_start_time: "6:45 am",
  bid_rate: 61.5,
  group_ids: "north,south",
};

const clinic = { name: "Clinic", status: "pending", color: "#3366AA", group_ids: "south" };

/** How a write of each kind goes over the wire. */
function writeOf(stream: string, ability: WriteAbility) {
  const one = new RegExp(`/${stream}/[^/]+$`);
  if (ability === "create") return { method: "POST", path: new RegExp(`/${stream}$`) };
  return { method: ability === "remove" ? "DELETE" : "POST", path: one };
}

const paths: Readonly<Record<string, RegExp>> = {
  people: /\/people$/,
  projects: /\/projects$/,
  groups: /\/groups$/,
  job_titles: /\/job-titles$/,
  permission_levels: /\/permission-level-options$/,
};

const harness: ConformanceHarness = {
  definition: workforcePlanningConnector,
  async start(clock) {
    const simulator = await startWorkforcePlanningSimulator({
      now: clock.millis,
      data,
      pageSize: 2,
    });
    const lists: Readonly<Record<string, () => readonly { readonly id: string }[]>> = {
      people: simulator.people,
      projects: simulator.projects,
      groups: () => data.groups,
      job_titles: () => data.jobTitles,
      permission_levels: () => data.permissionLevels,
    };
    return {
      connect: (deps) => workforcePlanningConnector.connect(laborChartKeys(simulator.url), deps),
      secrets: [simulatorCredentials.oauth.clientSecret],
      ids: (stream) => (lists[stream]?.() ?? []).map(({ id }) => id),
      cutReading: (stream) =>
        simulator.faults.add({
          kind: "cut-body",
          method: "GET",
          path: paths[stream] ?? /./,
          // People and projects come in pages, and the other lists in one.
          after: stream === "people" || stream === "projects" ? 1 : 0,
          times: Number.POSITIVE_INFINITY,
        }),
      loseAnswer: (stream, ability) =>
        simulator.faults.add({ kind: "lose-answer", ...writeOf(stream, ability) }),
      refuseCredentials: () =>
        simulator.faults.add({ kind: "status", status: 401, times: Number.POSITIVE_INFINITY }),
      close: simulator.close,
    };
  },
  samples: {
    people: {
      missingId: "5eed0000-0000-4000-8000-00000000ffff",
      create: { fields: [mia, noah], invalid: { ...mia, group_ids: "west" } },
      update: {
        id: "ilse",
        patch: { last_name: "Berg", phone: "+12065550143" },
        invalid: { job_title_id: "cook" },
        emptied: "phone",
      },
      remove: { id: "p3" },
    },
    projects: {
      missingId: "5eed0000-0000-4000-8000-00000000ffff",
      create: { fields: [school, clinic], invalid: { ...clinic, status: "active" } },
      update: {
        id: "depot",
        patch: { name: "Harbor Depot", start_date: "2026-03-09", timezone: "Asia/Kathmandu" },
        invalid: { start_date: null },
        emptied: "zipcode",
      },
      remove: { id: "mill" },
    },
    groups: { onePage: true, missingId: "west" },
    job_titles: { onePage: true, missingId: "cook" },
    permission_levels: { onePage: true, missingId: "guest" },
  },
};

describeConnector("workforce-planning", harness);
