import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { expect, test } from "vitest";
import * as columns from "../../engine/state/postgres/columns.ts";
import * as schema from "../../engine/state/postgres/schema.ts";
import * as serviceSchema from "../../engine/state/postgres/service/schema.ts";

const folder = join(import.meta.dirname, "../../engine/state/postgres/migrations");

/** Digests of the migrations. Databases out there have run them, so that a released one never changes again. */
const digests: Readonly<Record<string, string>> = {
  "0000_start.sql": "aea0740c62c63b56e300d559c18f6f620ab0e8a3456a5fd38484dbffddf81a80",
  "0001_run_note.sql": "091c8c4d74fd8618c267daf89d62b97c1b9538f9083365752bcd95a9881ea4d6",
  "0002_bindings.sql": "22089bd728b40ab03d15271e6567e45acd64825a6215b956fb38e0743f7eafdc",
  "0003_workspaces.sql": "785f57cb3da302360a85913cead605420ccecd6ef0afc1fd61cf76964ff66d24",
  "0004_service.sql": "bdeab3542ebf0c7b084d13685d63fbfe524b8ec11e2b79e0caea63c89b9bfe1a",
  "0005_history.sql": "e3101f5cacb3c102ad164b89200adb611972f3ce03e9dd79a80b222c9b13657d",
};

const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));

test("the migrations lead to the tables that the schema describes", async () => {
  const snapshots = readdirSync(join(folder, "meta")).filter((name) =>
    name.endsWith("_snapshot.json"),
  );
  expect(snapshots).toHaveLength(names.length);
  const last = JSON.parse(
    readFileSync(join(folder, "meta", snapshots.sort().at(-1) ?? ""), "utf8"),
  );
  const wanted = generateDrizzleJson({ ...columns, ...schema, ...serviceSchema }, last.id);
  expect(await generateMigration(last, wanted)).toEqual([]);
});

test("a migration is never edited", () => {
  const found = names.map((name) => {
    const text = readFileSync(join(folder, name));
    return [name, createHash("sha256").update(text).digest("hex")];
  });
  expect(Object.fromEntries(found)).toEqual(digests);
});
