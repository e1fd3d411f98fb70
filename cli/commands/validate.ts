import { Command } from "@oclif/core/command";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { jsonFlag, projectFlags } from "../flags.ts";

export default class Validate extends Command {
  static override summary = "Check syncctl.yaml and the mapping files, without calling any system.";
  static override description =
    "Prints everything that is wrong at once, each with file:line:column, a stable code, and what to do.\n\nExit codes: 0 the files are right, 1 they are not.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --environment staging --json",
  ];
  static override flags = { ...projectFlags, json: jsonFlag };

  override async run(): Promise<ExitCode> {
    const { flags } = await this.parse(Validate);
    const { readProjectFiles, printDiagnostics, projectSummary } = await import(
      "../project-files.ts"
    );
    const result = await readProjectFiles(flags);
    const diagnostics = result.ok ? result.project.warnings : result.diagnostics;
    const { outText, terminal } = await import("../terminal.ts");
    if (flags.json) {
      const { jsonText } = await import("../render/visible.ts");
      terminal.out(`${jsonText({ ok: result.ok, diagnostics })}\n`);
    } else {
      printDiagnostics(diagnostics, flags, terminal.out, outText({ all: false }));
      if (result.ok) terminal.out(`${projectSummary(result.project)}\n`);
    }
    return result.ok ? exitCode.ok : exitCode.error;
  }
}
