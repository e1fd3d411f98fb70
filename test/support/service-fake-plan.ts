import type { Change, FieldChange, GuardResult, Plan } from "../../engine/plan/plan.ts";
import { fakeHeld, peopleRule } from "./service-fake-held.ts";
import { fakePerson, inPeople, inUsers } from "./service-fake-people.ts";

/* Plans of an invented company: one with a change of every kind that waits behind a guard, and one as large as asked for. */

const users = { connection: "procore", stream: "users" } as const;
const base = { mapping: "people", rule: "users", after: [] } as const;

const fakeGuard: GuardResult = {
  code: "too-many-retires",
  mapping: "people",
  message:
    "The plan retires 12 records, 17.1% of 70 linked records; the limit is 10%. If that is right, add --allow people:too-many-retires",
  allow: "people:too-many-retires",
  allowed: false,
};

export function fakePlan(id: string, createdAt: Date, parts: Partial<Plan> = {}): Plan {
  return {
    format: 1,
    id,
    header: {
      engineVersion: "0.4.0",
      createdAt: createdAt.toISOString(),
      environment: "production",
      configurationDigest: "c0ffee00".repeat(8),
      purpose: "sync",
    },
    digest: `d19e57${id}`.padEnd(64, "0").slice(0, 64),
    readings: [
      { connection: "wfp", stream: "people", records: 84, ended: true },
      { ...users, records: 91, ended: true },
      { connection: "procore", stream: "contacts", records: 33, ended: true },
    ],
    rules: [peopleRule],
    guards: [],
    changes: [],
    held: [],
    passedOver: [],
    findings: [],
    nearMatches: [],
    refreshes: [],
    answered: [],
    estimate: [
      { connection: "wfp", calls: 0 },
      { connection: "procore", calls: 19 },
    ],
    ...parts,
  };
}

/** Twelve changes of all kinds, a guard, held records with none, one and two candidates. */
export function waitingPlan(createdAt: Date): Plan {
  return fakePlan("5f0c1d2e3a4b5c6d7e8f", createdAt, {
    guards: [fakeGuard],
    changes: twelveChanges(),
    held: fakeHeld,
    passedOver: [
      {
        code: "not-brought-in",
        mapping: "people",
        rule: "users",
        reason: "The person is inactive and has no link.",
        at: { file: "mappings/people.yaml", line: 71, column: 13 },
        records: [40, 41, 42].map((number) => ({
          address: inPeople(number),
          label: fakePerson(number).label,
        })),
      },
    ],
    findings: [
      {
        code: "unmanaged",
        mapping: "people",
        rule: "users",
        message: "Two users belong to nobody in Workforce Planning.",
        records: [90, 91].map((number) => ({
          address: inUsers(number),
          label: fakePerson(number).label,
        })),
      },
    ],
    refreshes: [
      { mapping: "people", rule: "users", source: inPeople(50), agreed: { job_title: "Mason" } },
    ],
    answered: [{ changeId: "create-60", answer: "The user was created; the two are linked." }],
  });
}

function twelveChanges(): readonly Change[] {
  return [
    retire(1),
    { ...create(21), after: ["retire-1"] },
    create(22),
    create(23),
    update(2, [
      field("mobile_phone", "(206) 555-0199", fakePerson(2).phone, "drift"),
      field("job_title", "Apprentice", fakePerson(2).trade, "source-changed"),
    ]),
    update(3, [field("last_name", "Farrow-Lind", fakePerson(3).last, "source-changed-and-drift")]),
    update(4, [{ field: "job_title", after: null, baseline: "Mason", why: "mapping-changed" }]),
    link(5),
    {
      ...update(5, [field("email_address", null, fakePerson(5).email, "first-agreement")]),
      after: ["link-5"],
    },
    retire(6),
    unlink(7),
    remove(8),
  ];
}

/** So many updates, for pages, search and limits. */
export function largePlan(id: string, createdAt: Date, changes: number): Plan {
  const numbers = Array.from({ length: changes }, (_, number) => number + 100);
  return fakePlan(id, createdAt, {
    changes: numbers.map((number) =>
      update(number, [
        field("job_title", "Apprentice", fakePerson(number).trade, "source-changed"),
      ]),
    ),
  });
}

function field(
  name: string,
  before: string | null,
  after: string,
  why: FieldChange["why"],
): FieldChange {
  return { field: name, before, after, baseline: before, why };
}

function create(number: number): Change {
  const person = fakePerson(number);
  return {
    ...base,
    kind: "create",
    id: `create-${number}`,
    situation: "absent",
    reason: "No user has the same e-mail address or employee ID.",
    source: inPeople(number),
    label: person.label,
    target: users,
    fields: [
      { field: "first_name", after: person.first, why: "new" },
      { field: "last_name", after: person.last, why: "new" },
      { field: "email_address", after: person.email, why: "new" },
      {
        field: "vendor_id",
        after: null,
        why: "new",
        label: "Northridge Builders",
        awaits: "retire-1",
      },
    ],
    precondition: { keys: [{ email_address: person.email }], except: ["70077"] },
    agreed: { mobile_phone: null },
    whenReferenced: true,
  };
}

function update(number: number, fields: readonly FieldChange[]): Change {
  return {
    ...base,
    kind: "update",
    id: `update-${number}`,
    situation: "linked",
    reason: fields.length === 1 ? "One field differs." : `${fields.length} fields differ.`,
    source: inPeople(number),
    label: fakePerson(number).label,
    target: inUsers(number),
    fields,
    precondition: { digest: `before-${number}` },
    agreed: { is_active: true },
  };
}

function retire(number: number): Change {
  return {
    ...base,
    kind: "retire",
    id: `retire-${number}`,
    situation: "left",
    reason: "The person no longer logs in.",
    source: inPeople(number),
    label: fakePerson(number).label,
    target: inUsers(number),
    fields: [{ field: "is_active", before: true, after: false, baseline: true, why: "retired" }],
    precondition: { digest: `before-${number}` },
    agreed: {},
    day: "2026-11-20",
  };
}

function link(number: number): Change {
  const { label, first } = fakePerson(number);
  return {
    ...base,
    kind: "link",
    id: `link-${number}`,
    situation: "found",
    reason: "The one user with the same e-mail address agrees.",
    source: inPeople(number),
    label,
    target: inUsers(number),
    targetLabel: label.toUpperCase(),
    precondition: { digest: `before-${number}` },
    agreed: { first_name: first },
    replaces: inUsers(number + 500),
    decided: "turned",
    supersedes: { rule: "back", source: inUsers(number) },
  };
}

function unlink(number: number): Change {
  return {
    ...base,
    kind: "unlink",
    id: `unlink-${number}`,
    situation: "gone",
    reason: "The person is no longer in Workforce Planning.",
    source: inPeople(number),
    label: fakePerson(number).label,
    target: inUsers(number),
  };
}

function remove(number: number): Change {
  return {
    ...base,
    kind: "delete",
    id: `delete-${number}`,
    situation: "gone",
    reason:
      "The person is no longer in Workforce Planning, and the rule deletes what was made for a trial.",
    source: inPeople(number),
    label: fakePerson(number).label,
    target: inUsers(number),
    precondition: { digest: `before-${number}` },
  };
}
