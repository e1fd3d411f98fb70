import type {
  Candidate,
  Change,
  FieldChange,
  Held,
  Plan,
  RuleSummary,
} from "../../engine/plan/plan.ts";
import type { RecordAddress, StreamRef } from "../../engine/value/address.ts";

/* Plans written by hand, for tests of what is made from a plan. A company called Northridge keeps its people in `hr`. */

export const people: StreamRef = { connection: "hr", stream: "people" };
export const users: StreamRef = { connection: "office", stream: "users" };

export function person(id: string): RecordAddress {
  return { ...people, id };
}

export function user(id: string): RecordAddress {
  return { ...users, id };
}

const usersRule: RuleSummary = {
  mapping: "people",
  rule: "users",
  role: "authoritative",
  digest: "rule-digest",
  source: people,
  target: users,
  at: { file: "mappings/people.yaml", line: 40, column: 3 },
  fieldsAt: {
    first_name: { file: "mappings/people.yaml", line: 46, column: 7 },
    phone: { file: "mappings/people.yaml", line: 48, column: 7 },
  },
  inStep: 12,
  unsettled: 0,
  outside: 0,
};

/** A plan without changes; each test adds what it is about. */
export function aPlan(parts: Partial<Plan> = {}): Plan {
  return {
    format: 1,
    id: "5f0c1d2e3a4b5c6d7e8f",
    header: {
      engineVersion: "0.1.0",
      createdAt: "2026-11-21T20:12:05.000Z",
      configurationDigest: "configuration-digest",
      purpose: "sync",
    },
    digest: "plan-digest",
    readings: [
      { ...people, records: 24, ended: true },
      { ...users, records: 14, ended: true },
    ],
    rules: [usersRule],
    guards: [],
    changes: [],
    held: [],
    passedOver: [],
    findings: [],
    nearMatches: [],
    refreshes: [],
    answered: [],
    estimate: [],
    ...parts,
  };
}

const base = { mapping: "people", rule: "users", after: [] } as const;

function newField(field: string, after: FieldChange["after"]): FieldChange {
  return { field, after, why: "new" };
}

export function aCreate(id: string, label: string, parts: Partial<Change> = {}): Change {
  return {
    ...base,
    kind: "create",
    id: `create-${id}`,
    situation: "absent",
    reason: "No record of office/users matches it.",
    source: person(id),
    label,
    target: users,
    fields: [newField("first_name", label), newField("phone", null)],
    precondition: { keys: [{ first_name: label }] },
    agreed: {},
    ...parts,
  } as Change;
}

export function anUpdate(id: string, label: string, fields: readonly FieldChange[]): Change {
  return {
    ...base,
    kind: "update",
    id: `update-${id}`,
    situation: "linked",
    reason: "One field differs.",
    source: person(id),
    label,
    target: user(`u${id}`),
    fields,
    precondition: { digest: "before" },
    agreed: {},
  };
}

export const drifted: FieldChange = {
  field: "phone",
  before: "(206) 555-0199",
  after: "(206) 555-0142",
  baseline: "(206) 555-0142",
  why: "drift",
};

function aCandidate(parts: Partial<Candidate> = {}): Candidate {
  return {
    address: user("u77"),
    label: "Jonas Weber",
    differences: [{ field: "is_employee", source: true, target: false }],
    ...parts,
  };
}

export function aHeld(id: string, label: string, parts: Partial<Held> = {}): Held {
  return {
    code: "disagrees",
    mapping: "people",
    rule: "users",
    situation: "disagrees",
    source: person(id),
    label,
    reason: "The one record with the same e-mail address differs in is_employee.",
    todo: "Make the fields equal on both sides, or link the two with `syncctl link add`.",
    candidates: [aCandidate()],
    at: usersRule.at,
    ...parts,
  };
}

function oneOfEachKind(): readonly Change[] {
  const retire: Change = {
    ...base,
    kind: "retire",
    id: "retire-9",
    situation: "left",
    reason: "The person no longer logs in.",
    source: person("9"),
    label: "Mina Farrow",
    target: user("u9"),
    fields: [{ field: "is_active", before: true, after: false, baseline: true, why: "retired" }],
    precondition: { digest: "before" },
    agreed: {},
  };
  return [
    retire,
    aCreate("9b", "Mina Farrow", { after: ["retire-9"] }),
    anUpdate("3", "Tom Okafor", [drifted]),
    {
      ...base,
      kind: "link",
      id: "link-4",
      situation: "found",
      reason: "The one record with the same e-mail address agrees.",
      source: person("4"),
      label: "Ilse Brandvold",
      target: user("u4"),
      targetLabel: "Ilse M. Brandvold",
      precondition: { digest: "before" },
      agreed: { first_name: "Ilse" },
    },
    {
      ...base,
      kind: "unlink",
      id: "unlink-5",
      situation: "gone",
      reason: "The source record is gone.",
      source: person("5"),
      label: "Ana Souza",
      target: user("u5"),
    },
    {
      ...base,
      kind: "delete",
      id: "delete-6",
      situation: "gone",
      reason: "The source record is gone.",
      source: person("6"),
      label: "Old Crane",
      target: user("u6"),
      precondition: { digest: "before" },
    },
  ];
}

/** One of everything: what a first plan of a small company looks like. */
export function fullPlan(): Plan {
  return aPlan({
    changes: oneOfEachKind(),
    held: [aHeld("7", "Jonas Weber")],
    nearMatches: [
      {
        mapping: "people",
        rule: "users",
        source: person("8"),
        label: "Petra Lund",
        candidates: [aCandidate({ label: "Petra Lundt", linkedTo: person("2") })],
      },
    ],
    passedOver: [
      {
        code: "not-brought-in",
        mapping: "people",
        rule: "users",
        reason: "The person is inactive and has no link.",
        at: { file: "mappings/people.yaml", line: 55, column: 13 },
        records: [{ address: person("11"), label: "Rolf Aker" }],
      },
    ],
    findings: [
      {
        code: "unmanaged",
        mapping: "people",
        message: "Two users belong to nobody.",
        records: [
          { address: user("u90"), label: "Night Watch" },
          { address: user("u91"), label: "Front Desk" },
        ],
      },
    ],
    estimate: [
      { connection: "hr", calls: 0 },
      { connection: "office", calls: 9 },
    ],
  });
}
