import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { connectors } from "../../connectors/registry.ts";
import { projectSchema } from "../../engine/config/project-schema.ts";
import { ownKeywords } from "../../engine/config/schema-words.ts";
import type { ConnectorDefinition, JsonSchema } from "../../engine/connector/connector.ts";
import { linksSchema } from "../../engine/links/links-schema.ts";
import { mappingSchema } from "../../engine/mapping/mapping-schema.ts";
import { settingsSchema } from "../../server/settings/settings-schema.ts";
import { configConnectors } from "../support/config-connectors.ts";

const schemas = { links: () => linksSchema, mapping: mappingSchema, syncctl: projectSchema };

/* `npx vitest run test/integration/config-schema.test.ts -u` writes the files anew. */
test.each(Object.entries(schemas))(
  "mappings/%s.schema.json is what the connectors and the checks make of it",
  async (name, schema) => {
    const file = join(import.meta.dirname, "..", "..", "mappings", `${name}.schema.json`);
    await expect(`${JSON.stringify(schema(connectors), null, 2)}\n`).toMatchFileSnapshot(file);
  },
);

test("server/service.schema.json is what the service checks its file with", async () => {
  const file = join(import.meta.dirname, "..", "..", "server", "service.schema.json");
  await expect(`${JSON.stringify(settingsSchema, null, 2)}\n`).toMatchFileSnapshot(file);
});

const registries: readonly (readonly [string, readonly ConnectorDefinition[]])[] = [
  ["the shipped connectors", connectors],
  ["the connectors of the tests", configConnectors],
];

test.each(registries)("with %s the schemas are valid and describe every key", (_whose, list) => {
  const all = [
    projectSchema(list),
    mappingSchema(list),
    mappingSchema([]),
    linksSchema,
    settingsSchema,
  ];
  for (const schema of all) {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
    ajv.addVocabulary(ownKeywords);
    expect(() => ajv.compile(schema)).not.toThrow();
    expect(undescribed(schema, "")).toEqual([]);
  }
});

/** Keys of `properties`, at any depth, that tell nothing to whoever writes them. */
function undescribed(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema as JsonSchema).flatMap(([keyword, value]) => {
    if (keyword === "if" || keyword === "then")
      return keyword === "then" ? thenKeys(value, path) : [];
    if (keyword !== "properties") return undescribed(value, `${path}/${keyword}`);
    return Object.entries(value as Record<string, JsonSchema>).flatMap(([key, property]) => [
      ...(typeof property["description"] === "string" ? [] : [`${path}/${key}`]),
      ...undescribed(property, `${path}/${key}`),
    ]);
  });
}

/** `connector` stands there again only so that it is known. */
function thenKeys(then: unknown, path: string): readonly string[] {
  return undescribed(then, `${path}/then`).filter((key) => key !== `${path}/then/connector`);
}

test("editors are offered the streams and the fields of every connector", () => {
  const text = JSON.stringify(mappingSchema(configConnectors));
  for (const word of ["permission_templates", "company_permission_template_id", "workforce"]) {
    expect(text.includes(word)).toBe(word !== "workforce");
  }
  const project = JSON.stringify(projectSchema(configConnectors));
  expect(project).toContain("workforce-planning");
  expect(project).toContain("readLagSeconds");
});
