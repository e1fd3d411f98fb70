import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags, ruleFlag } from "../../flags.ts";
import { byFlag } from "../../link/flags.ts";

export default class LinkRemove extends Command {
  static override summary = "Forget that two records are one.";
  static override description =
    `Removes the link from the state, and the decision from the links file, with the comments right above it. Writes to no system. The next plan looks for a counterpart of the source again: it may find the same one by its key, or propose to create one. With --apart the two are never linked again.

Exit codes: 0 removed, 1 refused or an error; nothing was changed then.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %> wfp/people/5f0c",
    `<%= config.bin %> <%= command.id %> wfp/people/5f0c --apart --why "Two people with one name."`,
  ];
  static override args = {
    record: Args.string({
      ignoreStdin: true,
      description: "The source or the target of the link.",
      required: true,
    }),
  };
  static override flags = {
    ...projectFlags,
    rule: ruleFlag,
    apart: Flags.boolean({ summary: "Also decide that the two are different." }),
    why: Flags.string({ summary: "Why they are different; with --apart.", helpValue: "<text>" }),
    by: byFlag,
    json: jsonFlag,
  };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(LinkRemove);
    const { withState } = await import("../../session.ts");
    const { removeLink, removeTrouble } = await import("../../link/remove-link.ts");
    const precheck = () => removeTrouble(args.record, flags);
    return withState(flags, { command: "link remove", precheck }, (session) =>
      removeLink(session, args.record, flags),
    );
  }
}
