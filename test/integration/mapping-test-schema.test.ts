import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { connectors } from "../../connectors/registry.ts";
import { ownKeywords } from "../../engine/config/schema-words.ts";
import type { JsonSchema } from "../../engine/connector/connector.ts";
import { mappingTestSchema } from "../../engine/mapping-test/test-schema.ts";
import { configConnectors } from "../support/config-connectors.ts";
import { filesBelow, root } from "../support/source-tree.ts";

const schema = mappingTestSchema(connectors);

/* `npx vitest run test/integration/mapping-test-schema.test.ts -u` writes the file anew. */
test("mappings/mapping-test.schema.json is what the connectors and the checks make of it", async () => {
  const file = join(root, "mappings/mapping-test.schema.json");
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(file);
});

function compiled(one: JsonSchema) {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
  ajv.addVocabulary(ownKeywords);
  return ajv.compile(one);
}

test("the schema is valid with and without connectors, and describes every key", () => {
  for (const one of [schema, mappingTestSchema(configConnectors), mappingTestSchema([])]) {
    expect(() => compiled(one)).not.toThrow();
    expect(undescribed(one, "")).toEqual([]);
  }
});

/** Keys of `properties`, at any depth, that tell nothing to whoever writes them. */
function undescribed(node: unknown, path: string): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node as JsonSchema).flatMap(([keyword, value]) => {
    if (keyword !== "properties") return undescribed(value, `${path}/${keyword}`);
    return Object.entries(value as Record<string, JsonSchema>).flatMap(([key, property]) => [
      ...(typeof property["description"] === "string" ? [] : [`${path}/${key}`]),
      ...undescribed(property, `${path}/${key}`),
    ]);
  });
}

test("editors are offered the fields of every connector, those that are only read too", () => {
  const text = JSON.stringify(mappingTestSchema(configConnectors));
  for (const word of ["employee_number", "company_permission_template_id", "created_at"]) {
    expect(text).toContain(`"${word}":{"description"`);
  }
});

test("an editor finds nothing wrong with the shipped tests, and wants one word first in an expectation", () => {
  const validate = compiled(schema);
  const shipped = filesBelow("mappings").filter(({ path }) => path.endsWith(".test.yaml"));
  expect(shipped.length).toBeGreaterThan(0);
  for (const { path, text } of shipped) expect(validate(parse(text)), path).toBe(true);
  const expecting = (expectation: object) => ({
    mapping: "people",
    cases: [{ name: "one", given: {}, expect: [expectation] }],
  });
  expect(validate(expecting({ create: "ana", rule: "users" }))).toBe(true);
  expect(validate(expecting({ create: "ana", update: "ana" }))).toBe(false);
  expect(validate(expecting({ rule: "users" }))).toBe(false);
});
