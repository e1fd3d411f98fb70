import { describe, expect, test } from "vitest";
import { timecards, timesheets } from "../../connectors/procore/api-time.ts";
import { pairTimecards } from "../../connectors/procore/streams/timecard-pairs.ts";
import {
  appliedRecord,
  call,
  newRecord,
  type OfficeOptions,
  type ProcoreOffice,
  problemOf,
  procoreOffices,
  procoreSecret,
  readAll,
  readOne,
  saved,
} from "../support/procore-directory.ts";
import {
  depot,
  fullEntry,
  pumps,
  startStopEntry,
  timeData,
  worker,
} from "../support/procore-time.ts";

const openOffice = procoreOffices();

async function open(simulator: OfficeOptions["simulator"] = {}): Promise<ProcoreOffice> {
  return openOffice({ data: timeData, simulator });
}

/** Calls the simulator without the connector. */
async function ask({ simulator }: ProcoreOffice, method: string, path: string, body?: unknown) {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: "procore-app",
    client_secret: procoreSecret,
  });
  const granted = await fetch(`${simulator.url}/oauth/token`, { method: "POST", body: form });
  const { access_token } = (await granted.json()) as { readonly access_token: string };
  const answer = await fetch(`${simulator.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${access_token}`,
      "procore-company-id": "4242",
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

const bulk = `/rest/v1.1/projects/${depot}/project_timecard_entries/bulk_create`;
const good = { party_id: worker, project_id: depot, date: "2026-04-09", hours: "8.0" };

describe("new timecard entries", () => {
  test("entries of two projects are two calls, and come back in the order of the items", async () => {
    const { stream, simulator } = await open();
    const items = [fullEntry, startStopEntry, { ...fullEntry, date: "2026-04-10" }];
    const results = await stream("timecard_entries").createMany?.(
      items.map((one) => newRecord(one)),
      call,
    );
    const [first, second, third] = (results ?? []).map(appliedRecord);
    expect(first?.fields).toMatchObject({ ...fullEntry, hours: 7.75 });
    expect(second?.fields).toMatchObject({ project_id: String(pumps), hours: 8, lunch_time: 30 });
    expect(third?.fields["date"]).toBe("2026-04-10");
    const sent = simulator.log.filter(({ url }) => url.endsWith("bulk_create"));
    expect(sent.map(({ status }) => status)).toEqual([201, 201]);
    expect(sent[0]?.body).toMatchObject({
      timecard_entries: [{ project_id: depot, hours: "7.75", timecard_time_type_id: 501 }, {}],
    });
    expect(sent[1]?.body).toMatchObject({
      timecard_entries: [{ time_in: "2026-04-09T14:00:00Z", lunch_time: "30" }],
    });
  });

  test("one bad entry among 25 gets its own reason, and the others are stored", async () => {
    const { stream, simulator } = await open();
    const items = Array.from({ length: 25 }, (_, index) =>
      newRecord({
        ...fullEntry,
        origin_data: `shift ${index}`,
        ...(index === 17 && { party_id: "700101" }),
      }),
    );
    const results = (await stream("timecard_entries").createMany?.(items, call)) ?? [];
    expect(problemOf(results[17])).toMatchObject({ code: "rejected", applied: "no" });
    expect(problemOf(results[17]).message).toContain("party_id: is invalid");
    const others = results.filter((_, index) => index !== 17).map(appliedRecord);
    expect(others.map(({ fields }) => fields["origin_data"])).toEqual(
      items.filter((_, index) => index !== 17).map(({ fields }) => fields["origin_data"]),
    );
    expect(saved(simulator).timecardEntries).toHaveLength(1 + 24);
    expect(simulator.log.filter(({ url }) => url.endsWith("bulk_create")).length).toBeLessThan(12);
  });

  test("a call that may need a beta says so, and stores nothing", async () => {
    const { stream, simulator } = await open({ bulkCreate: false });
    const result = await stream("timecard_entries").create?.(newRecord(fullEntry), call);
    expect(problemOf(result)).toMatchObject({ code: "permission-denied", applied: "no" });
    expect(problemOf(result).message).toContain("beta");
    expect(saved(simulator).timecardEntries).toHaveLength(1);
  });

  test.for([
    { what: "no person", fields: { ...fullEntry, party_id: null }, why: "party_id is missing" },
    { what: "no instant", fields: { ...startStopEntry, time_in: "08:00" }, why: "time_in must be" },
  ])("with $what nothing is sent", async ({ fields, why }) => {
    const { stream, simulator } = await open();
    const result = await stream("timecard_entries").create?.(newRecord(fields), call);
    expect(problemOf(result).message).toContain(why);
    expect(simulator.log).toEqual([]);
  });

  test.for([
    {
      what: "start and stop in a project of total hours",
      fields: { ...startStopEntry, project_id: String(depot) },
      why: "hours: can't be blank",
    },
    {
      what: "hours in a project of start and stop",
      fields: { ...startStopEntry, hours: 8 },
      why: "records start and stop",
    },
    {
      what: "a cost code of another project",
      fields: { ...startStopEntry, cost_code_id: "61001" },
      why: "cost_code_id: is invalid",
    },
    {
      what: "a classification that is off in the project",
      fields: { ...startStopEntry, work_classification_id: "81" },
      why: "work_classification_id: is invalid",
    },
    {
      what: "more hours than a day has",
      fields: { ...fullEntry, hours: 25 },
      why: "between 0 and 24",
    },
  ])("$what: refused, with the reason", async ({ fields, why }) => {
    const { stream } = await open();
    const result = await stream("timecard_entries").create?.(newRecord(fields), call);
    expect(problemOf(result).message).toContain(why);
  });

  test("an answer that does not show an entry that was sent leaves all of the call in doubt", () => {
    const row = { id: 7, ...good };
    const sent = [fullEntry, { ...fullEntry, date: "2026-04-11" }];
    expect(pairTimecards(sent, { timecard_entries: [row] }).ok).toBe(false);
    expect(pairTimecards(sent, [row]).ok).toBe(false);
  });
});

describe("timecard entries that are there", () => {
  test("a change names the day every time, and what is not told is taken to be what was sent", async () => {
    const { stream, simulator } = await open();
    const record = await readOne(stream("timecard_entries"), "id", "65001");
    expect(record.fields).toMatchObject({
      hours: 8,
      party_id: String(worker),
      cost_code_id: "61001",
    });
    const patch = { hours: 6.5, location_id: "63002" };
    const changed = appliedRecord(
      await stream("timecard_entries").update?.({ record, patch }, call),
    );
    expect(changed.fields).toMatchObject({
      ...record.fields,
      ...patch,
      updated_at: expect.anything(),
    });
    expect(simulator.log.find(({ method }) => method === "PATCH")?.body).toEqual({
      project_id: depot,
      timecard_entry: { date: "2026-04-06", hours: "6.5", location_id: 63_002 },
    });
  });

  test("a deleted entry is no record, in a list or by itself", async () => {
    const opened = await open();
    const path = "/rest/v1.0/companies/4242/timecard_entries";
    const removed = await ask(opened, "DELETE", `${path}/65001`);
    expect(removed).toMatchObject({ status: 200, body: { id: 65_001, hours: "8.0" } });
    const entries = opened.stream("timecard_entries");
    expect((await readAll(entries)).records).toEqual([]);
    expect(await entries.get?.("65001", call)).toEqual({ status: "missing" });
    const range = "filters[deleted_at]=2000-01-01...2100-01-01";
    expect((await ask(opened, "GET", `${path}?${range}`)).body).toHaveLength(1);
  });

  test("an entry outside the days that the list gives is found by its number", async () => {
    const { stream } = await open({ timecardDays: 0 });
    const entries = stream("timecard_entries");
    expect((await readAll(entries)).problem).toBeNull();
    expect(await entries.get?.("65001", call)).toMatchObject({ status: "found" });
  });

  test("whoever is not Admin on the Timecard tool is told what is missing", async () => {
    const { stream } = await open({ timecardAdmin: false });
    for (const name of ["timecard_entries", "time_types"]) {
      const { problem } = await readAll(stream(name));
      expect(problem?.code).toBe("permission-denied");
      expect(problem?.message).toContain("Timecard tool");
    }
  });
});

describe("reading by days", () => {
  const april = (day: number, id: number) => ({
    id,
    party_id: worker,
    date: `2026-04-0${day}`,
    hours: "8.0",
    project_id: depot,
  });
  const data = {
    ...timeData,
    timecardEntries: [april(5, 1), april(6, 2), april(7, 3), april(8, 4), april(8, 5)],
    timesheets: [5, 6, 7, 8].map((day) => ({ date: `2026-04-0${day}`, project_id: depot })),
  };
  const days = { from: "2026-04-06", to: "2026-04-07" };

  test("both days go into the request, and a day more on each side where that they count is not documented", () => {
    expect(timecards("4242", 100, days).query).toEqual({
      per_page: 100,
      start_date: days.from,
      end_date: days.to,
    });
    expect(timesheets("7", 100, days).query?.["filters[date]"]).toBe("2026-04-06...2026-04-07");
  });

  test("the simulator gives no other days than it is asked for", async () => {
    const opened = await openOffice({ data });
    const path = "/rest/v1.0/companies/4242/timecard_entries";
    const idsOf = async (query: string) => {
      const { status, body } = await ask(opened, "GET", `${path}?${query}`);
      return status === 200 ? (body as { id: number }[]).map(({ id }) => id) : status;
    };
    expect(await idsOf("start_date=2026-04-06&end_date=2026-04-07")).toEqual([2, 3]);
    expect(await idsOf("start_date=2026-04-07")).toEqual([3, 4, 5]);
    expect(await idsOf("end_date=2026-04-05&filters[party_id]=1")).toEqual([]);
    expect(await idsOf("start_date=2026-04-31")).toBe(400);
  });

  test("only the pages of these days are asked for", async () => {
    const { stream, simulator } = await openOffice({ data, simulator: { pageLengthMax: 2 } });
    const { records, pages } = await readAll(stream("timecard_entries"), {
      from: "2026-04-07",
      to: "2026-04-08",
    });
    expect(records.map(({ id }) => id)).toEqual(["3", "4", "5"]);
    expect(pages).toBe(2);
    const lists = simulator.log.filter(({ url }) => url.includes("timecard_entries"));
    expect(lists.map(({ url }) => url.includes("start_date=2026-04-07"))).toEqual([true, true]);
  });

  test("what a list gives of other days is left out", async () => {
    const { stream, simulator } = await openOffice({ data });
    const row = (day: number, id: number) => ({ ...good, id, date: `2026-04-0${day}` });
    const body = [row(5, 1), row(6, 2), row(8, 4)];
    simulator.faults.add({ kind: "status", status: 200, path: /timecard_entries$/, body });
    const read = await readAll(stream("timecard_entries"), days);
    expect(read).toMatchObject({ problem: null, records: [{ id: "2" }] });
    const sheets = await readAll(stream("timesheets"), days);
    expect(sheets.records.map(({ fields }) => fields["date"])).toEqual([
      "2026-04-06",
      "2026-04-07",
    ]);
    const asked = simulator.log.find(({ url }) => url.includes(`${depot}/timesheets`));
    expect(decodeURIComponent(asked?.url ?? "")).toContain("filters[date]=2026-04-05...2026-04-08");
  });

  test("a list that does not tell the day is no list of these days", async () => {
    const { stream, simulator } = await openOffice({ data });
    const body = [{ id: 2, party_id: worker, project_id: depot, hours: "8.0" }];
    simulator.faults.add({ kind: "status", status: 200, path: /timecard_entries$/, body });
    const { problem } = await readAll(stream("timecard_entries"), days);
    expect(problem).toMatchObject({ code: "answer-unreadable", applied: "no" });
    expect(problem?.message).toContain("does not tell the day (date) of the timecard entry 2");
  });
});

describe("the simulator's call for many", () => {
  test("takes 25 and not 26", async () => {
    const opened = await open();
    const many = (length: number) => ({ timecard_entries: Array.from({ length }, () => good) });
    expect((await ask(opened, "POST", bulk, many(26))).status).toBe(400);
    expect((await ask(opened, "POST", bulk, many(25))).status).toBe(201);
    expect(saved(opened.simulator).timecardEntries).toHaveLength(26);
  });

  test.for([{ party_id: 99 }, { project_id: pumps }, { approval_status: "done" }])(
    "with %j in one of two stores nothing",
    async (wrong) => {
      const opened = await open();
      const body = { timecard_entries: [good, { ...good, ...wrong }] };
      expect((await ask(opened, "POST", bulk, body)).status).toBe(422);
      expect(saved(opened.simulator).timecardEntries).toHaveLength(1);
    },
  );

  test("knows somebody who is new, however late the lists show it", async () => {
    const { stream } = await open({ readLagMs: 60_000 });
    const fields = { last_name: "Aas", is_employee: true };
    const person = appliedRecord(await stream("people").create?.(newRecord(fields), call));
    const entry = { ...fullEntry, party_id: person.id };
    const made = appliedRecord(await stream("timecard_entries").create?.(newRecord(entry), call));
    expect(made.fields["party_id"]).toBe(person.id);
  });

  test("what is saved can be loaded again", async () => {
    const { stream, simulator } = await open();
    await stream("timecard_entries").create?.(newRecord(fullEntry), call);
    const kept = saved(simulator);
    simulator.load(kept);
    expect(saved(simulator)).toEqual(kept);
  });
});
