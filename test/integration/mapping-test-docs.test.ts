import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { connectors } from "../../connectors/registry.ts";
import { entryKinds } from "../../engine/mapping-test/expectation-words.ts";
import { mappingTestSchema } from "../../engine/mapping-test/test-schema.ts";
import { failedIn, runText, shownRun } from "../support/mapping-tests.ts";
import { coded, readPage, tablesWith } from "../support/markdown.ts";
import { root } from "../support/source-tree.ts";

/* What mappings/README.md says about mapping tests is so. */

const page = readPage("mappings/README.md");

const project = `version: 1
connections:
  wfp: { connector: workforce-planning, companyId: x, auth: { clientId: a, clientSecret: b } }
  procore: { connector: procore, companyId: 4242, auth: { clientId: c, clientSecret: d } }
mappings: [mappings/*.yaml]
`;

test("every example is a test file, and passes against the mapping that comes with syncctl", async () => {
  const examples = page.fences.filter(({ language, note }) => language === "yml" && note === "");
  expect(examples.length).toBeGreaterThan(0);
  const mapping = readFileSync(join(root, "mappings/people.yaml"), "utf8");
  for (const { text, line } of examples) {
    const run = await runText(text, { mapping, files: { "syncctl.yaml": project }, connectors });
    expect(failedIn(run), `${page.path}:${line}\n${shownRun(run)}`).toEqual([]);
    expect(run.ok && run.results.length).toBeGreaterThan(0);
  }
});

test("the cases of two mappings pass against the two mappings of the page", async () => {
  const cases = page.fences.filter(({ note }) => note === "cases");
  expect(cases).toHaveLength(1);
  const mappingNamed = (name: string) =>
    page.fences.find(({ text }) => text.startsWith(`mapping: ${name}\n`) && text.includes("rules:"))
      ?.text ?? "";
  for (const { text } of cases) {
    const run = await runText(text, {
      mapping: mappingNamed("hours"),
      files: {
        "mappings/hands.yaml": mappingNamed("hands"),
        "syncctl.yaml": project.replace(
          "mappings:",
          "  smartbarrel: { connector: smartbarrel, auth: { token: e } }\nmappings:",
        ),
      },
      connectors,
    });
    expect(failedIn(run), shownRun(run)).toEqual([]);
    expect(run.ok && run.results).toHaveLength(2);
  }
});

type Keys = Readonly<Record<string, { readonly items?: { readonly properties: object } }>>;

test("every key of a test file is told, and where it stands", () => {
  const file = mappingTestSchema([])["properties"] as Keys;
  const cases = file["cases"]?.items?.properties ?? {};
  const [table] = tablesWith(page, "word", "where");
  const told = (where: string) =>
    table?.rows
      .filter((row) => row["where"]?.includes(where))
      .flatMap((row) => coded(row["word"] ?? ""));
  expect(told("file")?.toSorted()).toEqual(Object.keys(file).toSorted());
  expect(told("case")?.toSorted()).toEqual(Object.keys(cases).toSorted());
});

test("every word of an expectation is told, with what can stand beside it", () => {
  const [table] = tablesWith(page, "word", "besides");
  const told = (table?.rows ?? []).flatMap((row) =>
    coded(row["word"] ?? "").map((word) => [word, [...coded(row["besides"] ?? "")].sort()]),
  );
  const there = Object.entries(entryKinds).map(([kind, { details }]) => [
    kind,
    details.filter((detail) => detail !== "rule").toSorted(),
  ]);
  expect(told.toSorted()).toEqual(there.toSorted());
});
