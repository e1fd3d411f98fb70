import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fieldReasonText } from "../../cli/render/words.ts";
import { planningCodes } from "../../engine/codes/planning.ts";
import type { JsonSchema } from "../../engine/connector/connector.ts";
import { code, coded, readPage, type Table, tablesWith } from "../support/markdown.ts";
import { root } from "../support/source-tree.ts";

/*
 * The tables of keys in mappings/README.md and the generated schemas say the same. (That the schemas are those that
 * check the files is proved by config-schema.test.ts.)
 */

const page = readPage("mappings/README.md");

interface Key {
  readonly needed: boolean;
  /** As the page writes it. */
  readonly default: string | undefined;
  readonly choices: readonly string[];
}

/** `rules.<name>.on.found` and what the schema says of it. */
function keysOf(file: string): ReadonlyMap<string, Key> {
  const schema: JsonSchema = JSON.parse(readFileSync(join(root, "mappings", file), "utf8"));
  const definitions = (schema["$defs"] ?? {}) as Schemas;
  const found = new Map<string, Key>();

  function walk(node: JsonSchema, path: string): void {
    const required = (node["required"] ?? []) as readonly string[];
    for (const [key, value] of Object.entries((node["properties"] ?? {}) as Schemas)) {
      found.set(dotted(path, key), keyOf(value, required.includes(key)));
      walkInto(value, dotted(path, key));
    }
  }

  /** Maps whose keys are names or fields: a name has no row of its own, what stands under it has. */
  function walkInto(node: JsonSchema, path: string): void {
    const each = node["additionalProperties"];
    if (typeof each !== "object" || each === null) {
      walk(node, path);
      return;
    }
    const reference = (each as JsonSchema)["$ref"];
    const name = typeof reference === "string" ? reference.replace("#/$defs/", "") : undefined;
    if (name === undefined) walk(each as JsonSchema, dotted(path, "<name>"));
    else walk(definitions[name] ?? {}, dotted(path, "<field>"));
  }

  walk(schema, "");
  return found;
}

type Schemas = Readonly<Record<string, JsonSchema>>;

function dotted(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function keyOf(schema: JsonSchema, needed: boolean): Key {
  const standard = schema["default"];
  return {
    needed,
    default: standard === undefined ? undefined : String(standard),
    choices: ((schema["enum"] ?? []) as readonly unknown[]).map(String),
  };
}

interface Row extends Key {
  readonly path: string;
  /** Everything between backticks in the row. */
  readonly codes: readonly string[];
}

/** The heading names the map that its keys belong to, as its last piece of code, unless it names a file. */
function rowsOf(tables: readonly Table[]): readonly Row[] {
  return tables.flatMap(({ title, rows }) => {
    const prefix = coded(title).findLast((text) => !text.endsWith(".yaml")) ?? "";
    return rows.map((row) => ({
      path: dotted(prefix, code(row["key"] ?? "")),
      needed: row["needed"] === "yes",
      default: coded(row["default"] ?? "")[0],
      choices: [],
      codes: coded(Object.values(row).slice(1).join(" ")),
    }));
  });
}

const tables = tablesWith(page, "key");
const isOfProject = ({ title }: Table) =>
  /`(syncctl\.yaml|connections\.<name>|environments\.<name>)`/.test(title);

/** Links files have lists of entries, which have a table of their own; see links-docs.test.ts. */
const isOfLinks = ({ title }: Table) => /^(Links files|An entry: `link`)$/.test(title);

const files: readonly (readonly [string, readonly Row[], ReadonlyMap<string, Key>])[] = [
  ["syncctl.yaml", rowsOf(tables.filter(isOfProject)), keysOf("syncctl.schema.json")],
  [
    "mapping files",
    rowsOf(tables.filter((table) => !isOfProject(table) && !isOfLinks(table))),
    keysOf("mapping.schema.json"),
  ],
];

describe.each(files)("the reference of %s", (_file, rows, keys) => {
  test("has a row for every key, and no row for anything else", () => {
    expect(rows.map(({ path }) => path).toSorted()).toEqual([...keys.keys()].toSorted());
  });

  test("says which keys are needed", () => {
    const told = rows.filter(({ needed }) => needed).map(({ path }) => path);
    const checked = [...keys].filter(([, { needed }]) => needed).map(([path]) => path);
    expect(told.toSorted()).toEqual(checked.toSorted());
  });

  test("says what a key that is left out means", () => {
    // In an environment, a key that is left out is what it is above.
    const own = rows.filter(({ path }) => !path.startsWith("environments."));
    expect(own.map(({ path, default: told }) => [path, told])).toEqual(
      own.map(({ path }) => [path, keys.get(path)?.default]),
    );
  });

  test("names every choice", () => {
    for (const { path, codes } of rows) {
      expect(codes, path).toEqual(expect.arrayContaining([...(keys.get(path)?.choices ?? [])]));
    }
  });
});

test("every reason for a field change is explained", () => {
  const [table] = tablesWith(page, "in a plan");
  expect(table?.rows.map((row) => row["in a plan"])).toEqual(Object.values(fieldReasonText));
});

test("every guard is in the table of guards", () => {
  const [table] = tablesWith(page, "guard");
  const guards = Object.entries(planningCodes).filter(([, { remedy }]) =>
    /flag shown/.test(remedy),
  );
  expect(table?.rows.flatMap((row) => coded(row["guard"] ?? "")).toSorted()).toEqual(
    guards.map(([name]) => name).toSorted(),
  );
});

test("every code that a page names is one of the catalogue, or a word of the files", () => {
  const { text } = readPage("engine/CODES.md");
  const named = page.text.matchAll(/\(`([a-z]+(?:-[a-z]+)+)`[,)]/g);
  for (const [, name] of named) expect(text).toContain(`| \`${name}\` |`);
});
