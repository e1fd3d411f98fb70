import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { placeText } from "../../engine/config/place.ts";
import type { Project } from "../../engine/config/project.ts";
import type { LinksFile } from "../../engine/links/entry.ts";
import { readLinksFile } from "../../engine/links/read-links-file.ts";
import type { Trouble } from "../trouble.ts";

/** The links files of a mapping, as they are now. They were right when the project was loaded. */
export async function readProjectLinks(
  project: Project,
  mapping: string,
): Promise<readonly LinksFile[]> {
  const files: LinksFile[] = [];
  for (const { file, mapping: about } of project.links.files) {
    if (about !== mapping) continue;
    const { links } = await readLinksFile(resolve(project.directory, file), file);
    if (!links) throw new Error(`${file} cannot be read any more`);
    files.push(links);
  }
  return files;
}

/** Any links file, by its path from the folder of the project; null when there is none. The first thing that is wrong with it is told. */
export async function readLinksOf(
  project: Pick<Project, "directory">,
  file: string,
): Promise<LinksFile | Trouble | null> {
  const path = resolve(project.directory, file);
  if (!(await isThere(path))) return null;
  const { links, diagnostics } = await readLinksFile(path, file);
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (links && !error) return links;
  if (!error) throw new Error(`${file} cannot be read, and nothing says why`);
  const { code, message, help, at } = error;
  return { code, message: at ? `${placeText(at)}: ${message}` : message, help };
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => !(error instanceof Error && "code" in error && error.code === "ENOENT"),
  );
}
