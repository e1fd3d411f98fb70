import type { FastifyReply } from "fastify";
import { expect, onTestFinished, test } from "vitest";
import type {
  ListShape,
  PagingShape,
  RestDefinition,
  StreamShape,
} from "../../connectors/http/rest/definition.ts";
import { openSystem } from "../../connectors/http/rest/open-system.ts";
import { readStream } from "../../connectors/http/rest/read.ts";
import { formOf, type RestKinds, restStreams } from "../../connectors/http/rest/stream.ts";
import { createServer, type SimulatorServer } from "../../connectors/http/simulator/server.ts";
import type { ReadEvent } from "../../engine/connector/connector.ts";
import { fakeDeps } from "../support/http-clock.ts";
import { call, readAll } from "../support/smartbarrel-office.ts";

/* Lists in every style of paging, from a server that was written by hand. */

const kinds: RestKinds = {
  notes: {
    schema: {
      stream: "notes",
      noun: { one: "note", many: "notes" },
      about: "Notes.",
      fields: {
        text: { type: "text", access: "write", about: "The text." },
        done: { type: "boolean", access: "write", about: "Whether it is done." },
        day: { type: "date", access: "write", about: "The day that it is about." },
      },
      label: ["text"],
      window: { field: "day" },
    },
  },
};

const shape: StreamShape = {
  list: {
    path: "/notes",
    method: "GET",
    query: {},
    since: "since",
    window: { from: "first", to: "last" },
    paging: {},
  },
  get: null,
  create: { path: "/notes" },
  update: { path: "/notes/{id}", leaveOut: [] },
  id: "id",
  fields: { text: "text", done: "done", day: "day" },
  values: {},
};

const paging: PagingShape = {
  style: "page",
  items: "items",
  sizeParam: "size",
  size: 2,
  pageParam: "page",
  firstPage: 0,
  offsetParam: "skip",
  cursorParam: "cursor",
  next: "next",
  nextOmittedAtEnd: false,
  more: null,
  total: null,
  shortPageIsLast: false,
};

type Query = Readonly<Record<string, string>>;

interface Answer {
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const notes = [1, 2, 3, 4, 5].map((id) => ({ id, text: `note ${id}` }));

async function openNotes(
  more: Partial<PagingShape>,
  answer: (query: Query) => Answer,
  extend: (server: SimulatorServer) => void = () => {},
  list: Partial<ListShape> = {},
) {
  const deps = fakeDeps();
  const server = createServer({ now: deps.clock.millis });
  server.app.get("/notes", (request, reply): FastifyReply => {
    const { body, headers = {} } = answer(request.query as Query);
    return reply.headers(headers).send(body);
  });
  extend(server);
  const baseUrl = await server.listen(0);
  const definition: RestDefinition = {
    prefix: "",
    auth: { header: "Authorization", scheme: "Token" },
    headers: {},
    instants: "iso",
    paging: { ...paging, ...more },
    writing: {
      updateMethod: "PATCH",
      wrap: null,
      answer: "",
      idempotencyHeader: null,
      idempotencyHonoured: false,
    },
    errors: { rejected: [], conflict: [], message: null, fields: null },
    streams: { notes: { ...shape, list: { ...shape.list, ...list } } },
  };
  const account = { baseUrl, token: "note-key\n", headers: {}, limits: {}, readLagMs: 0 };
  const system = openSystem(definition, account, deps);
  const stream = restStreams(system, kinds)["notes"];
  if (!stream) throw new Error("There are no notes.");
  onTestFinished(async () => {
    await system.client.close();
    await server.close();
  });
  return { server, system, stream };
}

const ids = (events: { readonly records: readonly { readonly id: string }[] }) =>
  events.records.map(({ id }) => id);

function slice(from: number, size = 2) {
  return notes.slice(from, from + size);
}

const complete: readonly (readonly [string, Partial<PagingShape>, (query: Query) => Answer])[] = [
  ["pages until an empty one", {}, ({ page }) => ({ body: { items: slice(Number(page) * 2) } })],
  [
    "pages until a short one, where a short one is the last",
    { shortPageIsLast: true },
    ({ page }) => ({ body: { items: slice(Number(page) * 2) } }),
  ],
  [
    "pages with a total, smaller than they were asked for",
    { total: "all", size: 100 },
    ({ page }) => ({ body: { items: slice(Number(page) * 2), all: 5 } }),
  ],
  [
    "pages that tell whether there is more, counted from 1",
    { more: "more", firstPage: 1 },
    ({ page }) => ({ body: { items: slice((Number(page) - 1) * 2), more: Number(page) < 3 } }),
  ],
  [
    "offsets, as a bare list",
    { style: "offset", items: "" },
    ({ skip }) => ({ body: slice(Number(skip)) }),
  ],
  [
    "cursors, null at the end",
    { style: "cursor", next: "meta.next" },
    ({ cursor = "0" }) => {
      const next = Number(cursor) + 2;
      return { body: { items: slice(Number(cursor)), meta: { next: next < 5 ? next : null } } };
    },
  ],
  [
    "cursors, left out at the end",
    { style: "cursor", nextOmittedAtEnd: true },
    ({ cursor = "0" }) => {
      const next = Number(cursor) + 2;
      return { body: { items: slice(Number(cursor)), ...(next < 5 && { next: String(next) }) } };
    },
  ],
  [
    "links in the header",
    { style: "link", next: null },
    ({ from = "0" }) => {
      const next = Number(from) + 2;
      const headers = next < 5 ? { link: `</notes?from=${next}>; rel="next"` } : {};
      return { body: { items: slice(Number(from)) }, headers };
    },
  ],
  [
    "links in the body",
    { style: "link" },
    ({ from = "0" }) => {
      const next = Number(from) + 2;
      const address = next < 5 ? `/notes?from=${next}` : "";
      return { body: { items: slice(Number(from)), next: address } };
    },
  ],
  ["whole lists", { style: "none" }, () => ({ body: { items: notes } })],
];

test.each(complete)("reads %s to the end", async (_style, more, answer) => {
  const { stream } = await openNotes(more, answer);
  const read = await readAll(stream);
  expect(ids(read)).toEqual(["1", "2", "3", "4", "5"]);
  expect(read.end).toEqual({ kind: "end" });
});

const broken: readonly (readonly [string, Partial<PagingShape>, unknown, string])[] = [
  ["no list where it should be", {}, { data: [] }, "without its list in items"],
  ["an empty page though there is more", { more: "more" }, { items: [], more: true }, "came empty"],
  ["not whether there is more", { more: "more" }, { items: notes }, "does not say in more"],
  ["not how many there are", { total: "all" }, { items: notes }, "does not say in all"],
  ["no cursor and no end", { style: "cursor" }, { items: notes }, "does not say in next"],
  ["the same page again and again", {}, { items: slice(0) }, "repeats an earlier one"],
  ["a record without an id", { style: "none" }, { items: [{ text: "a" }] }, "usable id in id"],
  ["an id that leads elsewhere", { style: "none" }, { items: [{ id: ".." }] }, "usable id in id"],
  [
    "a value of another type",
    { style: "none" },
    { items: [{ id: 1, done: "yes" }] },
    "the note 1 has a string in done that is not true or false",
  ],
  [
    "a value inside of text",
    { style: "none", items: "items.list" },
    { items: "none" },
    "without its list in items.list",
  ],
];

test.each(broken)("an answer with %s stops the reading", async (_what, more, body, words) => {
  const { stream } = await openNotes(more, () => ({ body }));
  const { end } = await readAll(stream);
  expect(end).toMatchObject({
    kind: "stopped",
    problem: { code: "answer-unreadable", applied: "no", retry: "never" },
  });
  expect(JSON.stringify(end)).toContain(words);
  expect(JSON.stringify(end)).toContain("`definition`");
});

test("a page on another host is not asked for", async () => {
  const { stream, server } = await openNotes({ style: "link" }, () => ({
    body: { items: slice(0), next: "http://elsewhere.example/notes" },
  }));
  const { end } = await readAll(stream);
  expect(end).toMatchObject({ kind: "stopped", problem: { code: "answer-unreadable" } });
  expect(server.log).toHaveLength(1);
});

test("a reading can be limited, where the definition has parameters for it", async () => {
  const { system, server } = await openNotes({ style: "none" }, () => ({ body: { items: [] } }));
  const kind = kinds["notes"];
  if (!kind) throw new Error("There are no notes.");
  const events: ReadEvent[] = [];
  const limits = { since: "2026-03-02T08:00:00Z", window: firstWeek };
  for await (const event of readStream(system, { form: formOf(system, kind) }, call, limits)) {
    events.push(event);
  }
  expect(events).toEqual([{ kind: "end" }]);
  const [{ url = "", headers } = {}] = server.log;
  // A day more on each side, whatever the system takes for the end of a range.
  expect(url).toBe("/notes?since=2026-03-02T08%3A00%3A00Z&first=2026-02-28&last=2026-03-08");
  expect(headers?.["authorization"]).toBe("Token note-key");
});

const firstWeek = { from: "2026-03-01", to: "2026-03-07" };

const dated = ["02-27", "02-28", "03-01", "03-02", "03-07", "03-08", "03-09"].map((day, at) => ({
  id: at + 1,
  day: `2026-${day}`,
}));

const systems: readonly (readonly [string, Partial<ListShape>, (query: Query) => Answer])[] = [
  [
    "takes both days into the range",
    {},
    ({ first = "", last = "" }) => ({
      body: { items: dated.filter(({ day }) => day >= first && day <= last) },
    }),
  ],
  [
    "leaves the last day out of the range",
    {},
    ({ first = "", last = "" }) => ({
      body: { items: dated.filter(({ day }) => day >= first && day < last) },
    }),
  ],
  ["takes no notice of the days", {}, () => ({ body: { items: dated } })],
  [
    "has no parameters for days",
    { window: null },
    (query) => ({ body: { items: Object.keys(query).length === 0 ? dated : [] } }),
  ],
];

test.each(systems)(
  "a system that %s gives exactly the days that were asked for",
  async (_what, list, answer) => {
    const { stream } = await openNotes({ style: "none" }, answer, undefined, list);
    const { records, end } = await readAll(stream, firstWeek);
    expect(end).toEqual({ kind: "end" });
    expect(records.map(({ fields }) => fields["day"])).toEqual([
      "2026-03-01",
      "2026-03-02",
      "2026-03-07",
    ]);
  },
);

test("a record that does not tell its day stops a reading by days, and one without a day is in none", async () => {
  const items = [...dated, { id: 8, day: null }, { id: 9 }];
  const { stream } = await openNotes({ style: "none" }, () => ({ body: { items } }));
  const untold = await readAll(stream, firstWeek);
  expect(untold.records).toEqual([]);
  expect(untold.end).toMatchObject({
    kind: "stopped",
    problem: {
      code: "answer-unreadable",
      message: expect.stringContaining("does not tell the day (day) of the note 9"),
      applied: "no",
    },
  });
  expect((await readAll(stream)).end).toEqual({ kind: "end" });
  items.pop();
  const told = await readAll(stream, firstWeek);
  expect(told.end).toEqual({ kind: "end" });
  expect(told.records.map(({ id }) => id)).toEqual(["3", "4", "5"]);
});

test("an update whose answer tells nothing is believed to hold what was sent", async () => {
  const { stream, server } = await openNotes(
    { style: "none" },
    () => ({ body: { items: notes } }),
    ({ app }) => app.patch("/notes/:id", (_request, reply) => reply.code(204).send()),
  );
  const [record] = (await readAll(stream)).records;
  if (!record) throw new Error("There is no note.");
  const result = await stream.update?.({ record, patch: { done: true } }, call);
  expect(result).toEqual({
    status: "applied",
    record: { id: "1", fields: { text: "note 1", done: true } },
  });
  expect(server.log.at(-1)).toMatchObject({ url: "/notes/1", body: { done: true } });
});

test("a create that is answered without an id is in doubt", async () => {
  const { stream } = await openNotes(
    { style: "none" },
    () => ({ body: { items: notes } }),
    ({ app }) => app.post("/notes", (_request, reply) => reply.code(201).send({ ok: true })),
  );
  const result = await stream.create?.({ fields: { text: "new" }, originId: "note/9" }, call);
  expect(result).toMatchObject({
    status: "failed",
    problem: { code: "answer-unreadable", applied: "maybe" },
  });
});
