import { existsSync } from "node:fs";
import { join } from "node:path";
import { codeEntry } from "../../engine/codes.ts";
import { systemClock } from "../../engine/run/clock.ts";
import type { Refusal } from "../../engine/state/open-result.ts";
import { openState } from "../../engine/state/open-state.ts";
import type { State } from "../../engine/state/state.ts";
import type { StateCopy } from "../../engine/state/state-copy.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { loadProjectFiles, printDiagnostics } from "../project-files.ts";
import type { TextOptions } from "../render/paint.ts";
import { jsonText } from "../render/visible.ts";
import { reportError } from "../report-error.ts";
import { environment, thisProcess } from "../surroundings.ts";
import { terminal } from "../terminal.ts";
import { report } from "../trouble.ts";

export interface StateFlags {
  readonly project: string;
  readonly environment?: string | undefined;
  readonly workspace?: string | undefined;
  readonly json: boolean;
}

/** With the rows of the state that the folder names: of all workspaces, and not of the folder's own project alone. */
export function withWholeState(
  flags: StateFlags,
  command: string,
  work: (copy: StateCopy) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withServiceState(flags, command, (state) => {
    const copy = state.copy();
    if (copy === null) throw new Error("A state that was opened by its place has no rows.");
    return work(copy);
  });
}

/** With the state that a service of this folder works with. */
export async function withServiceState(
  flags: Omit<StateFlags, "workspace">,
  command: string,
  work: (state: State) => Promise<ExitCode>,
): Promise<ExitCode> {
  const where = await placeOf(flags);
  if (where === null) return exitCode.error;
  try {
    const opened = await openState({
      state: where.state,
      clock: systemClock,
      process: thisProcess(command),
    });
    if (!opened.ok) return refused(opened, flags);
    const { state } = opened;
    try {
      return await work(state);
    } finally {
      await state.close();
    }
  } catch (error) {
    return reportError(error, { json: flags.json, secrets: where.secrets });
  }
}

export function refused({ code, message }: Refusal, flags: Pick<StateFlags, "json">): ExitCode {
  return report({ code, message, help: codeEntry(code).remedy }, flags);
}

interface Place {
  readonly state: string;
  readonly secrets: readonly string[];
}

/** Where a service has its state, or else the project of the folder. Null when the files are wrong, which has been printed. */
async function placeOf(flags: Omit<StateFlags, "workspace">): Promise<Place | null> {
  if (!existsSync(join(flags.project, "service.yaml"))) {
    const project = await loadProjectFiles(flags);
    return project && { state: project.state, secrets: project.secrets };
  }
  const { readServiceSettings } = await import("../../server/settings/read-settings.ts");
  const read = await readServiceSettings(flags.project, environment);
  if (read.ok) return { state: read.settings.state, secrets: read.settings.secrets };
  if (flags.json) terminal.out(`${jsonText({ diagnostics: read.diagnostics })}\n`);
  else printDiagnostics(read.diagnostics, flags, terminal.err, errText);
  return null;
}

const errText: TextOptions = { paint: terminal.errPaint, brief: terminal.errIsTerminal };
