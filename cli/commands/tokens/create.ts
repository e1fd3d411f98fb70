import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags } from "../../flags.ts";

export default class TokensCreate extends Command {
  static override summary = "Make a token with which somebody uses the service.";
  static override description =
    `The text of the token is shown once, and never again: only its hash is stored. From the first token on, the service lets nobody in without one.

A viewer looks at everything; an operator also runs, approves, decides and sets; an admin also makes tokens.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %> Ada --role admin",
    '<%= config.bin %> <%= command.id %> "Nightly report" --role viewer --workspace northridge --expires 90d',
  ];
  static override args = {
    name: Args.string({
      ignoreStdin: true,
      description: "Who it is for, as runs and decisions will name them.",
      required: true,
    }),
  };
  static override flags = {
    ...projectFlags,
    role: Flags.string({
      summary: "What may be done with it.",
      options: ["viewer", "operator", "admin"],
      helpValue: "viewer|operator|admin",
      required: true,
    }),
    workspace: Flags.string({
      char: "w",
      summary:
        "Only for this workspace; may be given several times, and `-` is the one without a name.",
      helpValue: "<name>",
      multiple: true,
      multipleNonGreedy: true,
    }),
    expires: Flags.string({
      summary: "When it ends: after so many days, such as 90d, or on a day, such as 2027-01-31.",
      helpValue: "<when>",
    }),
    json: jsonFlag,
  };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(TokensCreate);
    const { createToken } = await import("../../tokens/create-token.ts");
    return createToken(args.name, flags);
  }
}
