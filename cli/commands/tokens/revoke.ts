import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags } from "../../flags.ts";

export default class TokensRevoke extends Command {
  static override summary = "Take a token back.";
  static override description =
    "It lets nobody in from this moment on, and what was opened with it in browsers ends. It cannot be given back; make a new one.";
  static override examples = ["<%= config.bin %> <%= command.id %> 20261121-201205-4f1e09ac"];
  static override args = {
    token: Args.string({
      ignoreStdin: true,
      description: "The id of the token, as `tokens list` shows it.",
      required: true,
    }),
  };
  static override flags = { ...projectFlags, json: jsonFlag };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(TokensRevoke);
    const { revokeToken } = await import("../../tokens/revoke-token.ts");
    return revokeToken(args.token, flags);
  }
}
