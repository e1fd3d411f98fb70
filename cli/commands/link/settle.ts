import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags } from "../../flags.ts";

export default class LinkSettle extends Command {
  static override summary = "Say that a change whose answer was lost was not carried out.";
  static override description =
    "For a create that is in doubt. Look into the target system first: if the record is there, use `link add`; if it is not, this lets the next plan create it.";
  static override examples = ["<%= config.bin %> <%= command.id %> wfp/people/5f0c"];
  static override args = {
    change: Args.string({
      ignoreStdin: true,
      description: "The source record, or the id that `link list` shows.",
      required: true,
    }),
  };
  static override flags = { ...projectFlags, json: jsonFlag };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(LinkSettle);
    const { withState } = await import("../../session.ts");
    return withState(flags, { command: "link settle" }, async (session) => {
      const { settleIntent } = await import("../../link/settle-intent.ts");
      return settleIntent(session, args.change, flags);
    });
  }
}
