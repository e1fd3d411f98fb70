import type { ExitCode } from "../exit-code.ts";
import { allSystems } from "../init/systems.ts";
import { withSandbox } from "../sandbox/run-sandbox.ts";
import { type ServeFlags, serveFolder } from "./serve-folder.ts";

/** Where the sandbox is unless a folder is named. */
const folderDefault = "syncctl-sandbox";

/** Serves a project for simulators of all systems with the sample company, in this process. */
export async function serveSandbox(flags: ServeFlags): Promise<ExitCode> {
  const folder = flags.project === "." ? folderDefault : flags.project;
  return withSandbox(folder, allSystems, () => serveFolder({ ...flags, project: folder }));
}
