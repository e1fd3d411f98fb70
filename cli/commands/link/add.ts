import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { Project } from "../../../engine/config/project.ts";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags, ruleFlag } from "../../flags.ts";
import { byFlag } from "../../link/flags.ts";

export default class LinkAdd extends Command {
  static override summary =
    "Decide that two records are one, or different, or that one is left out.";
  static override description =
    `Writes the decision into the links file of the mapping, which you commit, and ties the link at once. The records must exist, and neither may be linked elsewhere. Writes to no system: the next plan shows what follows.

Exit codes: 0 decided, 1 refused or an error; nothing was changed then.`;
  static override examples = [
    `<%= config.bin %> <%= command.id %> wfp/people/5f0c procore/users/1203 --why "Married; the e-mail is old."`,
    `<%= config.bin %> <%= command.id %> wfp/people/5f0d procore/users/1204 --apart --why "Father and son."`,
    `<%= config.bin %> <%= command.id %> wfp/people/5f0e --ignore --why "A test account."`,
    `<%= config.bin %> <%= command.id %> wfp/people/5f0c procore/contacts/77 --rule people/contacts --why "Same badge." --by ana@northridge.example`,
  ];
  static override args = {
    source: Args.string({
      ignoreStdin: true,
      description: "The record that is followed, or the one that is left out.",
      required: true,
    }),
    target: Args.string({
      ignoreStdin: true,
      description: "The record that follows; not with --ignore.",
    }),
  };
  static override flags = {
    ...projectFlags,
    why: Flags.string({
      summary: "Why it is decided so, for whoever reviews the file. Always needed.",
      helpValue: "<text>",
    }),
    apart: Flags.boolean({
      summary: "The two are different, and are never linked by their keys.",
      exclusive: ["ignore"],
    }),
    ignore: Flags.boolean({
      summary: "The record takes no part as long as it has no link.",
      exclusive: ["apart"],
    }),
    by: byFlag,
    rule: ruleFlag,
    file: Flags.string({
      summary: "The links file to write; without it, links/<mapping>.yaml.",
      helpValue: "<file>",
    }),
    "file-only": Flags.boolean({
      summary: "Only write the file: the state is not opened, and the next run ties the link.",
    }),
    json: jsonFlag,
  };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(LinkAdd);
    const { withConnections, withEngine } = await import("../../session.ts");
    const { addLink } = await import("../../link/add-link.ts");
    const { intendedDecision } = await import("../../../engine/links/intended.ts");
    const precheck = (project: Project) => {
      const intended = intendedDecision(project, args, flags);
      return "code" in intended ? intended : undefined;
    };
    if (flags["file-only"]) {
      return withConnections(flags, { precheck }, (session) => addLink(session, args, flags));
    }
    return withEngine(flags, { command: "link add", precheck }, (session) =>
      addLink(session, args, flags),
    );
  }
}
