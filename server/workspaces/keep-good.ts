import { dirname } from "node:path";
import { codeEntry } from "../../engine/codes.ts";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import type { WorkspaceFolder } from "./find-folders.ts";
import { keepCopy, readTexts } from "./last-good.ts";
import type { Attempt, Good } from "./load-workspace.ts";
import { areStale } from "./stamps.ts";

/**
 * Keeps a copy of the files of a good configuration, if they are still those that it was loaded from: if not, they are
 * loaded again soon. That nothing can be kept is no reason not to go on, and something to tell.
 */
export async function keepGood(
  place: WorkspaceFolder,
  good: Good,
  attempt: Attempt,
  lastGood: string,
): Promise<readonly Diagnostic[]> {
  const { name, loadedAt, commit } = good;
  try {
    const texts = await readTexts(attempt.files);
    if (await areStale(attempt.stamps)) return [];
    const about = { folder: place.folder, workspace: name, loadedAt, commit };
    await keepCopy(lastGood, place.key, about, texts);
    return [];
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (await areStale(attempt.stamps)) return [];
    return [notKept(lastGood, String(error.code))];
  }
}

function notKept(lastGood: string, reason: string): Diagnostic {
  const message = `No copy of this configuration can be kept in ${dirname(lastGood)} (${reason}).`;
  const { remedy } = codeEntry("last-good-unwritable");
  return { code: "last-good-unwritable", severity: "warning", message, help: remedy };
}
