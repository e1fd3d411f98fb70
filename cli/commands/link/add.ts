import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import type { Project } from "../../../engine/config/project.ts";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags, ruleFlag } from "../../flags.ts";

export default class LinkAdd extends Command {
  static override summary = "Say that two records are one.";
  static override description =
    "For records that no match key can settle. Both must exist. The next plan brings the target in step with the source, and shows it first.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> wfp/people/5f0c procore/users/1203",
    "<%= config.bin %> <%= command.id %> wfp/people/5f0c procore/contacts/77 --rule people/contacts",
  ];
  static override args = {
    source: Args.string({
      ignoreStdin: true,
      description: "The record that is followed.",
      required: true,
    }),
    target: Args.string({
      ignoreStdin: true,
      description: "The record that follows.",
      required: true,
    }),
  };
  static override flags = { ...projectFlags, rule: ruleFlag, json: jsonFlag };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(LinkAdd);
    const { withEngine } = await import("../../session.ts");
    const { addLink, linkTrouble } = await import("../../link-by-hand.ts");
    const precheck = (project: Project) => linkTrouble(project, args, flags);
    return withEngine(flags, { command: "link add", precheck }, (session) =>
      addLink(session, args, flags),
    );
  }
}
