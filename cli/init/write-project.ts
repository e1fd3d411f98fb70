import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { connectors } from "../../connectors/registry.ts";
import { projectSchema } from "../../engine/config/project-schema.ts";
import type { JsonSchema } from "../../engine/connector/connector.ts";
import { linksSchemaFile } from "../../engine/links/entry-lines.ts";
import { linksSchema } from "../../engine/links/links-schema.ts";
import { mappingSchema } from "../../engine/mapping/mapping-schema.ts";
import { mappingTestSchema } from "../../engine/mapping-test/test-schema.ts";
import { type ProjectFile, shippedMappings } from "./shipped-mappings.ts";
import { allSystems, forSystems, type SystemName } from "./systems.ts";

/**
 * The files of a new project for these systems: templates from this folder, the mappings that syncctl ships with their
 * tests, and the schemas with which an editor completes the names of keys, streams and fields.
 */
export async function newProjectFiles(
  systems: readonly SystemName[] = allSystems,
): Promise<readonly ProjectFile[]> {
  const templates = [
    ["syncctl.yaml", "syncctl.yaml"],
    [".env.example", "env.example"],
    [".gitignore", "gitignore"],
    [".github/workflows/syncctl.yml", "workflow.yml"],
  ] as const;
  return Promise.all([
    ...templates.map(async ([path, template]) => ({
      path,
      text: forSystems(await readFile(join(import.meta.dirname, template), "utf8"), systems),
    })),
    ...(await shippedMappings(systems)),
    { path: "syncctl.schema.json", text: schemaText(projectSchema(connectors)) },
    { path: "mappings/mapping.schema.json", text: schemaText(mappingSchema(connectors)) },
    { path: `links/${linksSchemaFile}`, text: schemaText(linksSchema) },
    { path: "mappings/mapping-test.schema.json", text: schemaText(mappingTestSchema(connectors)) },
  ]);
}

function schemaText(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** The files that are there already. */
export async function filesInTheWay(
  folder: string,
  files: readonly ProjectFile[],
): Promise<readonly string[]> {
  const there = await Promise.all(
    files.map(({ path }) =>
      stat(join(folder, path)).then(
        () => path,
        () => null,
      ),
    ),
  );
  return there.filter((path) => path !== null);
}

export async function writeFiles(folder: string, files: readonly ProjectFile[]): Promise<void> {
  for (const { path, text } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
