import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags, ruleFlag } from "../../flags.ts";

export default class LinkRemove extends Command {
  static override summary = "Forget that two records are one.";
  static override description =
    "Writes to no system. The next plan looks for a counterpart of the source again, and may propose to create one.";
  static override examples = ["<%= config.bin %> <%= command.id %> wfp/people/5f0c"];
  static override args = {
    record: Args.string({
      ignoreStdin: true,
      description: "The source or the target of the link.",
      required: true,
    }),
  };
  static override flags = { ...projectFlags, rule: ruleFlag, json: jsonFlag };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(LinkRemove);
    const { withState } = await import("../../session.ts");
    const { removeLink, addressTrouble } = await import("../../link-by-hand.ts");
    const precheck = () => addressTrouble(args.record);
    return withState(flags, { command: "link remove", precheck }, (session) =>
      removeLink(session, args.record, flags),
    );
  }
}
