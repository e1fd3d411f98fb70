import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exitCode } from "../../cli/exit-code.ts";
import { plainPaint } from "../../cli/render/paint.ts";
import { runLog } from "../../cli/render/run-log.ts";
import { changeKinds } from "../../cli/render/words.ts";
import { code, coded, readPage, tablesWith } from "../support/markdown.ts";
import { root } from "../support/source-tree.ts";

/* What the operator's guide says of codes, logs and limits is what the code has. */

const page = readPage("server/README.md");

const units: Readonly<Record<string, number>> = {
  seconds: 1_000,
  minutes: 60_000,
  KB: 1024,
  MB: 1024 ** 2,
  characters: 1,
};

/** `10 minutes` in milliseconds, `64 MB` in bytes. */
function told(value: string): number {
  const [, figure = "", unit = ""] = /^([\d,]+) ?(\w*)$/.exec(value) ?? [];
  return Number(figure.replaceAll(",", "")) * (unit === "" ? 1 : (units[unit] ?? Number.NaN));
}

/** A constant or a member, as it is written: `10 * 60_000`. */
function inCode(name: string, file: string): number {
  const text = readFileSync(join(root, file), "utf8");
  const written = new RegExp(`\\b${name}(?::| =) ([\\d_ *]+)[;,}]`).exec(text)?.[1] ?? "";
  const factors = written.split("*").map((factor) => Number(factor.trim().replaceAll("_", "")));
  const value = factors.reduce((product, factor) => product * factor, written === "" ? 0 : 1);
  return name.endsWith("Seconds") ? value * 1_000 : value;
}

test("every limit is that of the code", () => {
  const [table] = tablesWith(page, "limit", "value", "in the code");
  expect(table?.rows.length).toBeGreaterThan(0);
  for (const row of table?.rows ?? []) {
    const [name = "", file = ""] = coded(row["in the code"] ?? "");
    expect([name, told(row["value"] ?? "")]).toEqual([name, inCode(name, file)]);
  }
});

test("the exit codes of apply are all there", () => {
  const [table] = tablesWith(page, "exit code of `apply`");
  const codes = table?.rows.map((row) => Number(row["exit code of `apply`"]));
  const { ok, error, refused, partly } = exitCode;
  expect(codes?.toSorted()).toEqual([ok, error, refused, partly].toSorted());
});

test("the columns of a run log as CSV are explained in their order", () => {
  const run = {
    runId: "1",
    planId: "2",
    planDigest: "3",
    purpose: "sync",
    mappings: [],
    configurationDigest: "4",
    startedAt: new Date(0),
    startedBy: "test",
    status: "applied",
    counts: {},
  } as const;
  const { head } = runLog("csv", run, { paint: plainPaint, brief: false });
  const [table] = tablesWith(page, "column", "what it holds");
  expect(table?.rows.map((row) => code(row["column"] ?? "")).join(",")).toBe(head.trim());
  const actions = table?.rows.find((row) => row["column"] === "`action`");
  expect(coded(actions?.["what it holds"] ?? "")).toEqual([...changeKinds, "none"]);
});

test("every status of a record in a run log is explained", () => {
  const source = readFileSync(join(root, "engine/apply/outcome.ts"), "utf8");
  const union = /export type OutcomeStatus =([^;]*);/.exec(source)?.[1] ?? "";
  const statuses = [...union.matchAll(/"([\w-]+)"/g)].map(([, status = ""]) => status);
  const [table] = tablesWith(page, "status", "what it means");
  expect(table?.rows.map((row) => code(row["status"] ?? "")).toSorted()).toEqual(
    [...statuses, "held", "passed-over"].toSorted(),
  );
});

test("every code that has a section of its own is one of the catalogue", () => {
  const catalogue = readPage("engine/CODES.md").text;
  const named = [...page.text.matchAll(/^`([a-z]+(?:-[a-z]+)+)`/gm)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !catalogue.includes(`| \`${name}\` |`))).toEqual([]);
});
