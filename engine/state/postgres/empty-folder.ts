import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { overPGlite } from "#drizzle";
import { migrate } from "./migrate.ts";

/*
 * PGlite takes four to six seconds to set up a new folder, and half a second to open one. `npm run prepare` sets up an
 * empty one, tables included, which a new state starts as a copy of.
 */

const prepared = join(import.meta.dirname, "build", "empty-folder");

export async function prepareEmptyFolder(): Promise<void> {
  const draft = `${prepared}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(prepared), { recursive: true });
  const client = await PGlite.create({ dataDir: draft });
  await migrate(await overPGlite(client));
  await client.close();
  // Whoever runs syncctl may be somebody else than who installed it.
  for (const name of ["", ...readdirSync(draft, { recursive: true, encoding: "utf8" })]) {
    const path = join(draft, name);
    chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644);
  }
  rmSync(prepared, { recursive: true, force: true });
  renameSync(draft, prepared);
}

/** Makes the folder, which must be missing or empty and is for its owner alone: records of people will lie there. */
export function startFolder(folder: string): void {
  const draft = `${folder}.syncctl-new`;
  rmSync(draft, { recursive: true, force: true });
  try {
    // Without the prepared folder, PGlite sets this one up by itself and takes its time.
    if (existsSync(prepared)) {
      cpSync(prepared, draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
    } else mkdirSync(draft);
    chmodSync(draft, 0o700);
    // A copy that was cut off keeps its own name, and is never taken for a state.
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
