import { describe, expect, test } from "vitest";
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

const ilse = { first_name: "Ilse", last_name: "Brandvold", email_address: "ilse@builders.example" };
const mara = { first_name: "Mara", last_name: "Okafor", email_address: "mara@builders.example" };
const tomas = { first_name: "Tomas", last_name: "Reyes", email_address: "tomas@builders.example" };

function numbered(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    last_name: `Number ${index}`,
    email_address: `number${index}@builders.example`,
  }));
}

function lastNames(records: readonly { readonly fields: Record<string, unknown> }[]): unknown[] {
  return records.map(({ fields }) => fields["last_name"]).sort();
}

describe("reading users", () => {
  test("active and inactive users come together, over as many pages as it takes", async () => {
    const users = numbered(7).map((user, index) => ({ ...user, is_active: index !== 3 }));
    const { stream } = await open({ data: { users }, simulator: { pageLengthMax: 2 } });
    const { records, pages, problem } = await readAll(stream("users"));
    expect(problem).toBeNull();
    expect(pages).toBe(4);
    expect(lastNames(records)).toEqual(users.map(({ last_name }) => last_name));
    expect(records.filter(({ fields }) => fields["is_active"] === false)).toHaveLength(1);
  });

  test("a list that names no next page is read on while its pages are full", async () => {
    const users = numbered(6);
    const { stream } = await open({
      data: { users },
      simulator: { pageLengthMax: 2, linkHeader: false },
    });
    const { records, problem } = await readAll(stream("users"));
    expect(problem).toBeNull();
    expect(lastNames(records)).toEqual(users.map(({ last_name }) => last_name));
  });

  test("a user that slips between two pages, because another one left, is read all the same", async () => {
    const users = numbered(6).map((user, index) => ({ ...user, id: 101 + index }));
    const { stream } = await open({ data: { users }, simulator: { pageLengthMax: 2 } });
    const ids: string[] = [];
    let end = "";
    for await (const event of stream("users").read(call)) {
      if (event.kind !== "records") end = event.kind;
      else {
        ids.push(...event.records.map(({ id }) => id));
        const first = event.records.find(({ id }) => id === "101");
        if (first)
          await stream("users").update?.({ record: first, patch: { is_active: false } }, call);
      }
    }
    expect(end).toBe("end");
    expect(ids.sort()).toEqual(["101", "102", "103", "104", "105", "106"]);
  });

  test("a list that never delivers what it promises proves nothing", async () => {
    const { stream, simulator } = await open();
    const headers = { total: "3", "per-page": "1000" };
    const row = { id: 1, last_name: "Only one" };
    const path = /users$/;
    simulator.faults.add({ kind: "status", status: 200, path, headers, body: [row], times: 9 });
    const { records, problem } = await readAll(stream("users"));
    expect(records).toHaveLength(1);
    expect(problem).toMatchObject({ code: "answer-unreadable", retry: "later", applied: "no" });
    expect(problem?.message).toContain("3 records and delivered 1");
  });

  test("a row of another shape stops the reading", async () => {
    const { stream, simulator } = await open();
    const body = [{ id: 7, last_name: "Okafor", is_active: "yes" }];
    simulator.faults.add({ kind: "status", status: 200, path: /users$/, body });
    const { problem } = await readAll(stream("users"));
    expect(problem?.code).toBe("answer-unreadable");
    expect(problem?.message).toContain("is_active of user 7 is a string");
  });

  test.for([false, true])(
    "listed and shown (inactive users: %s), a user looks the same, and what one list does not tell stays untold",
    async (showsInactiveUsers) => {
      const references = {
        company_permission_template_id: "Standard",
        default_permission_template_id: "Projects",
        work_classification_id: "Carpenter",
      };
      const { stream, simulator } = await open({
        data: {
          users: [
            { ...ilse, ...references },
            { ...mara, ...references, is_active: false },
          ],
          permissionTemplates: ["Standard", { name: "Projects", type: "global" }],
          workClassifications: ["Carpenter"],
        },
        simulator: { showsInactiveUsers },
      });
      const { records } = await readAll(stream("users"));
      for (const record of records) {
        expect(await stream("users").get?.(record.id, call)).toEqual({ status: "found", record });
      }
      const [active, inactive] = records;
      const [template] = saved(simulator).permissionTemplates;
      expect(active?.fields).toMatchObject({
        company_permission_template_id: String(template?.id),
        mobile_phone: null,
      });
      expect(inactive?.fields).not.toHaveProperty("company_permission_template_id");
      expect(inactive?.fields).not.toHaveProperty("work_classification_id");
    },
  );

  test("nobody is found under an id that was never given out", async () => {
    const { stream } = await open({ data: { users: [ilse] } });
    expect(await stream("users").get?.("99", call)).toEqual({ status: "missing" });
  });
});

describe("a user that may not be seen", () => {
  const answer = { kind: "status", status: 403, path: /users\/\d+$/ } as const;

  test("is found in the list of inactive users", async () => {
    const { stream, simulator } = await open({ data: { users: [{ ...ilse, is_active: false }] } });
    const record = await readOne(stream("users"), "last_name", "Brandvold");
    simulator.faults.add(answer);
    expect(await stream("users").get?.(record.id, call)).toEqual({ status: "found", record });
  });

  test("is not taken to be missing", async () => {
    const { stream, simulator } = await open({ data: { users: [ilse] } });
    const record = await readOne(stream("users"), "last_name", "Brandvold");
    simulator.faults.add(answer);
    expect(await stream("users").get?.(record.id, call)).toMatchObject({
      status: "failed",
      problem: { code: "permission-denied", applied: "no" },
    });
  });
});

describe("creating users", () => {
  test("a new user is returned whole, and nobody is invited (Q-006)", async () => {
    const { stream, simulator } = await open({ data: { permissionTemplates: ["Standard"] } });
    const template = await readOne(stream("permission_templates"), "name", "Standard");
    const fields = { ...ilse, is_employee: true, company_permission_template_id: template.id };
    const created = appliedRecord(await stream("users").create?.(newRecord(fields), call));
    expect(created.fields).toMatchObject({ ...fields, mobile_phone: null, is_active: true });
    expect(Object.keys(created.fields).sort()).toEqual(
      Object.keys(stream("users").schema.fields)
        // Only the list tells the person.
        .filter((name) => name !== "person_id")
        .sort(),
    );
    const [listed, ...others] = (await readAll(stream("users"))).records;
    expect(listed).toMatchObject(created);
    expect(others).toEqual([]);
    expect(saved(simulator).invitations).toEqual([]);
  });

  test("an e-mail address that the company has, in whatever case, exists already", async () => {
    const { stream, simulator } = await open({ data: { users: [{ ...ilse, is_active: false }] } });
    const twin = { last_name: "Twin", email_address: "ILSE@Builders.example" };
    const problem = problemOf(await stream("users").create?.(newRecord(twin), call));
    expect(problem).toMatchObject({ code: "already-exists", retry: "never", applied: "no" });
    expect(problem.message).toContain("email_address: has already been taken");
    expect(saved(simulator).users).toHaveLength(1);
  });

  test("a refusal carries Procore's reasons", async () => {
    const { stream } = await open();
    const blank = { last_name: " ", email_address: "someone@builders.example" };
    const problem = problemOf(await stream("users").create?.(newRecord(blank), call));
    expect(problem).toMatchObject({ code: "rejected", applied: "no" });
    expect(problem.message).toContain("last_name: can't be blank");
  });

  test("without Admin on the Directory, the message says what is missing", async () => {
    const { stream } = await open({ simulator: { directoryAdmin: false } });
    for (const result of [
      await stream("users").create?.(newRecord(ilse), call),
      (await stream("users").createMany?.([newRecord(ilse)], call))?.[0],
    ]) {
      expect(problemOf(result).code).toBe("permission-denied");
      expect(problemOf(result).message).toContain("Admin on the Directory");
    }
  });

  test("a create whose answer is lost is not sent again, and may have been carried out", async () => {
    const { stream, simulator } = await open();
    simulator.faults.add({ kind: "lose-answer", method: "POST", path: /users$/ });
    const problem = problemOf(await stream("users").create?.(newRecord(ilse), call));
    expect(problem).toMatchObject({ code: "answer-lost", applied: "maybe" });
    expect(saved(simulator).users).toHaveLength(1);
    expect(
      simulator.log.filter(({ method, url }) => method === "POST" && /users/.test(url)),
    ).toHaveLength(1);
  });

  test("an answer without an id leaves the create in doubt", async () => {
    const { stream, simulator } = await open();
    simulator.faults.add({ kind: "status", status: 201, path: /users$/, body: { name: "?" } });
    const problem = problemOf(await stream("users").create?.(newRecord(ilse), call));
    expect(problem).toMatchObject({ code: "answer-unreadable", applied: "maybe" });
  });
});

describe("creating many users", () => {
  test("each is for itself, and the results stand in the order of the items", async () => {
    const { stream, simulator } = await open({ data: { users: [tomas] } });
    const results = await stream("users").createMany?.(
      [
        newRecord(ilse),
        newRecord({ ...tomas, last_name: "Twin" }),
        newRecord({ ...mara, company_permission_template_id: "999" }),
        newRecord({ ...mara, work_classification_id: "none" }),
        newRecord(mara),
        newRecord({ ...mara, first_name: "Another" }),
      ],
      call,
    );
    expect(appliedRecord(results?.[0]).fields).toMatchObject(ilse);
    expect(problemOf(results?.[1])).toMatchObject({ code: "already-exists", applied: "no" });
    expect(problemOf(results?.[2])).toMatchObject({ code: "rejected", applied: "no" });
    expect(problemOf(results?.[2]).message).toContain("company_permission_template_id: is invalid");
    expect(problemOf(results?.[3]).message).toContain("Nothing was sent");
    // The first of three with one address was refused for another reason; the others wait for the next run.
    expect(problemOf(results?.[4])).toMatchObject({ code: "rejected", applied: "no" });
    expect(problemOf(results?.[5])).toMatchObject({ code: "rejected", applied: "no" });
    expect(lastNames(saved(simulator).users.map((fields) => ({ fields })))).toEqual([
      "Brandvold",
      "Reyes",
    ]);
    expect(saved(simulator).invitations).toEqual([]);
  });

  test("a call that is refused as a whole is refused for all of them, with the reason", async () => {
    const { stream, simulator } = await open();
    const body = { errors: { base: ["not today"] } };
    simulator.faults.add({ kind: "status", status: 422, path: /users\/sync$/, body });
    const results = await stream("users").createMany?.([newRecord(ilse), newRecord(mara)], call);
    for (const result of results ?? []) {
      expect(problemOf(result)).toMatchObject({ code: "rejected", applied: "no" });
      expect(problemOf(result).message).toContain("not today");
    }
    expect(results).toHaveLength(2);
    expect(saved(simulator).users).toEqual([]);
  });

  test("one of whom the answer says nothing is in doubt", async () => {
    const { stream, simulator } = await open();
    const body = { entities: [{ id: 1, ...mara }], errors: [] };
    simulator.faults.add({ kind: "status", status: 200, path: /users\/sync$/, body });
    const results = await stream("users").createMany?.([newRecord(ilse), newRecord(mara)], call);
    expect(problemOf(results?.[0])).toMatchObject({ code: "answer-unreadable", applied: "maybe" });
    expect(appliedRecord(results?.[1]).id).toBe("1");
  });

  test("a lost answer leaves all of them in doubt, and nothing is sent twice", async () => {
    const { stream, simulator } = await open();
    simulator.faults.add({ kind: "lose-answer", path: /users\/sync$/ });
    const results = await stream("users").createMany?.([newRecord(ilse), newRecord(mara)], call);
    expect(results?.map((result) => problemOf(result).applied)).toEqual(["maybe", "maybe"]);
    expect(saved(simulator).users).toHaveLength(2);
    expect(simulator.log.filter(({ url }) => /sync/.test(url))).toHaveLength(1);
  });
});

describe("updating users", () => {
  test("only the fields that are given change (P-025)", async () => {
    const kept = {
      notes: "Ladder ticket",
      address: "12 Levee Rd",
      fax_number: "555 0100",
      vendor_id: 31,
    };
    const user = { ...ilse, ...kept, job_title: "Foreman", mobile_phone: "+1 206 555 0142" };
    const { stream, simulator } = await open({ data: { users: [user] } });
    const record = await readOne(stream("users"), "last_name", "Brandvold");
    const patch = { job_title: "Superintendent", mobile_phone: null };
    const updated = appliedRecord(await stream("users").update?.({ record, patch }, call));
    expect(updated.fields).toMatchObject({ ...ilse, ...patch });
    expect(saved(simulator).users[0]).toMatchObject({ ...ilse, ...kept, ...patch });
    const sent = simulator.log.find(({ url }) => /sync/.test(url))?.body;
    expect(sent).toEqual({ updates: [{ id: Number(record.id), ...patch }] });
  });

  test("one who is gone and one who is refused do not keep the others from being updated", async () => {
    const { stream, simulator } = await open({ data: { users: [ilse, mara, tomas] } });
    const { records } = await readAll(stream("users"));
    const [first, second, third] = records;
    if (!first || !second || !third) throw new Error("three users were expected");
    const results = await stream("users").updateMany?.(
      [
        { record: first, patch: { job_title: "Foreman" } },
        { record: { ...second, id: "99" }, patch: { job_title: "Foreman" } },
        { record: second, patch: { email_address: "ilse@builders.example" } },
        { record: third, patch: { job_title: "Foreman" } },
      ],
      call,
    );
    expect(appliedRecord(results?.[0]).id).toBe(first.id);
    expect(problemOf(results?.[1])).toMatchObject({ code: "not-found", applied: "no" });
    expect(problemOf(results?.[2])).toMatchObject({ code: "rejected", applied: "no" });
    expect(problemOf(results?.[2]).message).toContain("email_address: has already been taken");
    expect(appliedRecord(results?.[3]).id).toBe(third.id);
    expect(saved(simulator).users.map(({ job_title }) => job_title)).toEqual([
      "Foreman",
      null,
      "Foreman",
    ]);
  });

  test("a user is deactivated (P-020) and brought back (P-021)", async () => {
    const { stream, simulator } = await open({ data: { users: [ilse] } });
    const record = await readOne(stream("users"), "last_name", "Brandvold");
    for (const is_active of [false, true]) {
      const patch = { is_active, job_title: is_active ? "Foreman" : null };
      const updated = appliedRecord(await stream("users").update?.({ record, patch }, call));
      expect(updated.fields).toMatchObject(patch);
      expect((await readOne(stream("users"), "is_active", is_active)).id).toBe(record.id);
    }
    expect(saved(simulator).users).toHaveLength(1);
  });

  test("an update whose answer is lost is sent again", async () => {
    const { stream, simulator } = await open({ data: { users: [ilse] } });
    const record = await readOne(stream("users"), "last_name", "Brandvold");
    simulator.faults.add({ kind: "lose-answer", path: /users\/sync$/ });
    const patch = { job_title: "Foreman" };
    const updated = appliedRecord(await stream("users").update?.({ record, patch }, call));
    expect(updated.fields).toMatchObject(patch);
    expect(simulator.log.filter(({ url }) => /sync/.test(url))).toHaveLength(2);
  });
});

describe("the origin id", () => {
  test("is left alone unless the connection claims it", async () => {
    const { stream, simulator } = await open();
    expect(stream("users").findByOrigin).toBeUndefined();
    expect(stream("contacts").findByOrigin).toBeUndefined();
    await stream("users").create?.(newRecord(ilse), call);
    await stream("users").createMany?.([newRecord(mara)], call);
    await stream("contacts").create?.(newRecord({ last_name: "Lund" }), call);
    const { users, contacts } = saved(simulator);
    expect([...users, ...contacts].map(({ origin_id }) => origin_id)).toEqual([null, null, null]);
  });

  test("finds a user again, active or not, and nobody else", async () => {
    const { stream } = await open({
      data: { users: [{ ...tomas, origin_id: "hr/1", is_active: false }] },
      connection: { claimOriginId: true },
    });
    const users = stream("users");
    const created = appliedRecord(await users.create?.(newRecord(ilse, "wfp/people/1"), call));
    expect(created.fields["origin_id"]).toBe("wfp/people/1");
    expect(await users.findByOrigin?.("wfp/people/1", call)).toMatchObject({
      record: { id: created.id },
    });
    expect(await users.findByOrigin?.("hr/1", call)).toMatchObject({
      record: { fields: { last_name: "Reyes" } },
    });
    expect(await users.findByOrigin?.("wfp/people/2", call)).toEqual({ status: "missing" });
  });

  test("tells which users of a batch were made, when its answer was lost", async () => {
    const { stream, simulator } = await open({ connection: { claimOriginId: true } });
    simulator.faults.add({ kind: "lose-answer", path: /users\/sync$/ });
    const items = [newRecord(ilse, "wfp/people/1"), newRecord({ last_name: " " }, "wfp/people/2")];
    const results = await stream("users").createMany?.(items, call);
    expect(results?.map((result) => problemOf(result).applied)).toEqual(["maybe", "maybe"]);
    const [made, refused] = await Promise.all(
      items.map(({ originId }) => stream("users").findByOrigin?.(originId, call)),
    );
    expect(made).toMatchObject({ status: "found", record: { fields: ilse } });
    expect(refused).toEqual({ status: "missing" });
  });
});
