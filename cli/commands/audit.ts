import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { Project } from "../../engine/config/project.ts";
import type { ExitCode } from "../exit-code.ts";
import { allFlag, mappingFlag, projectFlags } from "../flags.ts";

export default class Audit extends Command {
  static override summary = "List everything that a person should clean before the first sync.";
  static override description =
    `Reads everything and writes nothing, to no system and not to the state. The work list begins with what could become a second record of one person or a link between two: duplicate keys, pairs that disagree, near misses. Then come records that wait for a person, and what the first sync creates and changes by itself.

Exit codes: 0 nothing has to be cleaned, 2 there is work to do, 1 error or something could not be read.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    {
      description: "A work list for a spreadsheet",
      command: "<%= config.bin %> <%= command.id %> --format csv --output audit.csv",
    },
    {
      description: "A page to send to whoever keeps the lists",
      command:
        "<%= config.bin %> <%= command.id %> --mapping people --format html --output audit.html",
    },
  ];
  static override flags = {
    ...projectFlags,
    mapping: mappingFlag,
    format: Flags.string({
      char: "f",
      summary: "How the audit is written; txt when it is not said.",
      options: ["txt", "csv", "markdown", "html"] as const,
      exclusive: ["json"],
    }),
    json: Flags.boolean({ summary: "Print the audit as JSON.", exclusive: ["format"] }),
    output: Flags.string({
      char: "o",
      summary: "Write it into a file, in place of standard output.",
      helpValue: "<file>",
    }),
    all: allFlag,
    "fail-on": Flags.string({
      summary: "From which severity on findings count against the exit code.",
      options: ["high", "medium", "low"] as const,
      default: "medium",
    }),
  };

  override async run(): Promise<ExitCode> {
    const { flags } = await this.parse(Audit);
    const { withEngine } = await import("../session.ts");
    const { mappingTrouble } = await import("../plan-options.ts");
    const precheck = (project: Project) => mappingTrouble(flags.mapping ?? [], project);
    return withEngine(flags, { command: "audit", precheck }, async (session) => {
      const { runAudit } = await import("../run-audit.ts");
      return runAudit(session, flags);
    });
  }
}
