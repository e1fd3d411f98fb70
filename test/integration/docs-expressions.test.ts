import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nullTolerant } from "../../engine/expression/library/empty-fields.ts";
import type { LibraryFunction } from "../../engine/expression/library/function.ts";
import { guarded } from "../../engine/expression/library/guarded.ts";
import { ownFunctions, signatures } from "../../engine/expression/library/library.ts";
import { runFunctions } from "../../engine/expression/library/run.ts";
import * as limits from "../../engine/expression/limits.ts";
import { analysisOf, resultOf } from "../support/expressions.ts";
import { code, coded, readPage, tablesWith } from "../support/markdown.ts";
import { root } from "../support/source-tree.ts";

/* What mappings/README.md says of expressions is what they do. */

const page = readPage("mappings/README.md");

const sample = JSON.parse(page.fences.find(({ note }) => note === "sample")?.text ?? "null");
const world = {
  fields: sample.record,
  vars: sample.vars,
  streams: { templates: sample.templates },
};

const [examples] = tablesWith(page, "to say", "write", "it gives");

const written = (examples?.rows ?? []).map(
  (row) => [code(row["write"] ?? ""), code(row["it gives"] ?? "")] as const,
);

test.each(written)("%s gives %s", async (expression, value) => {
  expect(await resultOf(expression, world)).toEqual(JSON.parse(value));
  expect(analysisOf(expression).warnings).toEqual([]);
});

describe("functions", () => {
  test.each<readonly [string, readonly LibraryFunction[]]>([
    ["Our functions", ownFunctions],
    ["Functions that know the run", runFunctions],
    ["Functions of JSONata", guarded],
  ])("%s: the table has every one, as it describes itself", (title, functions) => {
    const rows = tablesWith(page, "function").find((table) => table.title === title)?.rows ?? [];
    expect(rows.map((row) => [code(row["function"] ?? ""), row["what it gives"]])).toEqual(
      functions.map(({ usage, about }) => [usage, about]),
    );
  });

  test("the lists of JSONata's own functions are complete", () => {
    const provided = [...ownFunctions, ...runFunctions, ...guarded, ...nullTolerant];
    const names = new Set(provided.map(({ name }) => name));
    const standard = [...signatures.keys()].filter((name) => !names.has(name));
    const lists = page.text.match(/^`\$\w+`,[^.]*\.$/gm) ?? [];
    const listed = lists.map((list) => coded(list).map((name) => name.slice(1)));
    expect(listed).toEqual([nullTolerant.map(({ name }) => name).toSorted(), standard.toSorted()]);
  });
});

test("the limits are those of the code", () => {
  const [table] = tablesWith(page, "limit", "value", "why");
  const told = table?.rows.map((row) => {
    const [name = ""] = coded(row["why"] ?? "");
    return [name, Number(/[\d,]+/.exec(row["value"] ?? "")?.[0].replaceAll(",", ""))] as const;
  });
  const inCode = new Map<string, unknown>(Object.entries(limits));
  expect(told?.length).toBeGreaterThan(0);
  for (const [name, value] of told ?? []) {
    expect([name, inCode.get(name)]).toEqual([name, value]);
  }
});

test("each surprise is found, and what is better is not one", () => {
  const [table] = tablesWith(page, "written", "what happens", "code", "better");
  const warnings = (cell = "") => analysisOf(code(cell)).warnings.map((warning) => warning.code);
  expect(table?.rows.length).toBeGreaterThan(0);
  for (const row of table?.rows ?? []) {
    expect(warnings(row["written"]), row["written"]).toEqual([code(row["code"] ?? "")]);
    expect(warnings(row["better"]), row["better"]).toEqual([]);
  }
});

test("every type of field has a row in the table of equality", () => {
  const source = readFileSync(join(root, "engine/connector/schema.ts"), "utf8");
  const union = /export type FieldType =([^;]*);/.exec(source)?.[1] ?? "";
  const types = [...union.matchAll(/"(\w+)"/g)].map(([, type]) => type);
  const [table] = tablesWith(page, "type", "equal are");
  expect(table?.rows.flatMap((row) => (row["type"] ?? "").split(", ")).toSorted()).toEqual(
    types.toSorted(),
  );
});
