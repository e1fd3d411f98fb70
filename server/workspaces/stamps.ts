import { glob, stat } from "node:fs/promises";
import { join, posix, resolve } from "node:path";
import { patternFilesMax } from "../../engine/config/find-files.ts";
import type { LoadWatch } from "../../engine/config/load-watch.ts";

/*
 * How files looked when they were read, so that looking whether anything has changed costs a question or two to the file
 * system a file and no reading. A stamp is taken before its file is read: a change in between shows at the next look.
 */

/** What was looked at, by what to ask to see it again. */
export type Stamps = ReadonlyMap<string, Stamp>;

interface Stamp {
  readonly look: () => Promise<string>;
  readonly seen: string;
}

export interface Watcher extends LoadWatch {
  readonly stamps: Stamps;
  /** Absolute paths, in the order in which they were read first. */
  files(): readonly string[];
}

export function watcher(): Watcher {
  const stamps = new Map<string, Stamp>();
  const files = new Set<string>();
  async function note(key: string, look: () => Promise<string>): Promise<void> {
    if (!stamps.has(key)) stamps.set(key, { look, seen: await look() });
  }
  return {
    stamps,
    files: () => [...files],
    async file(path) {
      files.add(path);
      await note(`file ${path}`, () => fileStamp(path));
    },
    async pattern(pattern, directory) {
      await note(`pattern ${directory} ${pattern}`, patternLook(pattern, directory));
    },
  };
}

/** Stamps of files that are only looked at. */
export async function stampsOf(paths: readonly string[]): Promise<Stamps> {
  const noted = watcher();
  for (const path of paths) await noted.file(path);
  return noted.stamps;
}

export async function areStale(stamps: Stamps): Promise<boolean> {
  const looks = await Promise.all(
    Array.from(stamps.values(), async ({ look, seen }) => (await look()) !== seen),
  );
  return looks.includes(true);
}

/** Size and times; the inode tells a file from another one that has taken its place. */
async function fileStamp(path: string): Promise<string> {
  try {
    const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true });
    return [size, mtimeNs, ctimeNs, ino].join(" ");
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unknown";
  }
}

/** Files that come and go change the time of their folder. Patterns over folders have to look for their files again. */
function patternLook(pattern: string, directory: string): () => Promise<string> {
  const folder = posix.dirname(pattern);
  if (!/[*?[\]{}()!+@]/.test(folder)) return () => fileStamp(join(resolve(directory, folder)));
  return async () => {
    const files: string[] = [];
    for await (const file of glob(pattern, { cwd: directory })) {
      files.push(file);
      if (files.length > patternFilesMax) break;
    }
    return files.sort().join("\n");
  };
}
