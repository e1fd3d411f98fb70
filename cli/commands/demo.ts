import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { ExitCode } from "../exit-code.ts";

export default class Demo extends Command {
  static override summary =
    "Link, plan and apply for a sample company, against simulators, and explain it.";
  static override description =
    "Needs no account: the systems are simulators on this machine, and nothing is left behind. Ends by itself.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];
  static override flags = {
    all: Flags.boolean({
      summary: "Show every plan in full, and not the names and a few changes.",
    }),
  };

  override async run(): Promise<ExitCode> {
    const { flags } = await this.parse(Demo);
    const { runDemo } = await import("../sandbox/run-demo.ts");
    return runDemo(flags);
  }
}
