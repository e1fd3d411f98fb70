import type { Project } from "../engine/config/project.ts";
import type { Engine } from "../engine/run/engine.ts";
import type { StateStore } from "../engine/state/store.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { onInterrupt } from "./interrupt.ts";
import { loadProjectFiles } from "./project-files.ts";
import { reportError } from "./report-error.ts";
import { newId, random, thisProcess } from "./surroundings.ts";
import { terminal } from "./terminal.ts";
import { report, type Trouble } from "./trouble.ts";
import { version } from "./version.ts";

/*
 * The one place that puts a project, its state and its connections together, and takes them apart again whatever
 * happens. Everything heavy is loaded here and not by the commands, so that help is instant.
 */

export interface ProjectFlags {
  readonly project: string;
  readonly environment?: string | undefined;
  readonly json: boolean;
}

/** What can be told from the words of the command and the project alone, before anything is opened. */
export type Precheck = (project: Project) => Trouble | undefined;

export interface StateSession {
  readonly project: Project;
  readonly store: StateStore;
}

export interface Session extends StateSession {
  readonly engine: Engine;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Takes the progress line away before something else is written. */
  clearProgress(): void;
}

/** With a project that is whole; what is wrong in its files is printed. */
async function withProject(
  flags: ProjectFlags,
  precheck: Precheck,
  work: (project: Project) => Promise<ExitCode>,
): Promise<ExitCode> {
  const project = await loadProjectFiles(flags);
  if (project === null) return exitCode.error;
  const trouble = precheck(project);
  if (trouble !== undefined) return report(trouble, flags);
  try {
    return await work(project);
  } catch (error) {
    return reportError(error, { json: flags.json, secrets: project.secrets });
  }
}

/** With the project and its state. */
export function withState(
  flags: ProjectFlags,
  options: { readonly command: string; readonly precheck?: Precheck },
  work: (session: StateSession) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withProject(flags, options.precheck ?? noObjection, async (project) => {
    const [{ openStore }, { systemClock }, { codeEntry }] = await Promise.all([
      import("../engine/state/open-store.ts"),
      import("../engine/run/clock.ts"),
      import("../engine/codes.ts"),
    ]);
    const opened = await openStore({
      state: project.state,
      workspace: project.workspace,
      clock: systemClock,
      process: thisProcess(options.command),
    });
    if (!opened.ok) {
      const { code, message } = opened;
      return report({ code, message, help: codeEntry(code).remedy }, flags);
    }
    try {
      return await work({ project, store: opened.store });
    } finally {
      await opened.store.close();
    }
  });
}

/** With the project, its state and its connections, stopped by Ctrl-C. */
export function withEngine(
  flags: ProjectFlags,
  options: { readonly command: string; readonly precheck?: Precheck },
  work: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withState(flags, options, (state) => openConnections(state, work));
}

/** With the connections alone: what is asked here needs no state, and must work while another process holds it. */
export function withConnections(
  flags: ProjectFlags,
  options: { readonly precheck: Precheck },
  work: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withProject(flags, options.precheck, async (project) => {
    const [{ memoryStore }, { systemClock }] = await Promise.all([
      import("../engine/state/memory-store.ts"),
      import("../engine/run/clock.ts"),
    ]);
    return openConnections({ project, store: memoryStore(systemClock) }, work);
  });
}

async function openConnections(
  { project, store }: StateSession,
  work: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  const [{ openEngine }, { connectors }, { systemClock }, { progressLine }] = await Promise.all([
    import("../engine/run/open-engine.ts"),
    import("../connectors/registry.ts"),
    import("../engine/run/clock.ts"),
    import("./render/progress.ts"),
  ]);
  const progress = progressLine({
    write: terminal.err,
    terminal: terminal.errIsTerminal,
    columns: terminal.columns,
    clock: systemClock,
  });
  const interrupt = onInterrupt();
  const engine = openEngine(project, {
    connectors,
    store,
    clock: systemClock,
    random,
    newId: () => newId(systemClock.now()),
    observe: progress.observe,
    version: version(),
  });
  try {
    const { signal } = interrupt;
    return await work({ project, store, engine, signal, clearProgress: progress.clear });
  } finally {
    progress.clear();
    await engine.close();
    interrupt.release();
  }
}

function noObjection(): undefined {
  return undefined;
}
