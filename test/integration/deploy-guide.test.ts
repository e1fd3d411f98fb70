import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { JsonSchema } from "../../engine/connector/connector.ts";
import { openMetrics } from "../../server/metrics/metrics.ts";
import { signedHeaders } from "../../server/notify/signature.ts";
import { notificationEvents } from "../../server/settings/notify-schema.ts";
import { readServiceSettings } from "../../server/settings/read-settings.ts";
import { settingsSchema } from "../../server/settings/settings-schema.ts";
import { code, readPage, tablesWith } from "../support/markdown.ts";
import { filesBelow, root } from "../support/source-tree.ts";

/* What the operator's guide says of the service is what the service has. */

const page = readPage("server/README.md");
const folder = mkdtempSync(join(tmpdir(), "syncctl-guide-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function firstColumn(column: string): readonly string[] {
  const tables = tablesWith(page, column);
  expect(tables).toHaveLength(1);
  return (tables[0]?.rows ?? []).map((row) => code(row[column] ?? ""));
}

function fences(note: string): readonly string[] {
  const found = page.fences.filter((fence) => fence.note === note).map(({ text }) => text);
  expect(found.length).toBeGreaterThan(0);
  return found;
}

/** `listen.port` with its default, for everything that is no map or list of maps itself. */
function keysOf(schema: JsonSchema, above = ""): readonly (readonly [string, unknown])[] {
  const properties = (schema["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>;
  return Object.entries(properties).flatMap(([name, property]) => {
    if (name === "$schema") return [];
    const inner = (property["items"] ?? property) as JsonSchema;
    const path = `${above}${name}`;
    return "properties" in inner
      ? keysOf(inner, `${path}.`)
      : [[path, property["default"]] as const];
  });
}

describe("service.yaml", () => {
  const keys = keysOf(settingsSchema);

  test("has a row for every key, and for no other", () => {
    const told = firstColumn("key").filter((key) => key !== "notify");
    expect(told.toSorted()).toEqual(keys.map(([key]) => key).toSorted());
  });

  test("has the defaults of the code", () => {
    const [table] = tablesWith(page, "key", "default");
    for (const [key, standard] of keys) {
      if (typeof standard !== "number" && typeof standard !== "string") continue;
      const row = table?.rows.find((one) => code(one["key"] ?? "") === key);
      expect({ key, standard: code(row?.["default"] ?? "") }).toEqual({
        key,
        standard: String(standard),
      });
    }
  });

  test("every example of it can be used", async () => {
    const variables = {
      DATABASE_URL: "postgres://syncctl:secret@db.northridge.test/syncctl",
      NOTIFY_URL: "https://chat.northridge.test/hook",
      NOTIFY_SECRET: "sixteen characters and more",
      SMTP_PASSWORD: "a password",
    };
    writeFileSync(join(folder, "syncctl.yaml"), projectText);
    writeFileSync(join(folder, "people.yaml"), readFileSync(join(root, "mappings/people.yaml")));
    for (const text of fences("service")) {
      writeFileSync(join(folder, "service.yaml"), text);
      expect({ text, ...(await readServiceSettings(folder, variables)) }).toMatchObject({
        text,
        ok: true,
      });
    }
  });
});

const projectText = `
version: 1
connections:
  wfp: { connector: workforce-planning, companyId: a, auth: { clientId: b, clientSecret: c } }
  procore: { connector: procore, companyId: 4242, auth: { clientId: d, clientSecret: e } }
mappings: [people.yaml]
`;

test("every status of a run is explained", () => {
  const source = readFileSync(join(root, "engine/state/service-store.ts"), "utf8");
  const union = /export type RequestStatus =([\s\S]*?);\n\n/.exec(source)?.[1] ?? "";
  const statuses = [...union.matchAll(/\| "(\w+)"/g)].map(([, status]) => status);
  expect(firstColumn("status of a run")).toEqual(statuses);
});

test("roles and events are those of the code", () => {
  expect(firstColumn("role")).toEqual(["viewer", "operator", "admin"]);
  expect(firstColumn("event").toSorted()).toEqual([...notificationEvents].toSorted());
});

describe("what to watch", () => {
  /** Of syncctl; those of Node come along. */
  async function metrics(): Promise<readonly string[]> {
    const text = await openMetrics({ version: "1.0.0" }).text();
    return [...text.matchAll(/^# TYPE (syncctl_\w+)/gm)].map(([, name = ""]) => name);
  }

  test("every metric has a row, and every row is a metric", async () => {
    expect(firstColumn("metric").toSorted()).toEqual([...(await metrics())].toSorted());
  });

  test("alerts ask for metrics that there are", async () => {
    const [text = ""] = fences("alerts");
    const rules: readonly { readonly expr: string }[] = parse(text).groups[0].rules;
    const known = await metrics();
    for (const { expr } of rules) {
      const asked = expr.match(/syncctl_\w+/g) ?? [];
      expect(asked.length, expr).toBeGreaterThan(0);
      for (const name of asked) expect(known).toContain(name);
    }
  });
});

test("the program that checks a signature takes ours, and nothing else", async () => {
  const [text = ""] = page.fences
    .filter(({ language }) => language === "js")
    .map((one) => one.text);
  const file = join(folder, "is-ours.mjs");
  writeFileSync(file, text);
  const { isOurs } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  const secret = "sixteen characters and more";
  const body = '{"event":"failed"}';
  const at = new Date();
  const headers = signedHeaders(secret, { id: "msg_1", at, body });
  expect(isOurs(headers, body, secret)).toBe(true);
  expect(isOurs(headers, `${body} `, secret)).toBe(false);
  expect(isOurs(headers, body, "another secret of some length")).toBe(false);
  expect(isOurs({}, body, secret)).toBe(false);
  const old = signedHeaders(secret, { id: "msg_1", at: new Date(at.getTime() - 3_600_000), body });
  expect(isOurs(old, body, secret)).toBe(false);
});

test("files of server/deploy that are named are there", () => {
  const named = [...page.text.matchAll(/server\/deploy\/[\w./-]*\w/g)].map(([path]) => path);
  expect(named.length).toBeGreaterThan(2);
  const files = filesBelow("server/deploy").map(({ path }) => path);
  for (const path of named) {
    expect(
      files.some((file) => file === path || file.startsWith(`${path}/`)),
      path,
    ).toBe(true);
  }
});
