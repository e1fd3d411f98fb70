import type { ExitCode } from "./exit-code.ts";
import { root, version } from "./version.ts";

/**
 * Runs the command that the arguments name and sets the exit code. The process ends by itself when the command has
 * closed what it opened, so that output into a pipe is never cut.
 */
export async function main(argv: readonly string[]): Promise<void> {
  if (argv[0] === "--version" || argv[0] === "-v") {
    // Answered without oclif, because people and scripts ask for it often.
    const platform = `${process.platform}-${process.arch}`;
    process.stdout.write(`syncctl/${version()} ${platform} node-${process.version}\n`);
    return;
  }
  try {
    const [{ settings }, { run }] = await Promise.all([
      import("@oclif/core/settings"),
      import("@oclif/core/run"),
    ]);
    // Node runs the commands as they are; looking for a transpiler would only cost time.
    settings.enableAutoTranspile = false;
    const code: unknown = await run([...argv], root);
    if (typeof code === "number") process.exitCode = code;
  } catch (error) {
    process.exitCode = await codeOf(error, argv);
  }
}

/** oclif throws what is wrong with the command line, and also when a command of its own wants to end. */
async function codeOf(error: unknown, argv: readonly string[]): Promise<ExitCode | number> {
  const oclif = oclifExit(error);
  if (oclif !== undefined && error instanceof Error) {
    if ("code" in error && error.code === "EEXIT") return oclif;
    const { reportUsage } = await import("./report-usage.ts");
    return reportUsage(error, argv);
  }
  const { reportError } = await import("./report-error.ts");
  return reportError(error, { json: argv.includes("--json") });
}

function oclifExit(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("oclif" in error)) return undefined;
  const { oclif } = error;
  if (typeof oclif !== "object" || oclif === null || !("exit" in oclif)) return undefined;
  return typeof oclif.exit === "number" ? oclif.exit : undefined;
}
