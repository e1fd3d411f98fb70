import { expect, test } from "vitest";
import { simulatorTokens } from "../../connectors/smartbarrel/simulator/simulator.ts";
import {
  applied,
  type Configuration,
  call,
  openOffice,
  otherShape,
  readAll,
  readOne,
} from "../support/smartbarrel-office.ts";

/*
 * What is assumed of SmartBarrel's API is a default. Here the product has another one, with names in maps, cursors, PUT,
 * a header of its own, and words and parameters that share nothing with the default: what workers, positions and shift
 * entries need is configuration and no code.
 */

const values = {
  status: { pending: "OPEN", reviewed: "CHECKED", approved: ["SIGNED", "LOCKED"], deleted: "VOID" },
};

/** With words for the state of a shift, and with other ways to ask for its list. */
function definitionWith(list: Configuration): Configuration {
  const { streams } = otherShape;
  const { shifts, shift_entries: entries } = streams;
  const more = { status: "mark.word", position_id: "trade" };
  return {
    ...otherShape,
    streams: {
      ...streams,
      shifts: {
        ...shifts,
        list: { ...shifts.list, ...list },
        fields: { ...shifts.fields, ...more },
        values,
      },
      shift_entries: {
        ...entries,
        list: { ...entries.list, ...list },
        fields: { ...entries.fields, ...more },
        values,
      },
    },
  };
}

function openOther(list: Configuration = {}) {
  const definition = definitionWith(list);
  return openOffice({ definition, pageSize: 2 }, { definition });
}

test("workers are created, read page by page and updated", async () => {
  const { simulator, stream } = await openOther();
  const workers = stream("workers");
  const fields = { first_name: "Mara", last_name: "Quist", position_id: "pos_8", status: "active" };
  const made = applied(await workers.create?.({ fields, originId: "users/1" }, call));
  expect(simulator.log.at(-1)).toMatchObject({
    method: "POST",
    url: "/api/2/people",
    headers: { "x-api-key": simulatorTokens.full },
    body: {
      record: {
        profile: { firstName: "Mara", lastName: "Quist" },
        trade: "pos_8",
        state: "ENABLED",
      },
    },
  });
  const { records, end } = await readAll(workers);
  expect(end).toEqual({ kind: "end" });
  expect(records.map(({ id }) => id).toSorted()).toEqual(
    [made.id, "wkr_1042", "wkr_1043", "wkr_1044", "wkr_1045"].toSorted(),
  );
  const patch = { phone: "+12065550188", status: "inactive" };
  applied(await workers.update?.({ record: made, patch }, call));
  expect(simulator.log.at(-1)).toMatchObject({
    method: "PUT",
    url: `/api/2/people/${made.id}`,
    body: { record: { profile: { contact: { cell: "+12065550188" } }, state: "DISABLED" } },
  });
  expect((await readOne(workers, made.id)).fields).toMatchObject({ ...fields, ...patch });
});

test("positions are created, read and updated", async () => {
  const { simulator, stream } = await openOther();
  const positions = stream("positions");
  const fields = { name: "Mason", code: "MAS", status: "active" };
  const made = applied(await positions.create?.({ fields, originId: "classes/1" }, call));
  expect(simulator.log.at(-1)).toMatchObject({
    method: "POST",
    url: "/api/2/trades",
    body: { record: { title: "Mason", short: "MAS", live: true } },
  });
  const patch = { code: null, status: "inactive" };
  applied(await positions.update?.({ record: made, patch }, call));
  expect(simulator.log.at(-1)).toMatchObject({
    method: "PATCH",
    url: `/api/2/trades/${made.id}`,
    body: { record: { short: null, live: false } },
  });
  expect((await readOne(positions, made.id)).fields).toEqual({ ...fields, ...patch });
});

test("shift entries are read by days, under that shape's names and words", async () => {
  const { simulator, stream } = await openOther();
  const entries = stream("shift_entries");
  const { records, end } = await readAll(entries, { from: "2026-03-04", to: "2026-03-04" });
  expect(end).toEqual({ kind: "end" });
  expect(records.map(({ id }) => id)).toEqual(["shf_1:ent_1", "shf_1:ent_2"]);
  expect(records[0]?.fields).toMatchObject({
    shift_id: "shf_1",
    worker_id: "wkr_1042",
    position_id: "pos_7",
    date: "2026-03-04",
    time_in: "2026-03-04T15:01:00.000Z",
    status: "approved",
    hours: 5,
    cost_code_id: "cc_31",
  });
  expect(simulator.log.map(({ url }) => url)).toEqual([
    "/api/2/punches?from=2026-03-03&until=2026-03-05&take=50",
    "/api/2/punches?from=2026-03-03&until=2026-03-05&take=50&after=YXQ6Mg",
  ]);
  expect(await entries.get?.("shf_3:ent_1", call)).toMatchObject({
    status: "found",
    record: { fields: { status: "pending", hours: 7.25 } },
  });
});

test("where that shape has no parameters for days, every shift is read and those of other days are left out", async () => {
  const { simulator, stream } = await openOther({ window: null });
  const { records, end } = await readAll(stream("shift_entries"), {
    from: "2026-03-05",
    to: "2026-03-09",
  });
  expect(end).toEqual({ kind: "end" });
  expect(records.map(({ id }) => id)).toEqual(["shf_3:ent_1"]);
  expect(simulator.log.map(({ url }) => url)).toEqual([
    "/api/2/punches?take=50",
    "/api/2/punches?take=50&after=YXQ6Mg",
  ]);
});
