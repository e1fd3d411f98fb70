import { basename, relative, resolve, sep } from "node:path";
import type { Project } from "../../engine/config/project.ts";
import { readText } from "../../engine/config/read-text.ts";
import type { WantedPair } from "../../engine/links/check-pairs.ts";
import type { LinksFile } from "../../engine/links/entry.ts";
import { mappingTrouble, trouble } from "../plan-options.ts";
import type { Trouble } from "../trouble.ts";
import { pairsOfCsv } from "./pairs-of-csv.ts";
import { readLinksOf, readProjectLinks } from "./project-links.ts";

/** A hundred thousand pairs with their reasons are some 10 MiB. */
const csvBytesMax = 64 * 1024 * 1024;

export interface PairsFile {
  readonly form: "links" | "csv";
  /** What a links file is about. */
  readonly mapping?: string;
  readonly pairs: readonly WantedPair[];
}

/** The pairs of the files that are named. */
export async function readPairs(
  folder: string,
  names: readonly string[],
): Promise<readonly PairsFile[] | Trouble> {
  const files: PairsFile[] = [];
  for (const name of names) {
    const path = resolve(name);
    const file = /\.csv$/i.test(path) ? await readCsvFile(path) : await readYamlFile(folder, path);
    if ("code" in file) return file;
    files.push(file);
  }
  return files;
}

/** The pairs of all links files of the project. */
export async function pairsOfProject(project: Project): Promise<PairsFile> {
  const pairs: WantedPair[] = [];
  for (const { name } of project.mappings) {
    for (const file of await readProjectLinks(project, name)) pairs.push(...pairsOf(file));
  }
  return { form: "links", pairs };
}

/** A file about a mapping that is not there. */
export function pairsTrouble(project: Project, files: readonly PairsFile[]): Trouble | undefined {
  return mappingTrouble(
    files.flatMap(({ mapping }) => mapping ?? []),
    project,
  );
}

async function readCsvFile(path: string): Promise<PairsFile | Trouble> {
  const read = await readText(path, basename(path), csvBytesMax);
  if (!read.ok) {
    const [first] = read.diagnostics;
    if (!first) throw new Error(`${path} cannot be read, and nothing says why`);
    return { code: first.code, message: first.message, help: first.help };
  }
  const pairs = pairsOfCsv(read.text, basename(path));
  return "code" in pairs ? pairs : { form: "csv", pairs };
}

async function readYamlFile(folder: string, path: string): Promise<PairsFile | Trouble> {
  const directory = resolve(folder);
  const links = await readLinksOf({ directory }, relative(directory, path).split(sep).join("/"));
  if (links === null) return trouble("file-unreadable", `There is no file ${path}.`);
  if ("code" in links) return links;
  return { form: "links", mapping: links.mapping, pairs: pairsOf(links) };
}

function pairsOf({ mapping, entries }: LinksFile): readonly WantedPair[] {
  return entries.flatMap(({ kind, records, rule, why, by, baseline, at }) => {
    const [one, other] = records;
    if (kind !== "link" || !other) return [];
    const told = { rule, why, by, baseline };
    const given = Object.fromEntries(
      Object.entries(told).filter(([, value]) => value !== undefined),
    );
    return [{ records: [one, other], mapping, at, ...given } satisfies WantedPair];
  });
}
