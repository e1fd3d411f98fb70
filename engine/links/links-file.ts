import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, matchesGlob, relative, resolve, sep } from "node:path";
import type { Project } from "../config/project.ts";
import { type Trouble, trouble } from "../trouble.ts";
import { editLinks } from "./edit-links.ts";
import { linksFileText, linksSchemaFile } from "./entry-lines.ts";
import type { LinksEdits } from "./links-edits.ts";
import { linksSchema } from "./links-schema.ts";

/* Which links file a decision is written into, and how: whole or not at all, and so that it can be taken back. */

/** The file that a decision about records of the mapping goes into; a path from the folder of the project. */
export function linksFileOf(
  project: Project,
  mapping: string,
  named: string | undefined,
): string | Trouble {
  const files = project.links.files.filter((one) => one.mapping === mapping);
  const usual = `links/${mapping}.yaml`;
  const only = files.length === 1 ? files[0]?.file : undefined;
  const file = named ?? (isLoaded(project, usual) ? usual : only);
  if (file === undefined) {
    const message = `${usual} is none of the links files that syncctl.yaml names.`;
    return trouble("links-file-unclear", message);
  }
  const path = relative(project.directory, resolve(project.directory, file)).split(sep).join("/");
  if (!isLoaded(project, path)) {
    const patterns = project.links.patterns.join(", ");
    const message = `${path} would not be read: \`links\` names ${patterns}.`;
    return trouble("links-file-unclear", message);
  }
  const taken = project.links.files.find((one) => one.file === path && one.mapping !== mapping);
  if (taken === undefined) return path;
  const message = `${path} holds decisions about the mapping ${taken.mapping}, not about ${mapping}.`;
  return trouble("links-file-unclear", message);
}

function isLoaded({ links }: Project, file: string): boolean {
  return links.patterns.some((pattern) => matchesGlob(file, pattern.replace(/^(?:\.\/)+/, "")));
}

export interface WrittenFile {
  /** Path from the folder of the project. */
  readonly file: string;
  /** Puts back what was there. */
  undo(): Promise<void>;
}

/**
 * Edits the links file of a mapping, or makes it. Null when the edits change nothing. Throws what the file system
 * throws; the file is then as it was.
 */
export async function writeLinks(
  path: string,
  about: { readonly file: string; readonly mapping: string },
  edits: LinksEdits,
): Promise<WrittenFile | null> {
  const { file, mapping } = about;
  const before = await textOf(path);
  const text =
    before === null ? linksFileText(mapping, edits.add ?? []) : editLinks(before, file, edits);
  if (text === before || (before === null && (edits.add ?? []).length === 0)) return null;
  if (before === null) await prepareFolder(dirname(path));
  await replaceFile(path, text);
  return {
    file,
    undo: () => (before === null ? rm(path, { force: true }) : replaceFile(path, before)),
  };
}

async function textOf(path: string): Promise<string | null> {
  try {
    return (await readFile(path, "utf8")).replace(/^\ufeff/, "");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** The schema, beside the first links file, lets editors complete and check it. */
async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const text = `${JSON.stringify(linksSchema, null, 2)}\n`;
  await writeFile(join(folder, linksSchemaFile), text, { flag: "wx" }).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  });
}

/** Under another name first: whoever reads the file meanwhile, or a crash, finds the old one or the new one. */
async function replaceFile(path: string, text: string): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.new`);
  await writeFile(unfinished, text);
  await rename(unfinished, path);
}
