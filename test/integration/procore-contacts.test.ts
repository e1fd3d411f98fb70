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

const lund = { first_name: "Aino", last_name: "Lund", is_employee: true, employee_id: "E-2044" };

describe("reading contacts", () => {
  test("people without a user come, active and inactive, and nobody else", async () => {
    const { stream } = await open({
      data: {
        users: [{ last_name: "Okafor", email_address: "mara@builders.example" }],
        contacts: [lund, { last_name: "Reyes", active: false }, { last_name: "Sato" }],
      },
      simulator: { pageLengthMax: 1 },
    });
    const { records, pages, problem } = await readAll(stream("contacts"));
    expect(problem).toBeNull();
    expect(pages).toBe(3);
    expect(records.map(({ fields }) => [fields["last_name"], fields["is_active"]])).toEqual([
      ["Lund", true],
      ["Sato", true],
      ["Reyes", false],
    ]);
  });

  test("a user in the list is dropped, should Procore take no notice of the filter", async () => {
    const { stream, simulator } = await open();
    const contact = { is_active: true, email: null };
    const body = [
      { id: 1, last_name: "Okafor", user_id: 700_101, contact },
      { id: 2, last_name: "Lund", user_id: null, contact },
    ];
    simulator.faults.add({ kind: "status", status: 200, path: /people$/, body });
    const { records } = await readAll(stream("contacts"));
    expect(records.map(({ id }) => id)).toEqual(["2"]);
  });

  test("the job title is untold and not empty; the e-mail address is told", async () => {
    const contact = { ...lund, job_title: "Carpenter", email: "aino@builders.example" };
    const { stream } = await open({ data: { contacts: [contact] } });
    const { fields } = await readOne(stream("contacts"), "last_name", "Lund");
    expect(fields).not.toHaveProperty("job_title");
    expect(fields).toMatchObject({ ...lund, email: "aino@builders.example", is_active: true });
  });
});

describe("writing contacts", () => {
  test("a new contact is returned with what was sent", async () => {
    const { stream, simulator } = await open({ data: { workClassifications: ["Carpenter"] } });
    const classification = await readOne(stream("work_classifications"), "name", "Carpenter");
    const fields = { ...lund, job_title: "Carpenter", work_classification_id: classification.id };
    const created = appliedRecord(await stream("contacts").create?.(newRecord(fields), call));
    expect(created.fields).toMatchObject({ ...fields, is_active: true, email: null });
    expect(saved(simulator).contacts[0]).toMatchObject({ ...lund, job_title: "Carpenter" });
    const { fields: read } = await readOne(stream("contacts"), "last_name", "Lund");
    expect(created.fields).toMatchObject(read);
  });

  test("a create whose answer is lost is not sent again", async () => {
    const { stream, simulator } = await open();
    simulator.faults.add({ kind: "lose-answer", method: "POST", path: /people$/ });
    const problem = problemOf(await stream("contacts").create?.(newRecord(lund), call));
    expect(problem).toMatchObject({ code: "answer-lost", applied: "maybe" });
    expect(saved(simulator).contacts).toHaveLength(1);
  });

  test("a contact without a last name is refused, with the reason", async () => {
    const { stream } = await open();
    const problem = problemOf(
      await stream("contacts").create?.(newRecord({ first_name: "Aino" }), call),
    );
    expect(problem).toMatchObject({ code: "rejected", retry: "never", applied: "no" });
    expect(problem.message).toContain("last_name: can't be blank");
  });

  test("the last name goes along with every update, and nothing else does", async () => {
    const contact = { ...lund, job_title: "Carpenter", mobile_phone: "+1 206 555 0142" };
    const { stream, simulator } = await open({ data: { contacts: [contact] } });
    const record = await readOne(stream("contacts"), "last_name", "Lund");
    const patch = { employee_id: null };
    const updated = appliedRecord(await stream("contacts").update?.({ record, patch }, call));
    expect(updated.fields).toMatchObject({ first_name: "Aino", last_name: "Lund", ...patch });
    expect(saved(simulator).contacts[0]).toMatchObject({ ...contact, ...patch });
    const sent = simulator.log.find(({ method }) => method === "PATCH")?.body;
    expect(sent).toEqual({ person: { last_name: "Lund", employee_id: null } });
  });

  test("a job title that was written is believed, because no list tells it", async () => {
    const { stream } = await open({ data: { contacts: [lund] } });
    const record = await readOne(stream("contacts"), "last_name", "Lund");
    const patch = { job_title: "Foreman" };
    const updated = appliedRecord(await stream("contacts").update?.({ record, patch }, call));
    expect(updated.fields["job_title"]).toBe("Foreman");
  });

  test("a contact is deactivated (T-001) and brought back", async () => {
    const { stream, simulator } = await open({ data: { contacts: [lund] } });
    const record = await readOne(stream("contacts"), "last_name", "Lund");
    for (const is_active of [false, true]) {
      const patch = { is_active };
      const updated = appliedRecord(await stream("contacts").update?.({ record, patch }, call));
      expect(updated.fields["is_active"]).toBe(is_active);
      expect((await readOne(stream("contacts"), "is_active", is_active)).id).toBe(record.id);
    }
    expect(saved(simulator).contacts).toHaveLength(1);
  });

  test("an update of nobody is told apart from one that was refused", async () => {
    const { stream } = await open({ data: { contacts: [lund] } });
    const record = await readOne(stream("contacts"), "last_name", "Lund");
    const gone = { record: { ...record, id: "99" }, patch: { first_name: "Aino" } };
    const blank = { record, patch: { last_name: null } };
    const { update } = stream("contacts");
    expect(problemOf(await update?.(gone, call)).code).toBe("not-found");
    expect(problemOf(await update?.(blank, call)).code).toBe("rejected");
  });

  test("with a claimed origin id, a contact whose create was lost is found again", async () => {
    const { stream, simulator } = await open({ connection: { claimOriginId: true } });
    simulator.faults.add({ kind: "lose-answer", method: "POST", path: /people$/ });
    await stream("contacts").create?.(
      newRecord({ ...lund, is_active: false }, "wfp/people/7"),
      call,
    );
    const found = await stream("contacts").findByOrigin?.("wfp/people/7", call);
    expect(found).toMatchObject({ status: "found", record: { fields: { employee_id: "E-2044" } } });
    expect(await stream("contacts").findByOrigin?.("wfp/people/8", call)).toEqual({
      status: "missing",
    });
  });
});

test("templates of both families and classifications are read, with what tells them apart", async () => {
  const { stream } = await open({
    data: {
      permissionTemplates: [
        "Standard",
        { name: "Projects", type: "global", category: "external" },
        { name: "Tower", type: "project_specific" },
      ],
      workClassifications: [{ name: "Carpenter", abbreviation: "CAR" }],
    },
  });
  const templates = await readAll(stream("permission_templates"));
  expect(
    templates.records.map(({ fields }) => [fields["name"], fields["family"], fields["type"]]),
  ).toEqual([
    ["Standard", "company_tools", "company_tools"],
    ["Projects", "project_tools", "global"],
    ["Tower", "project_tools", "project_specific"],
  ]);
  const classifications = await readAll(stream("work_classifications"));
  expect(classifications.records[0]?.fields).toMatchObject({
    name: "Carpenter",
    abbreviation: "CAR",
  });
});
