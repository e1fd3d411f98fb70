import type { Candidate, Held, RuleSummary } from "../../engine/plan/plan.ts";
import { fakePerson, inPeople, inUsers } from "./service-fake-people.ts";

/* Held records with none, one and two candidates. */

const at = { file: "mappings/people.yaml", line: 64, column: 5 } as const;

export const peopleRule: RuleSummary = {
  mapping: "people",
  rule: "users",
  role: "authoritative",
  digest: "ab12".repeat(16),
  source: { connection: "wfp", stream: "people" },
  target: { connection: "procore", stream: "users" },
  at,
  fieldsAt: {
    first_name: { file: "mappings/people.yaml", line: 68, column: 7 },
    mobile_phone: { file: "mappings/people.yaml", line: 70, column: 7 },
  },
  inStep: 58,
  unsettled: 1,
  outside: 0,
};

export const fakeHeld: readonly Held[] = [
  {
    ...about(31),
    code: "value-missing",
    situation: "absent",
    reason: "email_address must have a value, and the person has no e-mail address.",
    todo: "Fill in the field in the source system, or give the rule a `default`.",
    candidates: [],
  },
  {
    ...about(32),
    code: "disagrees",
    situation: "disagrees",
    reason: "The one user with the same employee ID differs in last_name.",
    todo: "Make the fields equal on both sides, or say that the two are one.",
    candidates: [
      candidate(132, [
        { field: "last_name", source: fakePerson(32).last, target: fakePerson(132).last },
      ]),
    ],
  },
  {
    ...about(33),
    code: "ambiguous",
    situation: "ambiguous",
    reason: "Two users have the same employee ID.",
    todo: "Say which of them it is, or correct the employee ID of the other one.",
    candidates: [
      candidate(133, [{ field: "email_address", source: fakePerson(33).email, target: null }]),
      {
        ...candidate(233, [
          { field: "first_name", source: fakePerson(33).first, target: "Sofía" },
          { field: "is_employee", source: true, target: false },
        ]),
        linkedTo: inPeople(9),
      },
    ],
  },
];

function about(number: number) {
  return {
    mapping: "people",
    rule: "users",
    source: inPeople(number),
    label: fakePerson(number).label,
    at,
  };
}

function candidate(number: number, differences: Candidate["differences"]): Candidate {
  return { address: inUsers(number), label: fakePerson(number).label, differences };
}
