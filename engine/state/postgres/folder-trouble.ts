import { existsSync } from "node:fs";
import { errnoOf } from "../errno.ts";
import { type Refusal, refuse } from "../open-result.ts";
import { StateError } from "../state-error.ts";
import { type DriverError, driverError } from "./database.ts";
import { dumpPath } from "./dump.ts";

/** PGlite says no more of a folder that it cannot read than that it failed. */
export class DamagedError extends Error {}

/** What a statement that failed means. */
export function explainStatement(folder: string, error: DriverError): Error {
  if (error.code !== "53100") {
    return new Error(`The state store failed (${error.code}): ${error.message}`);
  }
  return new StateError("state-unwritable", `The disk of the state folder ${folder} is full.`);
}

/** What an opening that failed means; null when it is a mistake of our own. */
export function explainOpening(folder: string, error: unknown): Refusal | null {
  const words = error instanceof Error ? error.message : String(error);
  const errno = errnoOf(error);
  if (errno === "ENOSPC" || errno === "EDQUOT") {
    return refuse(
      "state-unwritable",
      `The disk of the state folder ${folder} is full. Make room, or name another folder.`,
    );
  }
  if (["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "EXDEV", "EBUSY"].includes(errno)) {
    return refuse(
      "state-unwritable",
      `The state folder ${folder} cannot be written (${words}). syncctl writes in the folder and beside it, for its lock and its dump: give the user who runs syncctl the right to both, and where a volume is mounted name a folder inside the volume.`,
    );
  }
  if (!(error instanceof DamagedError) && driverError(error) === null) return null;
  return refuse(
    "state-damaged",
    `The state folder ${folder} cannot be opened (${words}). ${restoring(folder)}`,
  );
}

function restoring(folder: string): string {
  const [place, damaged, dump] = [folder, `${folder}.damaged`, dumpPath(folder)].map(shellText);
  if (!existsSync(dumpPath(folder))) {
    return `There is no dump of it yet. Move it away (\`mv ${place} ${damaged}\`), and let \`syncctl link\` find again what belongs together before \`syncctl apply\`.`;
  }
  return `Put the dump in its place: \`mv ${place} ${damaged} && mkdir -m 700 ${place} && tar -xzf ${dump} -C ${place}\`. What was linked after the dump was made (\`ls -l ${dump}\` says when) has to be linked again: run \`syncctl link\` before \`syncctl apply\`.`;
}

/** As one word for a shell. */
function shellText(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
