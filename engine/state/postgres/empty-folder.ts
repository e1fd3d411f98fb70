import { constants, cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

/*
 * PGlite takes four to six seconds to set up a new folder, and half a second to open one. `npm run prepare` sets up an
 * empty one, which a new state starts as a copy of.
 */

const prepared = join(import.meta.dirname, "build", "empty-folder");

export async function prepareEmptyFolder(): Promise<void> {
  const draft = `${prepared}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(prepared), { recursive: true });
  const client = await PGlite.create({ dataDir: draft });
  await client.close();
  rmSync(prepared, { recursive: true, force: true });
  renameSync(draft, prepared);
}

/** Under a name of its own first, so that a copy that was cut off is never taken for a state. */
export function copyEmptyFolder(folder: string): void {
  // Without it PGlite sets the folder up by itself, and takes its time.
  if (!existsSync(prepared)) return;
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  try {
    cpSync(prepared, draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
