import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { ExitCode } from "../../exit-code.ts";
import { projectFlags } from "../../flags.ts";

export default class RunsShow extends Command {
  static override summary = "Show what became of every record of a run, and why.";
  static override description =
    "The log names every record that was written, and every one that was not, with the reason. As a text it begins with when the run was, who started it, what it was for and how many records it had.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> latest",
    {
      description: "A text file to send to somebody",
      command: "<%= config.bin %> <%= command.id %> latest --output run.txt",
    },
    {
      description: "For a spreadsheet",
      command: "<%= config.bin %> <%= command.id %> latest --format csv > run.csv",
    },
  ];
  static override args = {
    run: Args.string({
      ignoreStdin: true,
      description: "An id as `runs` shows it, or `latest`.",
      required: true,
    }),
  };
  static override flags = {
    ...projectFlags,
    format: Flags.string({
      char: "f",
      summary: "How the log is written; --json is the same as ndjson.",
      options: ["txt", "csv", "ndjson"] as const,
      default: "txt",
    }),
    json: Flags.boolean({ summary: "Print one JSON value a record." }),
    output: Flags.string({
      char: "o",
      summary: "Write it into a file, in place of standard output.",
      helpValue: "<file>",
    }),
  };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(RunsShow);
    const { withState } = await import("../../session.ts");
    return withState(flags, { command: "runs show" }, async ({ store }) => {
      const { printRun } = await import("../../print-run.ts");
      return printRun(store, args.run, flags);
    });
  }
}
