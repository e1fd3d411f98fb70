import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { planViewFlags } from "../flags.ts";

export default class Show extends Command {
  static override summary = "Show a plan that was saved.";
  static override description =
    "Needs no project, no state and no credentials: a plan holds all that is shown.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> plan.json",
    "<%= config.bin %> <%= command.id %> plan.json --html > plan.html",
  ];
  static override args = {
    plan: Args.string({
      ignoreStdin: true,
      description: "A plan saved by `plan --out`.",
      required: true,
    }),
  };
  static override flags = planViewFlags;

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(Show);
    const [{ readPlan }, { printPlan }, { report }] = await Promise.all([
      import("../plan-file.ts"),
      import("../print-plan.ts"),
      import("../trouble.ts"),
    ]);
    const plan = await readPlan(args.plan);
    if ("code" in plan) return report(plan, flags);
    printPlan(plan, flags);
    return exitCode.ok;
  }
}
