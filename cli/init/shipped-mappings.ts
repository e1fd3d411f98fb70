import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { listed } from "../render/words.ts";
import type { Trouble } from "../trouble.ts";
import { root } from "../version.ts";
import { connectionNames, type SystemName, systemTitles } from "./systems.ts";

export interface ProjectFile {
  /** Relative to the new project. */
  readonly path: string;
  readonly text: string;
}

/** What matters here of a mapping, or of the tests of one. */
interface Written {
  readonly mapping: string;
  readonly sources?: Readonly<Record<string, { readonly connection: string }>>;
}

/** The mappings that need no other systems than these, with their tests. */
export async function shippedMappings(
  systems: readonly SystemName[],
): Promise<readonly ProjectFile[]> {
  const names = (await readdir(join(root, "mappings"))).filter((name) => /\.ya?ml$/.test(name));
  const files = await Promise.all(
    names.toSorted().map(async (name) => {
      const text = await readFile(join(root, "mappings", name), "utf8");
      const { mapping, sources } = parse(text) as Written;
      return { path: `mappings/${name}`, text, mapping, sources };
    }),
  );
  const there: readonly string[] = systems.map((system) => connectionNames[system]);
  const chosen = files
    .filter(({ sources }) => sources !== undefined)
    .filter(({ sources = {} }) =>
      Object.values(sources).every(({ connection }) => there.includes(connection)),
    )
    .map(({ mapping }) => mapping);
  return files
    .filter(({ mapping }) => chosen.includes(mapping))
    .map(({ path, text }) => ({ path, text }));
}

/** A project without a mapping would not be whole, and the first command after this one would say so. */
export function noMapping(systems: readonly SystemName[]): Trouble {
  const titles = systems.map((name) => systemTitles[name]);
  return {
    code: "command-unclear",
    message: `No mapping that comes with syncctl is for ${listed(titles)} alone.`,
    help: "Name systems that go together, such as --with workforce-planning --with procore, or --with procore --with smartbarrel.",
  };
}
