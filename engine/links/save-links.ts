import { resolve } from "node:path";
import type { Project } from "../config/project.ts";
import { type Trouble, trouble } from "../trouble.ts";
import type { LinksEdits } from "./links-edits.ts";
import { type WrittenFile, writeLinks } from "./links-file.ts";

/** Edits a links file of the project. Null when nothing had to change. What the file system has against it is trouble. */
export async function saveLinks(
  project: Pick<Project, "directory">,
  about: { readonly file: string; readonly mapping: string },
  edits: LinksEdits,
): Promise<WrittenFile | null | Trouble> {
  try {
    return await writeLinks(resolve(project.directory, about.file), about, edits);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    const message = `${about.file} cannot be written: ${error.message}. Nothing was changed.`;
    return trouble("file-unwritable", message);
  }
}
