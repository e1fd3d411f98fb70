import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags, yesFlag } from "../../flags.ts";

export default class AccountsRelease extends Command {
  static override summary = "Forget which accounts a mapping is bound to, and its links.";
  static override description =
    `For a pairing of companies that is over. The links, what both sides agreed on and what is in doubt are forgotten, because they say nothing about any other account; the log of runs stays. Writes to no system.

Keep the links with \`syncctl link export\` first if they may be wanted again.`;
  static override examples = ["<%= config.bin %> <%= command.id %> people"];
  static override args = {
    mapping: Args.string({
      ignoreStdin: true,
      description: "The mapping, as `accounts` lists it.",
      required: true,
    }),
  };
  static override flags = { ...projectFlags, yes: yesFlag, json: jsonFlag };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(AccountsRelease);
    const { withState } = await import("../../session.ts");
    return withState(flags, { command: "accounts release" }, async (session) => {
      const { releaseAccounts } = await import("../../release-accounts.ts");
      return releaseAccounts(session, args.mapping, flags);
    });
  }
}
