import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags } from "../../flags.ts";

export default class Runs extends Command {
  static override summary = "List the runs, newest first.";
  static override examples = ["<%= config.bin %> <%= command.id %> --limit 100"];
  static override flags = {
    ...projectFlags,
    limit: Flags.integer({
      char: "n",
      summary: "At most so many.",
      default: 20,
      min: 1,
      max: 10_000,
      helpValue: "<number>",
    }),
    json: jsonFlag,
  };

  override async run(): Promise<ExitCode> {
    const { flags } = await this.parse(Runs);
    const { withState } = await import("../../session.ts");
    const { outText, terminal } = await import("../../terminal.ts");
    return withState(flags, { command: "runs" }, async ({ store }) => {
      const { runLine } = await import("../../render/run-log.ts");
      const { jsonText } = await import("../../render/visible.ts");
      const runs = await store.runs(flags.limit);
      if (flags.json) terminal.out(`${jsonText({ runs })}\n`);
      else if (runs.length === 0) terminal.out("There are no runs yet.\n");
      else for (const run of runs) terminal.out(`${runLine(run, outText({ all: true }))}\n`);
      return exitCode.ok;
    });
  }
}
