import { expect, test } from "vitest";
import {
  appliedRecord,
  call,
  newRecord,
  problemOf,
  procoreOffices,
  readAll,
  readOne,
  saved,
} from "../support/procore-directory.ts";

const open = procoreOffices();

const haugen = {
  first_name: "Ida",
  last_name: "Haugen",
  is_employee: true,
  is_active: true,
  employee_id: "NR-2041",
};

test("a new person is a contact, and is returned as the list of people shows it", async () => {
  const { stream, simulator } = await open({
    data: { workClassifications: [{ id: 81, name: "Carpenter" }] },
  });
  const fields = { ...haugen, work_classification_id: "81" };
  const made = appliedRecord(await stream("people").create?.(newRecord(fields), call));
  expect(made.fields).toMatchObject({ ...fields, id: made.id, user_id: null, email: null });
  expect(await readOne(stream("people"), "employee_id", "NR-2041")).toEqual(made);
  expect((await readOne(stream("contacts"), "employee_id", "NR-2041")).id).toBe(made.id);
  expect((await readAll(stream("users"))).records).toEqual([]);
  const { is_active: active, ...sent } = haugen;
  const { body } =
    simulator.log.find(({ method, url }) => method === "POST" && /people$/.test(url)) ?? {};
  expect(body).toEqual({ person: { ...sent, active, work_classification_id: 81 } });
});

test("users and contacts are both people, and only the one that is new is made", async () => {
  const { stream } = await open({
    data: {
      users: [
        {
          last_name: "Okafor",
          email_address: "mara@builders.example",
          is_employee: true,
          employee_id: "NR-1",
        },
      ],
      contacts: [{ last_name: "Lund", employee_id: "NR-2", active: false }],
    },
  });
  await stream("people").create?.(newRecord(haugen), call);
  const { records } = await readAll(stream("people"));
  const told = records.map(({ fields }) => [fields["employee_id"], fields["is_active"]]);
  expect(told.toSorted()).toEqual([
    ["NR-1", true],
    ["NR-2", false],
    ["NR-2041", true],
  ]);
});

test("a person without a last name is refused, with the reason", async () => {
  const { stream, simulator } = await open();
  const result = await stream("people").create?.(newRecord({ first_name: "Ida" }), call);
  expect(problemOf(result)).toMatchObject({ code: "rejected", applied: "no" });
  expect(problemOf(result).message).toContain("last_name: can't be blank");
  expect(saved(simulator).contacts).toEqual([]);
});

test("with a claimed origin id, a person whose create was lost is found again, and is nobody's user", async () => {
  const users = [{ last_name: "Okafor", email_address: "mara@builders.example" }];
  const { stream, simulator } = await open({
    data: { users },
    connection: { claimOriginId: true },
  });
  const origin = "smartbarrel/workers/wkr_1042";
  simulator.faults.add({ kind: "lose-answer", method: "POST", path: /people$/ });
  await stream("people").create?.(newRecord({ ...haugen, is_active: false }, origin), call);
  const found = await stream("people").findByOrigin?.(origin, call);
  const listed = await readOne(stream("people"), "employee_id", "NR-2041");
  expect(found).toEqual({ status: "found", record: listed });
  expect(listed.fields).toMatchObject({ origin_id: origin, user_id: null, is_active: false });
  const another = await stream("people").findByOrigin?.("smartbarrel/workers/wkr_1", call);
  expect(another).toEqual({ status: "missing" });
  expect(saved(simulator).contacts).toHaveLength(1);
});

test("without one, a create whose answer was lost stays in doubt, and is not sent again", async () => {
  const { stream, simulator } = await open();
  simulator.faults.add({ kind: "lose-answer", method: "POST", path: /people$/ });
  const problem = problemOf(await stream("people").create?.(newRecord(haugen), call));
  expect(problem).toMatchObject({ code: "answer-lost", applied: "maybe" });
  expect(stream("people").findByOrigin).toBeUndefined();
  expect(saved(simulator).contacts).toHaveLength(1);
});

test("a person can neither be changed nor asked for by number", async () => {
  const { stream } = await open();
  const { get, update, updateMany, remove } = stream("people");
  expect([get, update, updateMany, remove]).toEqual([undefined, undefined, undefined, undefined]);
});

test("the simulator keeps the number of a contact who is no employee, and not that of a user", async () => {
  const { stream } = await open({
    data: {
      users: [{ last_name: "Okafor", email_address: "mara@builders.example", employee_id: "NR-1" }],
      contacts: [{ last_name: "Lund", employee_id: "NR-2" }],
    },
  });
  const { records } = await readAll(stream("people"));
  const told = records.map(({ fields }) => [fields["last_name"], fields["employee_id"]]);
  expect(told.toSorted()).toEqual([
    ["Lund", "NR-2"],
    ["Okafor", null],
  ]);
});
