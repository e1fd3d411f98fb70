import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../connectors/http/http.ts";
import { nextLink } from "../../connectors/http/link-header.ts";
import { type PageResult, type PagesOptions, readPages } from "../../connectors/http/pagination.ts";
import type { Call, ReadEvent, StreamRecord } from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";

const context = { connection: "office", request: { method: "GET", template: "/notes" } } as const;
const base = "https://api.office.example/rest/";

function answerWith(link?: string): HttpAnswer {
  return { status: 200, headers: link === undefined ? {} : { link }, body: [] };
}

describe("the link to the next page", () => {
  const next = "https://api.office.example/rest/notes?page=2&filters%5Bid%5D=1%2C2";

  it.each([
    ["alone", `<${next}>; rel="next"`],
    ["among others", `<${base}notes>; rel="first", <${next}>; rel="next", <${base}z>; rel="last"`],
    ["without quotes", `<${next}>;rel=next`],
    ["with other parameters", `<${next}>; title="a; b, c"; rel="prev next"`],
    ["in capitals", `<${next}>; REL="NEXT"`],
    ["that is relative", "</rest/notes?page=2&filters%5Bid%5D=1%2C2>; rel=next"],
  ])("is found %s, and kept as it stands", (_name, link) => {
    expect(nextLink(context, answerWith(link), base)).toEqual({ ok: true, next });
  });

  it("may hold commas", () => {
    const link = `<${base}notes?ids=1,2,3>; rel="next"`;
    expect(nextLink(context, answerWith(link), base)).toEqual({
      ok: true,
      next: `${base}notes?ids=1,2,3`,
    });
  });

  it.each([undefined, "", `<${base}>; rel="prev"`, `<${base}>; rel="nextish"`, "nonsense"])(
    "is not there in %s",
    (link) => {
      expect(nextLink(context, answerWith(link), base)).toEqual({ ok: true, next: null });
    },
  );

  it.each([
    "https://evil.example/notes?page=2",
    "http://api.office.example/notes?page=2",
    "https://api.office.example.evil.example/",
    "//evil.example/notes",
  ])("is a problem when it leads to another origin (%s)", (target) => {
    const result = nextLink(context, answerWith(`<${target}>; rel="next"`), base);
    expect(result).toMatchObject({
      ok: false,
      problem: { code: "answer-unreadable", applied: "no" },
    });
  });
});

const call: Call = { signal: new AbortController().signal };

function records(...ids: readonly string[]): readonly StreamRecord[] {
  return ids.map((id) => ({ id, fields: {} }));
}

/** Reads these pages, whose cursor is their place in the list. */
async function read(
  pages: readonly (readonly string[] | Problem)[],
  more: Partial<PagesOptions<number>> = {},
): Promise<readonly ReadEvent[]> {
  const events: ReadEvent[] = [];
  const readPage = async (place: number): Promise<PageResult<number>> => {
    const page = pages[place];
    if (page === undefined) throw new Error(`There is no page ${place}`);
    if ("code" in page) return { ok: false, problem: page };
    return {
      ok: true,
      records: records(...page),
      next: place + 1 < pages.length ? place + 1 : null,
    };
  };
  const options = { first: 0, read: readPage, call, connection: "office", ...more };
  for await (const event of readPages(options)) events.push(event);
  return events;
}

describe("reading pages", () => {
  it("delivers page after page and then the end", async () => {
    expect(await read([["1", "2"], ["3"]])).toEqual([
      { kind: "records", records: records("1", "2") },
      { kind: "records", records: records("3") },
      { kind: "end" },
    ]);
  });

  it("delivers a record once that moved from one page to the next", async () => {
    expect(await read([["1", "2"], ["2", "3", "3"], ["1"]])).toEqual([
      { kind: "records", records: records("1", "2") },
      { kind: "records", records: records("3") },
      { kind: "end" },
    ]);
  });

  it("of an empty list reaches its end", async () => {
    expect(await read([[]])).toEqual([{ kind: "end" }]);
  });

  it("stops with the problem of a page", async () => {
    const problem: Problem = {
      code: "unreachable",
      message: "Away.",
      retry: "later",
      applied: "no",
    };
    expect(await read([["1"], problem])).toEqual([
      { kind: "records", records: records("1") },
      { kind: "stopped", problem },
    ]);
  });

  it("stops at the limit of pages", async () => {
    const events = await read([["1"], ["2"], ["3"]], { pagesMax: 2 });
    expect(events.slice(0, 2).map(({ kind }) => kind)).toEqual(["records", "records"]);
    expect(events[2]).toMatchObject({ kind: "stopped", problem: { code: "limit-reached" } });
    expect(await read([["1"], ["2"]], { pagesMax: 2 })).toContainEqual({ kind: "end" });
  });

  it("stops when the pages lead in a circle", async () => {
    let asked = 0;
    const events = await read([], {
      read: async (place) => {
        asked += 1;
        return { ok: true, records: records(String(place)), next: (place + 1) % 2 };
      },
    });
    expect(asked).toBe(2);
    expect(events.at(-1)).toMatchObject({
      kind: "stopped",
      problem: { code: "answer-unreadable" },
    });
  });

  it("stops when the run is stopped", async () => {
    const events = await read([["1"]], { call: { signal: AbortSignal.abort() } });
    expect(events).toMatchObject([{ kind: "stopped", problem: { code: "cancelled" } }]);
  });
});
