import type { PlanCounts, RunRequest, StoredPlan } from "../../engine/state/service-store.ts";
import type { RunEntry, RunSummary } from "../../engine/state/store.ts";
import { fakePerson, inPeople, inUsers } from "./service-fake-people.ts";
import { fakePlan, largePlan, waitingPlan } from "./service-fake-plan.ts";
import { ago } from "./service-fake-workspaces.ts";

/* What has happened in the invented companies before: requests, their plans, runs and logs. */

/** Requests by name, for tests and for bookmarks. */
export const fakeIds = {
  /** Its plan waits behind a guard: twelve changes of all kinds. */
  waiting: "people-waiting",
  /** Its plan waits because the mapping says so: 2,400 changes. */
  large: "timesheets-waiting",
  /** Thousands of entries in two runs. */
  long: "people-long",
  failed: "timesheets-failed",
  running: "projects-now",
  /** Of the other company. */
  harbor: "harbor-people",
} as const;

const none: PlanCounts = {
  create: 0,
  update: 0,
  link: 0,
  retire: 0,
  delete: 0,
  unlink: 0,
  held: 0,
  passedOver: 0,
  inStep: 0,
};

export function fakeRequest(
  now: Date,
  parts: Pick<RunRequest, "id" | "mapping" | "status"> & Partial<RunRequest>,
): RunRequest {
  return {
    workspace: "northridge",
    purpose: "sync",
    allow: [],
    trigger: "schedule",
    requestedBy: "schedule",
    requestedAt: now,
    runIds: [],
    configurationDigest: "c0ffee00".repeat(8),
    commit: "8f14e45fceea167a5a36dedd4bea2543c0ffee00",
    ...parts,
  };
}

/** Newest first. */
export function fakeRequests(now: Date): RunRequest[] {
  return [...openRequests(now), ...endedRequests(now), ...olderRequests(now)];
}

function ended(now: Date, minutes: number) {
  return {
    requestedAt: ago(now, minutes),
    startedAt: ago(now, minutes - 0.1),
    finishedAt: ago(now, minutes - 1.5),
  };
}

function openRequests(now: Date): readonly RunRequest[] {
  return [
    fakeRequest(now, {
      id: fakeIds.running,
      mapping: "projects",
      status: "planning",
      trigger: "manual",
      requestedBy: "Hana Novak",
      requestedAt: ago(now, 1),
      startedAt: ago(now, 0.9),
      worker: "worker-1",
      progress: { phase: "reading", done: 240, of: 410, what: "procore/projects", at: now },
    }),
    fakeRequest(now, {
      id: fakeIds.waiting,
      mapping: "people",
      status: "waiting",
      requestedAt: ago(now, 18),
      startedAt: ago(now, 18),
      planId: "5f0c1d2e3a4b5c6d7e8f",
      counts: {
        ...none,
        create: 3,
        update: 4,
        link: 1,
        retire: 2,
        unlink: 1,
        delete: 1,
        held: 3,
        passedOver: 3,
        inStep: 58,
      },
      note: "A guard stands against the plan: too-many-retires.",
      code: "too-many-retires",
    }),
    fakeRequest(now, {
      id: fakeIds.large,
      mapping: "timesheets",
      status: "waiting",
      requestedAt: ago(now, 19),
      startedAt: ago(now, 19),
      planId: "a1b2c3d4e5f60718293a",
      counts: { ...none, update: 2400, inStep: 120 },
    }),
  ];
}

function endedRequests(now: Date): readonly RunRequest[] {
  return [
    fakeRequest(now, {
      id: fakeIds.harbor,
      workspace: "harbor",
      mapping: "people",
      status: "done",
      ...ended(now, 20),
      counts: { ...none, inStep: 41 },
      runIds: ["run-harbor"],
    }),
    fakeRequest(now, {
      id: fakeIds.long,
      mapping: "people",
      status: "partial",
      trigger: "api",
      requestedBy: "nightly import",
      ...ended(now, 79),
      planId: "0badf00d0badf00d0bad",
      counts: { ...none, create: 3000, held: 60, passedOver: 140 },
      runIds: ["run-long-1", "run-long-2"],
      note: "64 records were not applied; see the log.",
    }),
    fakeRequest(now, {
      id: fakeIds.failed,
      mapping: "timesheets",
      status: "failed",
      ...ended(now, 139),
      code: "credentials-refused",
      note: "SmartBarrel refuses the token of the connection smartbarrel. Make a new one and put it into .env.",
    }),
  ];
}

function olderRequests(now: Date): readonly RunRequest[] {
  const statuses = [
    "done",
    "done",
    "done",
    "partial",
    "done",
    "cancelled",
    "done",
    "refused",
  ] as const;
  return Array.from({ length: 60 }, (_, hour) =>
    fakeRequest(now, {
      id: `hourly-${String(60 - hour).padStart(3, "0")}`,
      mapping: hour % 3 === 2 ? "projects" : "people",
      status: statuses[hour % statuses.length] ?? "done",
      ...ended(now, 200 + hour * 60),
      counts: { ...none, update: hour % 5, inStep: 70 },
      runIds: [`run-hourly-${60 - hour}`],
    }),
  );
}

/** Made when it is asked for: one of them is large. */
export function fakePlans(now: Date): Map<string, () => StoredPlan> {
  const stored = (requestId: string, plan: StoredPlan["plan"], parts: Partial<StoredPlan> = {}) => {
    const value: StoredPlan = {
      plan,
      workspace: "northridge",
      requestId,
      status: "waiting",
      ...parts,
    };
    return value;
  };
  return new Map([
    [fakeIds.waiting, () => stored(fakeIds.waiting, waitingPlan(ago(now, 17)))],
    [
      fakeIds.large,
      () => stored(fakeIds.large, largePlan("a1b2c3d4e5f60718293a", ago(now, 18), 2400)),
    ],
    [
      fakeIds.long,
      () =>
        stored(fakeIds.long, fakePlan("0badf00d0badf00d0bad", ago(now, 78)), {
          status: "applied",
          decidedBy: "Hana Novak",
          decidedAt: ago(now, 78),
          approved: ["create-100", "create-101"],
        }),
    ],
  ]);
}

export function fakeRuns(request: RunRequest): RunSummary[] {
  return request.runIds.map((runId, place) => {
    const isLast = place === request.runIds.length - 1;
    return {
      runId,
      planId: request.planId ?? "0000",
      planDigest: "d19e57".repeat(10),
      purpose: request.purpose,
      mappings: [request.mapping],
      configurationDigest: request.configurationDigest ?? "",
      startedAt: request.startedAt ?? request.requestedAt,
      startedBy: request.requestedBy,
      request: request.id,
      status: isLast ? "partial" : "running",
      ...(isLast && request.finishedAt ? { finishedAt: request.finishedAt } : {}),
      ...(isLast ? { note: "The second page of procore/users could not be read." } : {}),
      counts: { applied: 2900, failed: 40, "in-doubt": 4, stale: 12, skipped: 8, held: 60 },
    };
  });
}

/** Entries of a run of the long request: two runs of 1,600. */
const longRunEntries = 1600;

export function fakeEntries(runId: string): RunEntry[] {
  if (runId === "run-harbor") return [entry(0, 3)];
  if (!runId.startsWith("run-long")) return Array.from({ length: 5 }, (_, at) => entry(at, at));
  const first = runId === "run-long-1" ? 0 : longRunEntries;
  return Array.from({ length: longRunEntries }, (_, at) => entry(at, first + at));
}

type Ending = Pick<RunEntry, "action" | "status" | "reason"> & Partial<RunEntry>;

/** What became of some; all others were created. */
const endings: Readonly<Record<number, Ending>> = {
  7: {
    action: "create",
    status: "failed",
    code: "rejected",
    reason: "Procore refuses the e-mail address: it is taken.",
  },
  11: {
    action: "create",
    status: "in-doubt",
    code: "answer-lost",
    reason: "The connection was lost before the answer came.",
  },
  13: {
    action: "update",
    status: "stale",
    code: "stale",
    reason: "The user was changed since the plan was made.",
  },
  17: {
    action: "create",
    status: "skipped",
    code: "waits-for",
    reason: "A change that it waits for was not applied.",
  },
  19: {
    action: "none",
    status: "held",
    code: "value-missing",
    reason: "The person has no e-mail address.",
    fields: [],
  },
  23: {
    action: "none",
    status: "passed-over",
    code: "not-brought-in",
    reason: "The person is inactive and has no link.",
    fields: [],
  },
};

const endingsRepeatAfter = 40;

function entry(sequence: number, number: number): RunEntry {
  const { email, label, trade } = fakePerson(number);
  const ending = endings[number % endingsRepeatAfter];
  const hasTarget = ending === undefined || ending.action === "update";
  return {
    sequence,
    mapping: "people",
    rule: "users",
    source: inPeople(number),
    ...(hasTarget ? { target: inUsers(number) } : {}),
    label,
    fields: [
      { field: "email_address", after: email, why: "new" },
      { field: "job_title", before: "Apprentice", after: trade, baseline: null, why: "drift" },
    ],
    ...(ending ?? { action: "create", status: "applied", reason: "" }),
  };
}
