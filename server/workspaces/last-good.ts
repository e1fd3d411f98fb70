import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { digest } from "../../engine/value/digest.ts";

/*
 * A copy of the files that the last good configuration was read from, so that a change that breaks them does not stop a
 * company when the service is started again. Each content has a folder of its own, and a small file says which one
 * counts: it is replaced in one step, so that there is no moment without a whole copy. Variables are not in it: files
 * name them, and their values come from where they always come from.
 */

const currentFile = "current.json";

/** Files name people; nobody else on the machine has to read them. */
const privateFolder = { recursive: true, mode: 0o700 } as const;

export interface GoodCopy {
  /** Absolute path of the folder of `syncctl.yaml` within the copy. */
  readonly directory: string;
  /** Under which name the workspace was good. */
  readonly workspace: string;
  readonly loadedAt: Date;
  readonly commit?: string;
}

interface Current {
  readonly format: 1;
  /** The folder that counts. */
  readonly version: string;
  /** The folder of `syncctl.yaml` within it. */
  readonly folder: string;
  readonly workspace: string;
  readonly loadedAt: string;
  readonly commit?: string;
}

/** The copy that counts; null when there is none that can be read. */
export async function copyOf(lastGood: string, key: string): Promise<GoodCopy | null> {
  const current = await readCurrent(join(lastGood, key));
  if (!current) return null;
  const { version, folder, workspace, loadedAt, commit } = current;
  return {
    directory: join(lastGood, key, version, folder),
    workspace,
    loadedAt: new Date(loadedAt),
    ...(commit !== undefined && { commit }),
  };
}

export interface KeptFiles {
  /** Absolute path of the folder of `syncctl.yaml`. */
  readonly folder: string;
  /** Absolute paths, in that folder or beside it. */
  readonly files: readonly string[];
  readonly workspace: string;
  readonly loadedAt: Date;
  readonly commit?: string | undefined;
}

/** The texts of the files, to be stored once it is certain that they are those that were loaded. */
export type FileTexts = readonly (readonly [path: string, text: string])[];

export function readTexts(files: readonly string[]): Promise<FileTexts> {
  return Promise.all(
    files.toSorted().map(async (file) => [file, await readFile(file, "utf8")] as const),
  );
}

/** Makes a copy the one that counts. Nothing is written that is there already. */
export async function keepCopy(
  lastGood: string,
  key: string,
  about: Omit<KeptFiles, "files">,
  texts: FileTexts,
): Promise<void> {
  const own = join(lastGood, key);
  // Mappings may stand beside the folder, shared by several companies; the copy keeps how the files lie to each other.
  const top = commonFolder([about.folder, ...texts.map(([file]) => dirname(file))]);
  const files = texts.map(([file, text]) => [relative(top, file), text] as const);
  const folder = relative(top, about.folder);
  const version = digest(JSON.stringify({ folder, files }));
  const before = await readCurrent(own);
  const { workspace, commit } = about;
  if (before?.version === version && before.workspace === workspace && before.commit === commit) {
    return;
  }
  if (before?.version !== version) {
    await rm(join(own, version), { recursive: true, force: true });
    for (const [file, text] of files) {
      const path = join(own, version, file);
      await mkdir(dirname(path), privateFolder);
      await writeFile(path, text);
    }
  }
  await mkdir(own, privateFolder);
  const current: Current = {
    format: 1,
    version,
    folder,
    workspace,
    loadedAt: about.loadedAt.toISOString(),
    ...(commit !== undefined && { commit }),
  };
  await writeFile(join(own, `${currentFile}.new`), JSON.stringify(current));
  await rename(join(own, `${currentFile}.new`), join(own, currentFile));
  const kept = [version, currentFile];
  for (const name of await readdir(own)) {
    if (!kept.includes(name)) await rm(join(own, name), { recursive: true, force: true });
  }
}

async function readCurrent(own: string): Promise<Current | null> {
  let text: string;
  try {
    text = await readFile(join(own, currentFile), "utf8");
  } catch {
    // Mostly it has not been written yet; one that cannot be read is worth as much.
    return null;
  }
  return parseCurrent(text);
}

/** A power cut may leave half a file behind, and another version may write another form. */
function parseCurrent(text: string): Current | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const read = value as Partial<Current> | null;
  const isWhole =
    read?.format === 1 &&
    [read.version, read.folder, read.workspace, read.loadedAt].every(
      (part) => typeof part === "string",
    ) &&
    !Number.isNaN(Date.parse(read.loadedAt ?? ""));
  return isWhole ? (read as Current) : null;
}

/** The deepest folder that holds all of them. */
function commonFolder(folders: readonly string[]): string {
  const [first = "", ...others] = folders;
  return others.reduce((top, folder) => {
    const [ours, theirs] = [top.split(sep), folder.split(sep)];
    const shared = ours.findIndex((part, index) => part !== theirs[index]);
    return ours.slice(0, shared === -1 ? ours.length : shared).join(sep) || sep;
  }, first);
}
