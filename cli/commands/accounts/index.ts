import { Command } from "@oclif/core/command";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags } from "../../flags.ts";

export default class Accounts extends Command {
  static override summary = "List which accounts each mapping is bound to.";
  static override description =
    "A mapping is bound to its accounts by its first run, and refuses any others from then on: one company of the one system goes with one company of the other.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];
  static override flags = { ...projectFlags, json: jsonFlag };

  override async run(): Promise<ExitCode> {
    const { flags } = await this.parse(Accounts);
    const { withState } = await import("../../session.ts");
    const { outText, terminal } = await import("../../terminal.ts");
    return withState(flags, { command: "accounts" }, async ({ store }) => {
      const { accountsText } = await import("../../render/accounts-text.ts");
      const { jsonText } = await import("../../render/visible.ts");
      const bindings = await store.bindings();
      if (flags.json) terminal.out(`${jsonText({ bindings })}\n`);
      else terminal.out(accountsText(bindings, outText({ all: true })));
      return exitCode.ok;
    });
  }
}
