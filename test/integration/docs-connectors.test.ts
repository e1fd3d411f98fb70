import { describe, expect, test } from "vitest";
import { defaultHttpLimits } from "../../connectors/http/http.ts";
import { connectors } from "../../connectors/registry.ts";
import type { ConnectorDefinition, JsonSchema } from "../../engine/connector/connector.ts";
import type { FieldSchema } from "../../engine/connector/schema.ts";
import { code, coded, readPage, tablesWith } from "../support/markdown.ts";

/* The pages of the connectors name the keys, streams and fields that the connectors have, and no others. */

type Facts = Readonly<Record<string, { needed: boolean; default: string | undefined }>>;

function keysOf(
  { properties, required }: ConnectorDefinition["configuration"],
  prefix = "",
): Facts {
  return Object.assign(
    {},
    ...Object.entries(properties).map(([key, schema]): Facts => {
      const name = `${prefix}${key}`;
      const inner = schema["properties"] as Readonly<Record<string, JsonSchema>> | undefined;
      if (inner) {
        const needed = (schema["required"] ?? []) as readonly string[];
        return keysOf({ properties: inner, required: needed }, `${name}.`);
      }
      const standard = schema["default"];
      const told = standard === undefined ? undefined : String(standard);
      return { [name]: { needed: required.includes(key), default: told } };
    }),
  );
}

function choicesOf(schema: JsonSchema): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === "enum") return (value as readonly unknown[]).map(String);
    return typeof value === "object" && value !== null ? choicesOf({ ...value }) : [];
  });
}

function typeText({ type, references }: FieldSchema): string {
  return references === undefined ? type : `${type} of \`${references}\``;
}

function accessText({ access, required }: FieldSchema): string {
  return required ? `${access}, needed` : access;
}

describe.each(connectors)("connectors/$name/README.md", (connector) => {
  const page = readPage(`connectors/${connector.name}/README.md`);

  test("names every key of a connection", () => {
    const [table] = tablesWith(page, "key", "needed", "default");
    const told = Object.fromEntries(
      (table?.rows ?? []).map((row) => [
        code(row["key"] ?? ""),
        { needed: row["needed"] === "yes", default: coded(row["default"] ?? "")[0] },
      ]),
    );
    expect(told).toEqual(keysOf(connector.configuration));
    const words = table?.rows.flatMap((row) => coded(Object.values(row).join(" ")));
    expect(words).toEqual(
      expect.arrayContaining(Object.values(connector.configuration.properties).flatMap(choicesOf)),
    );
  });

  test("says what the HTTP client does where a limit is left out", () => {
    const { requestTimeoutMs, concurrencyMax } = defaultHttpLimits;
    expect(page.text).toMatch(
      new RegExp(`requestTimeoutSeconds.*Without it, ${requestTimeoutMs / 1_000}\\.`),
    );
    expect(page.text).toMatch(new RegExp(`limits\\.concurrency.*Without it, ${concurrencyMax}\\.`));
  });

  test("has a table for every stream", () => {
    const tables = tablesWith(page, "field", "type", "access");
    expect(tables.map(({ title }) => title)).toEqual(Object.keys(connector.streams));
  });

  test.each(Object.entries(connector.streams))("has every field of %s", (name, schema) => {
    const table = tablesWith(page, "field", "type", "access").find(({ title }) => title === name);
    const told = table?.rows.map((row) => [code(row["field"] ?? ""), row["type"], row["access"]]);
    expect(told).toEqual(
      Object.entries(schema.fields).map(([field, each]) => [
        field,
        typeText(each),
        accessText(each),
      ]),
    );
    for (const [index, { choices = [] }] of Object.values(schema.fields).entries()) {
      const row = table?.rows[index];
      expect(coded(row?.["what it is"] ?? "")).toEqual(expect.arrayContaining([...choices]));
    }
  });
});
