import { Command } from "@oclif/core/command";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags } from "../../flags.ts";

export default class TokensList extends Command {
  static override summary = "List the tokens of the service, oldest first.";
  static override description =
    "With their ids, what each may do and where, who made it, when it was used last, and when it ends or was revoked.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];
  static override flags = { ...projectFlags, json: jsonFlag };

  override async run(): Promise<ExitCode> {
    const { flags } = await this.parse(TokensList);
    const { listTokens } = await import("../../tokens/list-tokens.ts");
    return listTokens(flags);
  }
}
