import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import type { MappingView, WorkspaceView } from "../../server/service.ts";

/* Three companies: one in good order, one whose newest files are broken, one whose files have never been right. */

export type FakeMapping = Omit<MappingView, "last" | "current" | "waiting" | "held">;

export interface FakeWorkspace extends Omit<WorkspaceView, "mappings"> {
  readonly mappings: FakeMapping[];
}

export function fakeWorkspaces(now: Date): FakeWorkspace[] {
  return [harbor(now), northridge(now), quay(now)];
}

function northridge(now: Date): FakeWorkspace {
  return {
    name: "northridge",
    title: "Northridge Builders",
    configuration: {
      digest: "c0ffee00".repeat(8),
      commit: "8f14e45fceea167a5a36dedd4bea2543c0ffee00",
      loadedAt: ago(now, 55),
      broken: [],
      isWritable: true,
    },
    connections: [
      { name: "procore", connector: "procore", account: "company 4242" },
      { name: "smartbarrel", connector: "smartbarrel", account: "company 77" },
      { name: "wfp", connector: "workforce-planning", account: "group Northridge" },
    ],
    mappings: [people(now), projects(now), timesheets(now), workers(now)],
  };
}

function people(now: Date): FakeMapping {
  return {
    name: "people",
    description: "The People List of Workforce Planning is kept in the Procore company directory.",
    file: "mappings/people.yaml",
    rules: [
      { name: "contacts", from: "wfp/people", to: "procore/contacts", role: "authoritative" },
      { name: "users", from: "wfp/people", to: "procore/users", role: "authoritative" },
    ],
    systemOfRecord: "wfp",
    goesThrough: [],
    schedule: "0 * * * *",
    autosync: { isOn: true, awaitsFirstRun: false },
    policy: "automatic",
    variables: [
      { name: "people", value: "everyone", fromGit: "everyone" },
      {
        name: "newUserPermissionTemplate",
        value: "Standard",
        fromGit: "Workforce Planning Standard",
        override: { by: "Hana Novak", at: ago(now, 60 * 26) },
      },
    ],
    nextRunAt: ago(now, -42),
  };
}

function projects(now: Date): FakeMapping {
  return {
    name: "projects",
    description: "Projects of Procore are projects in Workforce Planning.",
    file: "mappings/projects.yaml",
    rules: [
      { name: "projects", from: "procore/projects", to: "wfp/projects", role: "authoritative" },
      { name: "back", from: "wfp/projects", to: "procore/projects", role: "feedback" },
    ],
    systemOfRecord: "procore",
    goesThrough: [],
    schedule: "30 */2 * * *",
    autosync: { isOn: false, by: "Hana Novak", at: ago(now, 300), awaitsFirstRun: false },
    policy: "automatic",
    variables: [],
  };
}

function timesheets(now: Date): FakeMapping {
  return {
    name: "timesheets",
    description: "Shifts of SmartBarrel are time cards in Procore.",
    file: "mappings/timesheets.yaml",
    rules: [
      { name: "cards", from: "smartbarrel/shifts", to: "procore/timecards", role: "authoritative" },
    ],
    systemOfRecord: "smartbarrel",
    goesThrough: ["projects", "workers"],
    schedule: "0 * * * *",
    autosync: { isOn: true, awaitsFirstRun: false },
    policy: "approve",
    variables: [{ name: "days", value: 14, fromGit: 14 }],
    nextRunAt: ago(now, -42),
  };
}

function workers(now: Date): FakeMapping {
  return {
    name: "workers",
    description: "Employees among the Procore users are workers in SmartBarrel.",
    file: "mappings/workers.yaml",
    rules: [
      { name: "workers", from: "procore/users", to: "smartbarrel/workers", role: "authoritative" },
    ],
    systemOfRecord: "procore",
    goesThrough: [],
    schedule: "0 * * * *",
    autosync: { isOn: true, awaitsFirstRun: true },
    policy: "automatic",
    variables: [
      { name: "syncClassifications", value: false, fromGit: false },
      { name: "followInactive", value: { of: ["users"] }, fromGit: { of: ["users"] } },
    ],
    nextRunAt: ago(now, -42),
  };
}

const broken: readonly Diagnostic[] = [
  {
    code: "field-unknown",
    severity: "error",
    message: '"mobil_phone" is no field of procore/users.',
    help: 'Did you mean "mobile_phone"?',
    at: { file: "mappings/people.yaml", line: 70, column: 7 },
  },
  {
    code: "environment-missing",
    severity: "error",
    message: 'The variable "PROCORE_CLIENT_SECRET" is not set.',
    help: "Set it in .env or in the environment of the service.",
  },
];

function harbor(now: Date): FakeWorkspace {
  const mapping: FakeMapping = {
    ...people(now),
    autosync: { isOn: true, by: "Owen Price", at: ago(now, 900), awaitsFirstRun: false },
    variables: [],
  };
  return {
    name: "harbor",
    title: "Harbor & Sons",
    configuration: {
      digest: "badc0de0".repeat(8),
      commit: "45c48cce2e2d7fbdea1afc51c7c6ad26badc0de0-dirty",
      loadedAt: ago(now, 12),
      broken,
      isWritable: false,
    },
    connections: [
      { name: "procore", connector: "procore", account: "company 5150" },
      { name: "wfp", connector: "workforce-planning", account: "group Harbor" },
    ],
    mappings: [mapping],
  };
}

function quay(now: Date): FakeWorkspace {
  return {
    name: "quay",
    title: "Quay Street Concrete",
    configuration: {
      loadedAt: ago(now, 3),
      broken: [
        {
          code: "yaml-invalid",
          severity: "error",
          message: "The file is no YAML: a quote is not closed.",
          help: "Close the quote.",
          at: { file: "syncctl.yaml", line: 4, column: 12 },
        },
      ],
      isWritable: true,
    },
    connections: [],
    mappings: [],
  };
}

/** So many minutes before. */
export function ago(now: Date, minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}
