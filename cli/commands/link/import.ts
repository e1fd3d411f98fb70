import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { Project } from "../../../engine/config/project.ts";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags } from "../../flags.ts";
import { byFlag } from "../../link/flags.ts";

export default class LinkImport extends Command {
  static override summary = "Tie the pairs of links files, or of a CSV file.";
  static override description =
    `Without a file: every pair that the links files of the project decide. A CSV file has a line of names above its pairs: source,target, and rule, why and by if you like; its pairs are also written into the links file of the mapping.

Both records of a pair must exist, and neither may be linked elsewhere. Nothing is stored unless every pair is right; with --skip-wrong those that are right are stored, and the others are listed with their reasons. A baseline of an entry is restored with its link. Writes to no system: the next plan shows what follows.

Exit codes: 0 every pair is linked, 4 some were left out, 1 refused or an error.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> pairs.csv --skip-wrong",
    "<%= config.bin %> <%= command.id %> backup/people.yaml",
  ];
  static override args = {
    file: Args.string({
      ignoreStdin: true,
      description: "A links file or a CSV file; there may be several.",
      multiple: true,
    }),
  };
  static override flags = {
    ...projectFlags,
    "skip-wrong": Flags.boolean({
      summary: "Store the pairs that are right, and list the others.",
    }),
    by: byFlag,
    json: jsonFlag,
  };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(LinkImport);
    const [{ withEngine }, { report }] = await Promise.all([
      import("../../session.ts"),
      import("../../trouble.ts"),
    ]);
    const { pairsOfProject, readPairs, pairsTrouble } = await import("../../link/pairs-files.ts");
    // Files that are named are read first: what is wrong with them needs no state to be told.
    const named = await readPairs(flags.project, args.file ?? []);
    if ("code" in named) return report(named, flags);
    const precheck = (project: Project) => pairsTrouble(project, named);
    return withEngine(flags, { command: "link import", precheck }, async (session) => {
      const { importLinks } = await import("../../link/import-links.ts");
      const files = named.length > 0 ? named : [await pairsOfProject(session.project)];
      return importLinks(session, files, flags);
    });
  }
}
