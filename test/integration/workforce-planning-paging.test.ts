import { describe, expect, it } from "vitest";
import type { WorkforcePlanningSimulator } from "../../connectors/workforce-planning/simulator/simulator.ts";
import { call, crowd, openOffice, readAll } from "../support/workforce-planning-office.ts";

function pagesAsked(simulator: WorkforcePlanningSimulator): readonly string[] {
  return simulator.log.flatMap(({ url }) => /[?&]page=(\d+)/.exec(url)?.[1] ?? []);
}

function idsUpTo(size: number): readonly string[] {
  return crowd(size).map((_person, at) => `p${at + 1}`);
}

describe("a reading of people", () => {
  it("takes one page if one is all there is", async () => {
    const { simulator, people } = await openOffice({ data: { people: crowd(400) } });
    const { records, problem } = await readAll(people);
    expect(problem).toBeNull();
    expect(records.map(({ id }) => id)).toEqual(idsUpTo(400));
    expect(pagesAsked(simulator)).toEqual(["0"]);
  });

  it("takes three pages, each once", async () => {
    const { simulator, people } = await openOffice({ data: { people: crowd(801) } });
    const { records, problem } = await readAll(people);
    expect(problem).toBeNull();
    expect(records.map(({ id }) => id)).toEqual(idsUpTo(801));
    expect(pagesAsked(simulator)).toEqual(["0", "1", "2"]);
  });

  it("ends at once when there is nobody", async () => {
    const { simulator, people } = await openOffice();
    expect(await readAll(people)).toEqual({ records: [], problem: null });
    expect(pagesAsked(simulator)).toEqual(["0"]);
  });

  it("can miss whoever moves up between two pages, but finds them when they are asked for", async () => {
    const { simulator, people } = await openOffice({ data: { people: crowd(5) }, pageSize: 2 });
    const ids: string[] = [];
    for await (const event of people.read(call)) {
      if (event.kind === "records") ids.push(...event.records.map(({ id }) => id));
      // After the first page; p3 is now on it.
      if (ids.length === 2) simulator.remove("p1");
      if (event.kind === "end") ids.push("end");
    }
    expect(ids).toEqual(["p1", "p2", "p4", "p5", "end"]);
    expect(await people.get?.("p3", call)).toMatchObject({ status: "found", record: { id: "p3" } });
    expect(await people.get?.("p1", call)).toEqual({ status: "missing" });
  });

  it("stops when a page fails, and says nothing of those behind it", async () => {
    const { simulator, people } = await openOffice({ data: { people: crowd(3) }, pageSize: 2 });
    simulator.faults.add({ kind: "status", status: 403, path: /\/people$/, after: 1 });
    const { records, problem } = await readAll(people);
    expect(records.map(({ id }) => id)).toEqual(["p1", "p2"]);
    expect(problem).toMatchObject({ code: "permission-denied", applied: "no" });
  });

  it("stops when the job titles cannot be read, for then nobody's title is known", async () => {
    const { simulator, people } = await openOffice({ data: { people: crowd(1) } });
    simulator.faults.add({ kind: "status", status: 403, path: /\/job-titles$/ });
    const { records, problem } = await readAll(people);
    expect(records).toEqual([]);
    expect(problem?.code).toBe("permission-denied");
  });

  it.each([
    ["something else than pages", '{"items":[]}'],
    ["a page of web", "<html><title>Maintenance</title></html>"],
    ["a person without an id", '[{"name":{"first":"Ilse"}}]'],
    ["a person of a wrong kind", '[{"id":"p9","status":"active","is_user":"no"}]'],
    ["another page", '{"possible_pages":9,"current_page":8,"data":[{}]}'],
  ])("stops at %s", async (_name, text) => {
    const { simulator, people } = await openOffice({ data: { people: crowd(1) } });
    simulator.faults.add({ kind: "garbage", text, path: /\/people$/, times: 9 });
    const { records, problem } = await readAll(people);
    expect(records).toEqual([]);
    expect(problem?.code).toBe("answer-unreadable");
  });

  it("stops when the pages repeat themselves, though more are announced", async () => {
    const { simulator, people } = await openOffice({ data: { people: crowd(6) }, pageSize: 2 });
    const person = { id: "p1", status: "active", is_user: false, is_assignable: true };
    const text = JSON.stringify({ possible_pages: 3, data: [person] });
    simulator.faults.add({ kind: "garbage", text, path: /\/people$/, times: 9 });
    const { problem } = await readAll(people);
    expect(problem?.code).toBe("answer-unreadable");
    expect(problem?.message).toContain("page 1 of the people repeats an earlier one");
  });
});

describe("a reading of people without an envelope", () => {
  it.each([0, 1, 399, 401])("takes a list of %i for complete", async (size) => {
    const data = { people: crowd(size) };
    const { simulator, people } = await openOffice({ data, listStyle: "bare-everything" });
    const { records, problem } = await readAll(people);
    expect(problem).toBeNull();
    expect(records.map(({ id }) => id)).toEqual(idsUpTo(size));
    expect(pagesAsked(simulator)).toEqual(["0"]);
  });

  it("asks on after exactly a full page, and ends when that repeats", async () => {
    const data = { people: crowd(400) };
    const { simulator, people } = await openOffice({ data, listStyle: "bare-everything" });
    const { records, problem } = await readAll(people);
    expect(problem).toBeNull();
    expect(records.map(({ id }) => id)).toEqual(idsUpTo(400));
    expect(pagesAsked(simulator)).toEqual(["0", "1"]);
  });

  it.each([
    [400, ["0", "1"]],
    [800, ["0", "1", "2"]],
    [801, ["0", "1", "2"]],
  ])("takes a list of %i page by page", async (size, asked) => {
    const data = { people: crowd(size) };
    const { simulator, people } = await openOffice({ data, listStyle: "bare-page" });
    const { records, problem } = await readAll(people);
    expect(problem).toBeNull();
    expect(records.map(({ id }) => id)).toEqual(idsUpTo(size));
    expect(pagesAsked(simulator)).toEqual(asked);
  });
});
