import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import type { Project } from "../../engine/config/project.ts";
import type { ExitCode } from "../exit-code.ts";
import { allFlag, failOnHeldFlag, jsonFlag, planFlags, projectFlags, yesFlag } from "../flags.ts";

export default class Apply extends Command {
  static override summary = "Carry out a plan, one recorded step at a time.";
  static override description =
    `Without a file, makes a plan, shows it and asks. With a file, applies exactly the plan that was saved there: each change is checked against what the plan saw just before it is written, what has changed since is skipped and reported, and a plan is applied at most once.

With --yes nobody looks at the plan, so that changes of a mapping that says \`apply: approve\` are refused.

What failed is not tried again by itself: it comes back in the next plan. Ctrl-C stops between two records.

Exit codes: 0 all applied, 4 partly (failed, stale or in doubt), 3 refused, 1 error.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    { description: "Unattended", command: "<%= config.bin %> <%= command.id %> --yes" },
    {
      description: "Exactly what was looked at",
      command:
        "<%= config.bin %> plan --out plan.json && <%= config.bin %> <%= command.id %> plan.json",
    },
  ];
  static override args = {
    plan: Args.string({
      ignoreStdin: true,
      description: "A plan saved by `plan --out`.",
      required: false,
    }),
  };
  static override flags = {
    ...projectFlags,
    yes: yesFlag,
    ...planFlags,
    json: jsonFlag,
    all: allFlag,
    "fail-on-held": failOnHeldFlag,
  };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(Apply);
    const { withEngine } = await import("../session.ts");
    const { fileTrouble, planToApply } = await import("../plan-to-apply.ts");
    const { wordTrouble } = await import("../plan-options.ts");
    const precheck = (project: Project) =>
      fileTrouble(args.plan, flags) ?? wordTrouble(flags, project);
    return withEngine(flags, { command: "apply", precheck }, async (session) => {
      const made = await planToApply(session, args.plan, flags);
      session.clearProgress();
      if (made.plan === undefined) return made.code;
      const { applyPlan } = await import("../apply-plan.ts");
      // Naming the file is the consent: it is the plan that was looked at.
      const isFile = args.plan !== undefined;
      const yes = flags.yes || isFile;
      return applyPlan(session, made.plan, { ...flags, yes, unseen: flags.yes && !isFile });
    });
  }
}
