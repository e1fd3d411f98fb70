import { expect, test } from "vitest";
import type { JsonSchema } from "../../engine/connector/connector.ts";
import { linksSchema } from "../../engine/links/links-schema.ts";
import { code, readPage, type Table, tablesWith } from "../support/markdown.ts";

/* The tables of keys of links files in mappings/README.md and the schema that checks them say the same. */

const tables = tablesWith(readPage("mappings/README.md"), "key");

type Schemas = Readonly<Record<string, JsonSchema>>;

function keysOf(schema: JsonSchema) {
  const required = (schema["required"] ?? []) as readonly string[];
  const keys = Object.keys((schema["properties"] ?? {}) as Schemas);
  return keys.map((key) => [key, required.includes(key)] as const).toSorted();
}

function rowsOf(table: Table | undefined) {
  const rows = table?.rows ?? [];
  return rows.map((row) => [code(row["key"] ?? ""), row["needed"] === "yes"] as const).toSorted();
}

/** What an entry of a list must look like. */
function entryOf(list: string): JsonSchema {
  return (linksSchema["properties"] as Schemas)[list]?.["items"] as JsonSchema;
}

test("every key of a links file has a row, and no row is anything else", () => {
  expect(rowsOf(tables.find(({ title }) => title === "Links files"))).toEqual(keysOf(linksSchema));
});

test("so has every key of an entry, and the other lists differ as the page says", () => {
  const link = keysOf(entryOf("link"));
  expect(rowsOf(tables.find(({ title }) => title === "An entry: `link`"))).toEqual(link);
  expect(keysOf(entryOf("apart"))).toEqual(link.filter(([key]) => key !== "baseline"));
  expect(keysOf(entryOf("ignore"))).toEqual(
    link
      .filter(([key]) => key !== "baseline")
      .map(([key, needed]) => [key === "pair" ? "record" : key, needed] as const)
      .toSorted(),
  );
});
