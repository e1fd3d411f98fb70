import type { LogLevel } from "../../server/log/log.ts";
import type { ServiceSettings } from "../../server/settings/settings.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { onInterrupt } from "../interrupt.ts";
import { trouble } from "../plan-options.ts";
import { environment, newId, random, secretBytes, thisProcess } from "../surroundings.ts";
import { terminal } from "../terminal.ts";
import { report } from "../trouble.ts";
import { version } from "../version.ts";

export interface ServeFlags {
  readonly project: string;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly "log-level": LogLevel;
}

/** Serves the project or the workspaces of a folder until Ctrl-C. */
export async function serveFolder(flags: ServeFlags): Promise<ExitCode> {
  const settings = await settingsOf(flags);
  if (settings === null) return exitCode.error;
  const [{ serve }, { connectors }, { systemClock }] = await Promise.all([
    import("../../server/serve.ts"),
    import("../../connectors/registry.ts"),
    import("../../engine/run/clock.ts"),
  ]);
  const interrupt = onInterrupt(
    "Stopping: what is under way ends between two records and goes on with the next start.",
  );
  try {
    const served = await serve({
      settings,
      connectors,
      clock: systemClock,
      random,
      newId: () => newId(systemClock.now()),
      secretBytes,
      env: environment,
      process: thisProcess("serve"),
      version: version(),
      logLevel: flags["log-level"],
      writeLog: terminal.err,
    });
    if (!served.ok) return report(trouble(served.code, served.message), { json: false });
    const { serving } = served;
    terminal.out(welcome(serving.url, serving.isOpen));
    await aborted(interrupt.signal);
    await serving.close();
    return exitCode.ok;
  } finally {
    interrupt.release();
  }
}

/** What service.yaml and the flags say; what is wrong in the files is printed. */
async function settingsOf(flags: ServeFlags): Promise<ServiceSettings | null> {
  const { readServiceSettings } = await import("../../server/settings/read-settings.ts");
  const read = await readServiceSettings(flags.project, environment);
  if (!read.ok) {
    const { printDiagnostics } = await import("../project-files.ts");
    printDiagnostics(read.diagnostics, flags, terminal.err, {
      paint: terminal.errPaint,
      brief: terminal.errIsTerminal,
    });
    return null;
  }
  const { listen } = read.settings;
  const { host = listen.host, port = listen.port } = flags;
  return { ...read.settings, listen: { host, port } };
}

function welcome(url: string, isOpen: boolean): string {
  const door = isOpen
    ? "Everybody on this machine may use it without a token. Its page Tokens makes the first one."
    : "Sign in with a token.";
  return `syncctl is served at ${url}\n${door}\n`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    signal.addEventListener("abort", () => done(), { once: true });
  });
}
