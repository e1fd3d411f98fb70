import { Command } from "@oclif/core/command";
import type { ExitCode } from "../exit-code.ts";
import { allFlag } from "../flags.ts";

export default class Demo extends Command {
  static override summary =
    "Link, plan and apply for a sample company, against simulators, and explain it.";
  static override description =
    "Needs no account: the systems are simulators on this machine, and nothing is left behind. Ends by itself.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];
  static override flags = {
    all: allFlag,
  };

  override async run(): Promise<ExitCode> {
    const { flags } = await this.parse(Demo);
    const { runDemo } = await import("../sandbox/run-demo.ts");
    return runDemo(flags);
  }
}
