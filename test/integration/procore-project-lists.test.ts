import { afterEach, describe, expect, test } from "vitest";
import { acceptsProjectIds } from "../../connectors/procore/streams/work-classification-schema.ts";
import {
  appliedRecord,
  call,
  newRecord,
  type OfficeOptions,
  openProcore,
  type ProcoreOffice,
  problemOf,
  readAll,
  readOne,
} from "../support/procore-directory.ts";
import { depot, pumps, timeData } from "../support/procore-time.ts";

let office: ProcoreOffice | null = null;

afterEach(async () => {
  await office?.close();
  office = null;
});

async function open(
  more: Readonly<Record<string, unknown>> = {},
  simulator: OfficeOptions["simulator"] = {},
): Promise<ProcoreOffice> {
  office = await openProcore({ data: { ...timeData, ...more }, simulator });
  return office;
}

const withoutTools = { tools_off: ["cost_codes", "sub_jobs", "locations", "timesheets"] };
const shows = { id: depot, name: "Harbor Street Depot", active: false };
const refuses = { id: pumps, name: "Pump Station", ...withoutTools };
const parts = ["cost_codes", "sub_jobs", "locations", "timesheets"] as const;

describe("what belongs to projects", () => {
  test("cost codes come with their project, their parent and their sub job, and deleted ones do not", async () => {
    const { stream } = await open();
    const { records } = await readAll(stream("cost_codes"));
    const told = records.map(({ fields }) => [
      fields["full_code"],
      fields["parent_id"],
      fields["sub_job_id"],
    ]);
    expect(told).toEqual([
      ["03", null, null],
      ["03-100", "61001", null],
      ["31", null, "62001"],
    ]);
    expect(records.every(({ fields }) => fields["project_id"] === String(depot))).toBe(true);
  });

  test("a location is told with those above it", async () => {
    const { stream } = await open();
    const { fields } = await readOne(stream("locations"), "node_name", "Floor 1");
    expect(fields).toMatchObject({ name: "Building A > Floor 1", parent_id: "63001" });
  });

  test.for([403, 404] as const)(
    "a project whose tools are off (%i) is left out, and nothing follows from that",
    async (unpermittedStatus) => {
      const { stream } = await open({ projects: [shows, refuses] }, { unpermittedStatus });
      for (const name of parts) {
        const { records, problem } = await readAll(stream(name));
        expect(problem).toBeNull();
        expect(records.length).toBeGreaterThan(0);
        const missing = await stream(name).get?.("99", call);
        expect(missing).toMatchObject({ status: "failed", problem: { code: "permission-denied" } });
        expect(JSON.stringify(missing)).toContain(String(pumps));
        const [one] = records;
        expect(await stream(name).get?.(one?.id ?? "", call)).toEqual({
          status: "found",
          record: one,
        });
      }
    },
  );

  test("where no project shows its list, the reading stops and says what to do", async () => {
    const { stream } = await open({ projects: [{ ...shows, ...withoutTools }, refuses] });
    const { problem } = await readAll(stream("locations"));
    expect(problem?.code).toBe("permission-denied");
    expect(problem?.message).toContain("the tool is switched on");
  });

  test("a project that fails for another reason stops the reading", async () => {
    const { stream, simulator } = await open();
    const times = Number.POSITIVE_INFINITY;
    simulator.faults.add({ kind: "status", status: 500, path: /locations$/, times });
    const { problem } = await readAll(stream("locations"));
    expect(problem).toMatchObject({ code: "unreachable", retry: "later" });
  });

  test("an app that sees no project cannot say that anything is gone", async () => {
    const hidden = [shows, refuses].map((project) => ({ ...project, permitted: false }));
    const { stream } = await open({ projects: hidden });
    expect(await stream("locations").get?.("63001", call)).toMatchObject({
      status: "failed",
      problem: { code: "permission-denied" },
    });
  });
});

describe("timesheets", () => {
  test("one is made for a project and a day, and no second one", async () => {
    const { stream } = await open();
    const fields = { project_id: String(depot), date: "2026-04-07" };
    const made = appliedRecord(await stream("timesheets").create?.(newRecord(fields), call));
    expect(made.fields).toMatchObject({ ...fields, status: "pending", number: 2 });
    expect((await readOne(stream("timesheets"), "id", made.id)).fields).toEqual(made.fields);
    const again = await stream("timesheets").create?.(newRecord(fields), call);
    expect(problemOf(again).code).toBe("already-exists");
  });

  test("without a day nothing is sent", async () => {
    const { stream, simulator } = await open();
    const fields = { project_id: String(depot), date: null };
    const result = await stream("timesheets").create?.(newRecord(fields), call);
    expect(problemOf(result).message).toContain("date is missing");
    expect(simulator.log).toEqual([]);
  });
});

describe("work classifications", () => {
  test("being on in projects is a call for each that changes, and none for the others", async () => {
    const { stream, simulator } = await open();
    const record = await readOne(stream("work_classifications"), "id", "81");
    expect(record.fields["project_ids"]).toBe(String(depot));
    const patch = { project_ids: String(pumps) };
    const { update } = stream("work_classifications");
    const changed = appliedRecord(await update?.({ record, patch }, call));
    expect(changed.fields["project_ids"]).toBe(String(pumps));
    const sent = simulator.log.filter(({ method }) => method === "PATCH");
    expect(sent.map(({ url, body }) => [url.split("/")[4], body])).toEqual([
      [String(pumps), { work_classification: { is_active: true } }],
      [String(depot), { work_classification: { is_active: false } }],
    ]);
  });

  test("a new one is there although it cannot be switched on, and the next update says why", async () => {
    const { stream } = await open({ projects: [shows, { ...refuses, permitted: false }] });
    const fields = { name: "Welder", project_ids: `${depot},${pumps}` };
    const { create, update } = stream("work_classifications");
    const record = appliedRecord(await create?.(newRecord(fields), call));
    expect(record.fields["project_ids"]).toBe(String(depot));
    const problem = problemOf(await update?.({ record, patch: fields }, call));
    expect(problem).toMatchObject({ code: "permission-denied", applied: "maybe" });
    expect(problem.message).toContain("permit the app the project");
  });

  test("a name that another one has is refused as there already", async () => {
    const { stream } = await open();
    const { create } = stream("work_classifications");
    expect(problemOf(await create?.(newRecord({ name: "Carpenter" }), call)).code).toBe(
      "already-exists",
    );
  });

  test.for([{ project_ids: "Depot" }, { name: null }])("%j is not sent", async (patch) => {
    const { stream, simulator } = await open();
    const record = await readOne(stream("work_classifications"), "id", "81");
    const problem = problemOf(
      await stream("work_classifications").update?.({ record, patch }, call),
    );
    expect(problem.message).toContain("Nothing was sent");
    expect(simulator.log.some(({ method }) => method === "PATCH")).toBe(false);
  });

  test("another order of the same projects is one spelling", () => {
    expect(acceptsProjectIds("20, 3,20")).toEqual({ ok: true, value: "3,20" });
    expect(acceptsProjectIds("3,-1").ok).toBe(false);
  });
});

test("people are users' persons and contacts, each by its own number", async () => {
  const users = [
    {
      id: 700_201,
      person_id: 25_130_000_009,
      last_name: "Lund",
      email_address: "a@builders.example",
    },
    { last_name: "Sato", email_address: "kenji@builders.example", is_active: false },
  ];
  const { stream } = await open({ users });
  const { records } = await readAll(stream("people"));
  expect(records.map(({ fields }) => fields["last_name"])).toEqual(["Haugen", "Lund", "Sato"]);
  const lund = records.find(({ fields }) => fields["user_id"] === "700201");
  expect(lund?.id).toBe("25130000009");
  expect(records[0]?.fields).toMatchObject({ user_id: null, employee_id: "E-2044" });
});

test("the list and a user by itself tell the number of the person, by which time cards name the user", async () => {
  const person = {
    person_id: 25_130_000_009,
    last_name: "Lund",
    email_address: "a@builders.example",
  };
  const { stream } = await open({ users: [person] });
  const record = await readOne(stream("users"), "last_name", "Lund");
  expect(record.fields["person_id"]).toBe("25130000009");
  expect(await stream("users").get?.(record.id, call)).toEqual({ status: "found", record });
  expect((await readOne(stream("people"), "user_id", record.id)).id).toBe("25130000009");
});

test("more projects than one reading may ask are refused before any of them is asked", async () => {
  const projects = Array.from({ length: 1_001 }, (_, index) => `Project ${index}`);
  office = await openProcore({ data: { projects } });
  const { problem } = await readAll(office.stream("sub_jobs"));
  expect(problem).toMatchObject({ code: "limit-reached", retry: "never" });
  expect(office.simulator.log.some(({ url }) => url.includes("sub_jobs"))).toBe(false);
});
