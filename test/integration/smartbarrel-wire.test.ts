import { expect, test } from "vitest";
import { simulatorTokens } from "../../connectors/smartbarrel/simulator/simulator.ts";
import {
  applied,
  call,
  failure,
  openOffice,
  otherShape,
  readAll,
  readOne,
} from "../support/smartbarrel-office.ts";

/*
 * What travels is compared with texts that were written by hand, so that the connector and the simulator, which go by
 * the same definition, cannot agree on a mistake.
 */

const ilse = {
  id: "wkr_1042",
  first_name: "Ilse",
  last_name: "Brandvold",
  email: "ilse@northridge.example",
  phone: "+12065550142",
  payroll_id: "NR-2041",
  position_id: "pos_7",
  contractor_id: "con_1",
  is_subcontractor: false,
  status: "active",
  external_refs: { procore_user_id: "88121" },
  created_at: "2026-01-12T16:10:00.000Z",
  updated_at: "2026-01-12T16:10:00.000Z",
};

async function fetched(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await fetch(url, { headers });
  return { status: answer.status, body: await answer.json() };
}

const bearer = { authorization: `Bearer ${simulatorTokens.full}` };

test("the assumed shape is the one that is written down", async () => {
  const { simulator } = await openOffice();
  const { url } = simulator;
  expect(await fetched(`${url}/v1/workers?limit=1`, bearer)).toEqual({
    status: 200,
    body: { data: [ilse], page: 1, limit: 1, total: 4, has_more: true },
  });
  expect((await fetched(`${url}/v1/shifts/shf_1`, bearer)).body).toMatchObject({
    id: "shf_1",
    worker_id: "wkr_1042",
    date: "2026-03-04",
    time_in: "2026-03-04T07:01:00-08:00",
    break_minutes: 30,
    entries: [
      { id: "ent_1", hours: "5.00", cost_code_id: "cc_31", location: "Level 2", earn_code: "REG" },
      { id: "ent_2", hours: "3.00", cost_code_id: "cc_32", location: null, earn_code: "REG" },
    ],
    total_hours: "8.00",
  });
  expect((await fetched(`${url}/v1/projects/prj_9/cost_codes?limit=1`, bearer)).body).toMatchObject(
    { data: [{ id: "cc_31", segments: ["A", "03-100"], name: "Formwork", status: "active" }] },
  );
});

test("a worker is created, read and updated in the assumed shape", async () => {
  const { simulator, stream } = await openOffice();
  const workers = stream("workers");
  const fields = {
    first_name: "Mara",
    last_name: "Quist",
    payroll_id: "",
    procore_user_id: "88177",
  };
  const made = applied(await workers.create?.({ fields, originId: "people/1" }, call));
  expect(made.fields).toMatchObject({
    first_name: "Mara",
    payroll_id: null,
    is_subcontractor: false,
  });
  const [sent] = simulator.log;
  expect(sent).toMatchObject({
    method: "POST",
    url: "/v1/workers",
    body: {
      first_name: "Mara",
      last_name: "Quist",
      external_refs: { procore_user_id: "88177" },
    },
  });
  expect(sent?.headers["idempotency-key"]).toMatch(/^[0-9a-f]{64}$/);
  const patch = { phone: "+12065550188", procore_user_id: null };
  applied(await workers.update?.({ record: made, patch }, call));
  expect(simulator.log.at(-1)).toMatchObject({
    method: "PATCH",
    url: `/v1/workers/${made.id}`,
    body: { phone: "+12065550188", external_refs: { procore_user_id: null } },
  });
  expect((await readOne(workers, made.id)).fields).toMatchObject({
    phone: "+12065550188",
    procore_user_id: null,
    status: "active",
  });
});

test("a create that is sent again with the same key makes no second worker", async () => {
  const { simulator, stream } = await openOffice();
  const item = { fields: { first_name: "Mara", last_name: "Quist" }, originId: "people/1" };
  const first = applied(await stream("workers").create?.(item, call));
  const again = applied(await stream("workers").create?.(item, call));
  expect(again.id).toBe(first.id);
  const other = { ...item, originId: "people/2" };
  expect(applied(await stream("workers").create?.(other, call)).id).not.toBe(first.id);
  expect(simulator.workers.all()).toHaveLength(6);
});

test("an entry of a shift is a record with what its shift says", async () => {
  const { stream } = await openOffice();
  const { records, end } = await readAll(stream("shift_entries"));
  expect(end).toEqual({ kind: "end" });
  expect(records.map(({ id }) => id)).toEqual(["shf_1:ent_1", "shf_1:ent_2", "shf_3:ent_1"]);
  expect(records[0]?.fields).toEqual({
    shift_id: "shf_1",
    hours: 5,
    cost_code_id: "cc_31",
    location: "Level 2",
    earn_code: "REG",
    worker_id: "wkr_1042",
    project_id: "prj_9",
    date: "2026-03-04",
    time_in: "2026-03-04T15:01:00.000Z",
    time_out: "2026-03-04T23:32:00.000Z",
    break_minutes: 30,
    status: "approved",
    position_id: "pos_7",
  });
});

test("entries are asked for by the days of their shifts, and by the largest page", async () => {
  const { simulator, stream } = await openOffice();
  const { records, end } = await readAll(stream("shift_entries"), {
    from: "2026-03-05",
    to: "2026-03-05",
  });
  expect(end).toEqual({ kind: "end" });
  expect(records.map(({ id }) => id)).toEqual(["shf_3:ent_1"]);
  expect(simulator.log.map(({ url }) => url)).toEqual([
    "/v1/shifts?date_from=2026-03-04&date_to=2026-03-06&limit=500&page=1",
  ]);
});

test("cost codes are read project by project", async () => {
  const { simulator, stream } = await openOffice();
  const { records } = await readAll(stream("cost_codes"));
  const told = records.map(({ id, fields }) => [id, fields["project_id"], fields["segment_2"]]);
  expect(told.toSorted()).toEqual([
    ["cc_31", "prj_9", "03-100"],
    ["cc_32", "prj_9", "03-300"],
    ["cc_33", "prj_9", null],
    ["cc_41", "prj_10", "31-000"],
  ]);
  simulator.load({});
  expect(await readAll(stream("cost_codes"))).toEqual({ records: [], end: { kind: "end" } });
});

test("the same company in another shape gives the same records, by configuration alone", async () => {
  const assumed = await openOffice();
  const other = await openOffice({ definition: otherShape }, { definition: otherShape });
  for (const name of Object.keys(assumed.connector.streams)) {
    const { records } = await readAll(assumed.stream(name));
    // The other system has no numbers of projects.
    const same = records.map(({ id, fields: { number, ...fields } }) => ({ id, fields }));
    expect(await readAll(other.stream(name))).toEqual({
      records: name === "projects" ? same : records,
      end: { kind: "end" },
    });
  }
});

test("in another shape a worker is written whole, with every name and word of that shape", async () => {
  const { simulator, stream } = await openOffice(
    { definition: otherShape },
    { definition: otherShape },
  );
  const workers = stream("workers");
  const before = await readOne(workers, "wkr_1042");
  simulator.clearLog();
  const patch = { last_name: "Berg", status: "inactive" };
  const after = applied(await workers.update?.({ record: before, patch }, call));
  const { updated_at, ...kept } = before.fields;
  expect(after.fields).toMatchObject({ ...kept, ...patch });
  expect(after.fields["updated_at"]).not.toBe(updated_at);
  const [asked, sent] = simulator.log;
  expect(asked).toMatchObject({ method: "GET", url: "/api/2/people/wkr_1042" });
  expect(sent).toMatchObject({ method: "PUT", url: "/api/2/people/wkr_1042" });
  expect(sent?.headers).toMatchObject({ "x-api-key": simulatorTokens.full, "x-client": "syncctl" });
  expect(sent?.headers["authorization"]).toBeUndefined();
  expect(sent?.body).toEqual({
    record: {
      profile: {
        firstName: "Ilse",
        lastName: "Berg",
        contact: { mail: "ilse@northridge.example", cell: "+12065550142" },
      },
      payrollNumber: "NR-2041",
      trade: "pos_7",
      employer: "con_1",
      state: "DISABLED",
      links: { procore: "88121" },
    },
  });
});

test("in another shape lists and pages are asked for as that shape has it", async () => {
  const { simulator, stream, connector } = await openOffice(
    { definition: otherShape, pageSize: 3 },
    { definition: otherShape },
  );
  await readAll(stream("workers"));
  await readAll(stream("projects"));
  expect(simulator.log.map(({ method, url, body }) => [method, url, body])).toEqual([
    ["GET", "/api/2/people?state=ANY&take=50", undefined],
    ["GET", "/api/2/people?state=ANY&take=50&after=YXQ6Mw", undefined],
    ["POST", "/api/2/sites", { take: 50 }],
  ]);
  expect(connector.streams["projects"]?.create).toBeUndefined();
  expect(connector.streams["positions"]?.get).toBeDefined();
});

test("in another shape a refusal is known by that shape's status, with its reasons", async () => {
  const { stream } = await openOffice({ definition: otherShape }, { definition: otherShape });
  const positions = stream("positions");
  const taken = { fields: { name: "CARPENTER" }, originId: "classes/1" };
  expect(failure(await positions.create?.(taken, call))).toMatchObject({
    code: "already-exists",
    message: expect.stringContaining("title: is taken"),
    detail: expect.stringContaining("POST /api/2/trades -> 412"),
    applied: "no",
  });
  const record = await readOne(positions, "pos_8");
  const patch = { name: "Carpenter" };
  expect(failure(await positions.update?.({ record, patch }, call))).toMatchObject({
    code: "rejected",
    message: expect.stringContaining("because of another record"),
  });
  const worker = { fields: { first_name: "Mara", phone: "1" }, originId: "people/1" };
  expect(failure(await stream("workers").create?.(worker, call))).toMatchObject({
    code: "rejected",
    message: expect.stringContaining("profile.contact.cell: must be a number"),
  });
});
