import { describe, expect, test } from "vitest";
import {
  assumedRateWindows,
  simulatorTokens,
} from "../../connectors/smartbarrel/simulator/simulator.ts";
import {
  applied,
  call,
  failure,
  openOffice,
  readAll,
  readOne,
  smartbarrelData,
} from "../support/smartbarrel-office.ts";

const mara = { first_name: "Mara", last_name: "Quist" };

function creating(fields: Readonly<Record<string, string | null>>, originId = "people/1") {
  return { fields, originId };
}

describe("what the product refuses", () => {
  test.each([
    [{ first_name: "Mara" }, "rejected", "last_name: is missing"],
    [{ ...mara, position_id: "pos_99" }, "rejected", "position_id: does not exist"],
    [{ ...mara, phone: "206 555 0177" }, "rejected", "phone: must be a number with its country"],
    [{ ...mara, status: "gone" }, "rejected", "status: must be a choice"],
    [{ ...mara, is_subcontractor: "true" }, "rejected", "is_subcontractor: cannot be set"],
    [{ ...mara, phone: "+12065550142" }, "already-exists", "phone: is taken"],
  ])("a worker of %j", async (fields, code, words) => {
    const { simulator, stream } = await openOffice();
    const problem = failure(await stream("workers").create?.(creating(fields), call));
    expect(problem).toMatchObject({ code, retry: "never", applied: "no" });
    expect(problem.message).toContain(words);
    expect(simulator.workers.all()).toHaveLength(4);
  });

  test("a position with the name of another, whatever its capitals", async () => {
    const { stream } = await openOffice();
    const problem = failure(
      await stream("positions").create?.(creating({ name: "LABORER" }), call),
    );
    expect(problem).toMatchObject({ code: "already-exists" });
  });

  test("the phone number of another worker in an update, which links nobody", async () => {
    const { stream } = await openOffice();
    const record = await readOne(stream("workers"), "wkr_1043");
    const patch = { phone: "+12065550142" };
    expect(failure(await stream("workers").update?.({ record, patch }, call))).toMatchObject({
      code: "rejected",
      message: expect.stringContaining("phone: is taken"),
    });
  });

  test("a worker that is not there", async () => {
    const { stream } = await openOffice();
    const record = { id: "wkr_99", fields: {} };
    const patch = { last_name: "Berg" };
    expect(failure(await stream("workers").update?.({ record, patch }, call))).toMatchObject({
      code: "not-found",
    });
    expect(await stream("workers").get?.("wkr_99", call)).toEqual({ status: "missing" });
    expect(await stream("shift_entries").get?.("shf_1:ent_9", call)).toEqual({ status: "missing" });
    expect(await stream("shift_entries").get?.("shf_1", call)).toEqual({ status: "missing" });
  });
});

describe("who is let in", () => {
  test("nobody without the right key, and nobody for another company", async () => {
    const wrong = await openOffice({}, { auth: { token: "sb-key-wrong" } });
    const problem = (await readAll(wrong.stream("workers"))).end;
    expect(problem).toMatchObject({ problem: { code: "credentials-refused", retry: "never" } });
    const header = "X-Company";
    const company = { header, key: "northridge" };
    const other = await openOffice({ company }, { company: { header, key: "southridge" } });
    const { end } = await readAll(other.stream("workers"));
    expect(end).toMatchObject({ problem: { code: "permission-denied" } });
    const right = await openOffice({ company }, { company: { header, key: "northridge" } });
    expect((await readAll(right.stream("workers"))).end).toEqual({ kind: "end" });
  });

  test("a key that may only read reads", async () => {
    const { stream } = await openOffice({}, { auth: { token: simulatorTokens.readOnly } });
    expect((await readAll(stream("workers"))).end).toEqual({ kind: "end" });
    expect(failure(await stream("workers").create?.(creating(mara), call))).toMatchObject({
      code: "permission-denied",
      applied: "no",
    });
  });

  test("no more often than the limit allows, and the connector waits", async () => {
    const { simulator, stream, deps } = await openOffice({ rateWindows: assumedRateWindows });
    for (let read = 0; read < 121; read += 1) {
      expect((await readAll(stream("positions"))).end).toEqual({ kind: "end" });
    }
    expect(simulator.log.length).toBeGreaterThan(120);
    expect(deps.clock.sleeps.some((sleep) => sleep > 1_000)).toBe(true);
  });

  test("a 429 without window headers is waited for as long as it says", async () => {
    const { simulator, stream, deps } = await openOffice();
    simulator.faults.add({ kind: "status", status: 429, headers: { "retry-after": "7" } });
    expect((await readAll(stream("workers"))).end).toEqual({ kind: "end" });
    expect(deps.clock.sleeps).toContain(7_000);
  });
});

describe("what people do in the product", () => {
  test("shows in the next reading", async () => {
    const { simulator, stream } = await openOffice();
    const { id } = simulator.workers.add({ ...mara, position_id: "pos_8" });
    simulator.workers.edit("wkr_1043", { status: "inactive" });
    simulator.workers.remove("wkr_1044");
    simulator.positions.edit("pos_8", { name: "Helper" });
    simulator.costCodes.remove("cc_33");
    expect((await readOne(stream("workers"), id)).fields).toMatchObject(mara);
    expect((await readOne(stream("workers"), "wkr_1043")).fields["status"]).toBe("inactive");
    const left = (await readAll(stream("workers"))).records.map((record) => record.id);
    expect(left).not.toContain("wkr_1044");
    expect((await readOne(stream("positions"), "pos_8")).fields["name"]).toBe("Helper");
    expect((await readAll(stream("cost_codes"))).records).toHaveLength(3);
  });

  test("an inactive worker gets no new shift", async () => {
    const { simulator, stream } = await openOffice();
    const shift = { worker_id: "wkr_1045", project_id: "prj_9", date: "2026-03-06" };
    expect(() => simulator.shifts.add(shift)).toThrow("inactive and gets no new shifts");
    const entries = [{ hours: 4, cost_code_id: "cc_31" }];
    const { id } = simulator.shifts.add({ ...shift, worker_id: "wkr_1043" }, entries);
    expect((await readOne(stream("shifts"), id)).fields).toMatchObject({
      status: "pending",
      total_hours: 4,
      time_out: null,
    });
  });

  test("an approved shift is locked until the approval is taken back", async () => {
    const { simulator, stream } = await openOffice();
    const edit = () => simulator.shifts.edit("shf_1", { break_minutes: 45 });
    expect(edit).toThrow("approved and locked");
    simulator.shifts.unapprove("shf_1");
    edit();
    simulator.shifts.approve("shf_1");
    expect((await readOne(stream("shifts"), "shf_1")).fields).toMatchObject({
      break_minutes: 45,
      status: "approved",
    });
    simulator.shifts.remove("shf_2");
    expect((await readOne(stream("shifts"), "shf_2")).fields["status"]).toBe("deleted");
  });
});

describe("data", () => {
  test("that was saved can be loaded, and is the same", async () => {
    const { simulator } = await openOffice();
    const saved = JSON.parse(JSON.stringify(simulator.save()));
    const again = await openOffice({ data: saved });
    expect(again.simulator.save()).toEqual(simulator.save());
    expect(again.simulator.shifts.all()).toEqual(simulator.shifts.all());
  });

  test.each([
    [{ people: [] }, "people: is not one of"],
    [{ workers: [{ id: "a", first_name: "Mara" }] }, "last_name is missing"],
    [{ workers: [{ first_name: "Mara" }] }, "workers[0].id"],
    [{ ...smartbarrelData, positions: [] }, "position_id does not exist"],
    [{ positions: [{ id: "a", name: "A", colour: "red" }] }, "colour is not known"],
  ])("that is wrong is refused with its place, and nothing changes", async (data, words) => {
    const { simulator } = await openOffice();
    expect(() => simulator.load(data)).toThrow(words);
    expect(simulator.workers.all()).toHaveLength(4);
  });

  test("that lags shows in lists later than in reads by id", async () => {
    const { stream, deps } = await openOffice({ readLagMs: 5_000 });
    const made = applied(await stream("workers").create?.(creating(mara), call));
    expect(await stream("workers").get?.(made.id, call)).toMatchObject({ status: "found" });
    expect((await readAll(stream("workers"))).records).toHaveLength(4);
    deps.clock.advance(5_000);
    expect((await readAll(stream("workers"))).records).toHaveLength(5);
  });

  test("can be asked for by what it holds and by when it changed", async () => {
    const { simulator } = await openOffice();
    const headers = { authorization: `Bearer ${simulatorTokens.full}` };
    const get = async (path: string) => {
      const answer = await fetch(`${simulator.url}/v1${path}`, { headers });
      const body = (await answer.json()) as { readonly data?: readonly { readonly id: string }[] };
      return answer.status === 200 ? body.data?.map(({ id }) => id) : answer.status;
    };
    expect(await get("/workers?payroll_id=NR-2041")).toEqual(["wkr_1042"]);
    expect(await get("/workers?status=inactive")).toEqual(["wkr_1045"]);
    expect(await get("/workers?updated_since=2026-02-01T00:00:00Z")).toHaveLength(3);
    expect(await get("/shifts?date_from=2026-03-05&date_to=2026-03-05")).toEqual(["shf_3"]);
    expect(await get("/shifts?project_id=prj_9&status=approved")).toEqual(["shf_1"]);
    expect(await get("/workers?colour=red")).toBe(422);
    expect(await get("/workers?limit=501")).toBe(422);
    expect(await get("/projects/prj_99/cost_codes")).toBe(404);
  });
});
