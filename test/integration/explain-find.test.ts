import { describe, expect, test } from "vitest";
import { askAbout } from "../../engine/explain/ask.ts";
import { explainRecord } from "../../engine/explain/explain.ts";
import { findRecords } from "../../engine/explain/find-records.ts";
import { type MappingView, mappingView } from "../../engine/explain/view.ts";
import { buildPlan } from "../../engine/plan/build-plan.ts";
import type { Engine } from "../../engine/run/engine.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import { addressText } from "../../engine/value/address.ts";
import {
  handClock,
  officeProject,
  officeWorld,
  openOffice,
  person,
  user,
} from "../support/office.ts";

/* Which record a person means by a word. */

const signal = new AbortController().signal;
const options = { purpose: "sync", allow: [], only: [], exclude: [], signal } as const;

const clock = handClock();
const world = officeWorld({
  people: [
    person("p1", { name: "Ann Lee", email: "ann@x.test", number: "77" }),
    person("p2", { name: "Siobhán  O'Rourke", email: "siobhan@x.test", number: "78" }),
    person("p3", { name: "Ann Leeson", email: "leeson@x.test", number: "79" }),
    person("77", { name: "Bo Ek", email: "bo@x.test", number: "80" }),
  ],
  users: [
    user("u1", { name: "Ann Lee", email: "ann@x.test", number: "77" }),
    user("u9", { name: "Front Desk", email: "desk@x.test", number: "81" }),
  ],
  now: clock.millis,
});

async function open(): Promise<Engine> {
  const project = await officeProject({ batch: false });
  return openOffice(project, world, clock, { store: memoryStore(clock) });
}

async function viewOf(engine: Engine): Promise<MappingView> {
  const input = await engine.gather(options);
  const [mapping] = input.mappings;
  if (!mapping) throw new Error("no mapping");
  return mappingView(input, buildPlan(input), mapping, {});
}

function found(view: MappingView, word: string): readonly string[] {
  return findRecords(view, word).hits.map(({ address, by }) => `${addressText(address)} by ${by}`);
}

describe("a record is found", async () => {
  const view = await viewOf(await open());

  test.each([
    ["its address", "office/people/p1", ["office/people/p1 by address"]],
    ["its id, before a number that is the same", "77", ["office/people/77 by id"]],
    ["an e-mail address in any case", "BO@X.test", ["office/people/77 by value"]],
    ["a number", "79", ["office/people/p3 by value"]],
    ["its whole name", "ann leeson", ["office/people/p3 by name"]],
    ["a name without its accents and spaces", "siobhan o'rourke", ["office/people/p2 by name"]],
    ["parts of the name in any order", "rourke sio", ["office/people/p2 by part of the name"]],
    ["a word with spaces around it", "  p2 ", ["office/people/p2 by id"]],
    ["a record that only the target has", "desk", ["office/users/u9 by part of the name"]],
  ])("by %s", (_what, word, expected) => {
    expect(found(view, word)).toEqual(expected);
  });

  test("with the target that could be its own told beside it, and not as another", () => {
    expect(found(view, "Ann Lee")).toEqual(["office/people/p1 by name"]);
    expect(found(view, "ann@x.test")).toEqual(["office/people/p1 by value"]);
  });

  test("with all that fit, where several do", () => {
    expect(found(view, "Lee")).toEqual([
      "office/people/p1 by part of the name",
      "office/people/p3 by part of the name",
    ]);
  });

  test.each(["", "   ", "office/people/p9", "elsewhere/people/p1", "nobody", "e"])(
    "and not by %j",
    (word) => {
      expect(findRecords(view, word)).toEqual({ hits: [], more: 0 });
    },
  );
});

describe("a record that is nowhere", async () => {
  const engine = await open();

  test("is told with where it was looked for", async () => {
    const asked = await askAbout(engine, "people", "office/rooms/1", signal);
    expect(asked).toEqual({
      kind: "none",
      where: [
        "The mapping people does not use office/rooms.",
        "Looked through office/people (4 records, read to the end), office/users (2 records, read to the end), office/contacts (0 records, read to the end), and through the links of people.",
      ],
    });
  });

  test("may be behind the end of a reading, so the system is asked for it", async () => {
    const problem = {
      code: "unreachable",
      message: "Out of order.",
      retry: "later",
      applied: "no",
    } as const;
    world.fail({ stream: "people", call: "read", kind: "refuse", problem, times: 2 });
    const where = async (word: string) => {
      const asked = await askAbout(engine, "people", word, signal);
      return asked.kind === "none" ? asked.where : [];
    };
    expect(await where("office/people/p2")).toEqual([
      expect.stringContaining("office/people (0 records, not read to the end: Out of order.)"),
      "office has the record when it is asked for it by its id, and its list does not have it: it may be new, or hidden from lists.",
    ]);
    world.clearFaults();
    expect((await where("office/people/p7"))[1]).toBe(
      "office was asked for the record by its id as well, and does not have it.",
    );
  });

  test("has an explanation that says so", async () => {
    const input = await engine.gather(options);
    const address = { connection: "office", stream: "people", id: "p7" };
    const nowhere = explainRecord(input, buildPlan(input), address);
    expect(nowhere).toMatchObject({ kind: "none", rules: [], read: { status: "missing" } });
    expect(nowhere.answer).toBe(
      "There is no record office/people/p7: it is not among the 4 records of office/people, and no link knows it.",
    );
  });
});

test("no more than twenty are listed, and the others are counted", async () => {
  const many = Array.from({ length: 23 }, (_, index) =>
    person(`p${index}`, { name: `Ann ${index}`, email: `ann${index}@x.test` }),
  );
  const project = await officeProject({ batch: false });
  const engine = openOffice(project, officeWorld({ people: many, now: clock.millis }), clock);
  const { hits, more } = findRecords(await viewOf(engine), "ann");
  expect([hits.length, more]).toEqual([20, 3]);
});

test("a record that is gone is found by its id, and has the name of its target", async () => {
  const engine = await open();
  await engine.apply(buildPlan(await engine.gather(options)), { startedBy: "test", signal });
  world.stream("people").remove("p1");
  const view = await viewOf(engine);
  expect(findRecords(view, "p1").hits).toEqual([
    {
      address: { connection: "office", stream: "people", id: "p1" },
      label: "Ann Lee",
      by: "id",
    },
  ]);
  expect(found(view, "office/people/p1")).toEqual(["office/people/p1 by address"]);
});
