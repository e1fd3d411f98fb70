import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import { smartbarrelConnector } from "../../connectors/smartbarrel/connector.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import { fakeDeps } from "../support/http-clock.ts";
import { readPage } from "../support/markdown.ts";
import { type Configuration, openOffice, otherShape } from "../support/smartbarrel-office.ts";

/** What the loading of a project says about a connection with these keys. */
async function diagnosticsOf(keys: Configuration): Promise<readonly string[]> {
  const directory = await mkdtemp(join(tmpdir(), "syncctl-smartbarrel-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const clock = {
    connector: "smartbarrel",
    baseUrl: "https://clock.example",
    auth: { token: "key-of-clock" },
    ...keys,
  };
  const text = stringify({ version: 1, connections: { clock }, mappings: ["mapping.yaml"] });
  await writeFile(join(directory, "syncctl.yaml"), text);
  await writeFile(
    join(directory, "mapping.yaml"),
    stringify({
      mapping: "people",
      sources: {
        workers: { connection: "clock", stream: "workers" },
        positions: { connection: "clock", stream: "positions" },
      },
      systemOfRecord: "workers",
      rules: {
        all: {
          direction: "workers -> positions",
          match: [{ name: "last_name" }],
          fields: { name: "last_name" },
        },
      },
    }),
  );
  const env = { SMARTBARREL_TOKEN: "key-of-clock" };
  const result = await loadProject({ directory, connectors: [smartbarrelConnector], env });
  return result.ok
    ? []
    : result.diagnostics.map(({ code, message, help }) => [code, message, help].join(" | "));
}

test("the other shape is a definition that a connection can have", async () => {
  expect(await diagnosticsOf({ definition: otherShape })).toEqual([]);
  const company = { key: "northridge", header: "X-Company" };
  expect(await diagnosticsOf({ company, definition: {} })).toEqual([]);
});

const examples = readPage("connectors/smartbarrel/README.md").fences.filter(
  ({ language }) => language === "yaml",
);

test.each(examples)("the example at line $line of the page can be loaded", async ({ text }) => {
  const { smartbarrel } = parse(text) as { readonly smartbarrel: Configuration };
  expect(await diagnosticsOf(smartbarrel)).toEqual([]);
});

const wrong: readonly (readonly [Configuration, string])[] = [
  [{ paging: { style: "pages" } }, '"style" must be "page", "offset", "cursor", "link" or "none"'],
  [{ pageing: {} }, 'Did you mean "paging"?'],
  [{ streams: { worker: {} } }, 'Did you mean "workers"?'],
  [{ streams: { workers: { fields: { firstname: "a" } } } }, 'Did you mean "first_name"?'],
  [{ streams: { workers: { fields: { phone: 7.5 } } } }, ""],
  [{ streams: { workers: { fields: { phone: ".phone" } } } }, "Write a path with dots"],
  [{ streams: { workers: { fields: { phone: ["a"] } } } }, '"phone" must be a text'],
  [{ streams: { workers: { get: { path: "/people" } } } }, "with {id} in it"],
  [{ streams: { workers: { list: { path: "people" } } } }, "Write the path behind the prefix"],
  [
    { streams: { workers: { list: { path: "/people/{id}" } } } },
    "Write the path behind the prefix",
  ],
  [{ streams: { cost_codes: { list: { path: "/codes" } } } }, "with {project_id} in it"],
  [{ streams: { positions: { get: { answer: "data" } } } }, '"get" has no key "path"'],
  [{ streams: { shifts: { create: { path: "/shifts" } } } }, '"create" is not a key'],
  [{ streams: { workers: { values: { status: { live: "A" } } } } }, '"live" is not a key'],
  [{ streams: { workers: { values: { is_subcontractor: { true: "Y" } } } } }, 'no key "false"'],
  [{ streams: { shifts: { list: { window: null } } } }, ""],
  [{ streams: { shifts: { list: { window: { from: "a" } } } } }, 'no key "to"'],
  [{ writing: { updateMethod: "POST" } }, '"updateMethod" must be "PATCH" or "PUT"'],
  [{ errors: { conflict: [500] } }, "must be at most 499"],
  [{ auth: { token: "key" } }, '"token" is not a key'],
];

test.each(wrong)("the definition %j is refused with what is wrong", async (definition, words) => {
  const said = await diagnosticsOf({ definition });
  if (words === "") return expect(said).toEqual([]);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(words);
});

test("accounts are told apart by host and company, and not by the key", () => {
  const accountOf = (keys: Configuration) =>
    smartbarrelConnector.connect(
      { baseUrl: "https://clock.example/x", auth: { token: "one" }, ...keys },
      fakeDeps(),
    ).account;
  expect(accountOf({})).toBe("company at clock.example");
  expect(accountOf({ auth: { token: "two" } })).toBe("company at clock.example");
  expect(accountOf({ company: { key: "northridge" } })).toBe("company northridge at clock.example");
  expect(accountOf({ baseUrl: "https://other.example" })).toBe("company at other.example");
});

const call = { signal: new AbortController().signal };

test("the check says that the shape is assumed, and which fields are never there", async () => {
  const fields = { email: "mail", phone: "profile.phone" };
  const { connector } = await openOffice({}, { definition: { streams: { workers: { fields } } } });
  const lines = await connector.check(call);
  expect(lines.map(({ what, status }) => [what, status])).toEqual([
    ["shape of the API", "unknown"],
    ["credentials", "ok"],
    ["workers", "unknown"],
    ["positions", "ok"],
    ["projects", "ok"],
    ["cost_codes", "ok"],
    ["shifts", "ok"],
    ["shift_entries", "ok"],
  ]);
  expect(lines[0]?.message).toContain("does not override is assumed");
  expect(lines[2]?.message).toContain(
    "None of its records has email (mail), phone (profile.phone)",
  );
});

test("the check of an empty company proves no field, and one of a locked door nothing", async () => {
  const { connector, simulator } = await openOffice({ data: {} });
  const empty = await connector.check(call);
  expect(empty[0]?.message).toContain("Every path, parameter and field name is assumed");
  expect(empty.slice(2).every(({ status }) => status === "unknown")).toBe(true);
  simulator.expireTokens();
  simulator.clearLog();
  const locked = await connector.check(call);
  expect(locked[1]).toMatchObject({ what: "credentials", status: "failed" });
  expect(locked.slice(2).every(({ status }) => status === "unknown")).toBe(true);
  expect(simulator.log).toHaveLength(1);
});

test("a definition that fits nothing fails each stream, with the place", async () => {
  const { connector } = await openOffice({}, { definition: { paging: { items: "records" } } });
  const lines = await connector.check(call);
  expect(lines[1]).toMatchObject({ what: "credentials", status: "unknown" });
  expect(lines[2]).toMatchObject({
    status: "failed",
    message: expect.stringContaining("without its list in records"),
  });
});
