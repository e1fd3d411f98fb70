import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { Project } from "../../engine/config/project.ts";
import type { ExitCode } from "../exit-code.ts";
import { failOnHeldFlag, planFlags, planViewFlags, projectFlags } from "../flags.ts";

export default class Plan extends Command {
  static override summary = "Read everything, and show every change that apply would make.";
  static override description =
    `Writes nothing to any system. On a terminal, long lists are shortened; in a pipe the plan is whole.

Exit codes: 0 nothing to do, 2 changes, 3 refused by a guard, 1 error or something could not be read.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    {
      description: "Keep the plan, to look at it and to apply exactly it",
      command: "<%= config.bin %> <%= command.id %> --out plan.json",
    },
    {
      description: "For a pull request",
      command: "<%= config.bin %> <%= command.id %> --markdown > plan.md",
    },
    {
      description: "One person",
      command: "<%= config.bin %> <%= command.id %> --only wfp/people/123",
    },
    {
      description: "Everything but the deactivations",
      command: "<%= config.bin %> <%= command.id %> --exclude kind=retire",
    },
  ];
  static override flags = {
    ...projectFlags,
    out: Flags.string({
      char: "o",
      summary: "Save the plan, for `apply` and `show`.",
      helpValue: "<file>",
    }),
    ...planFlags,
    ...planViewFlags,
    "fail-on-held": failOnHeldFlag,
  };

  override async run(): Promise<ExitCode> {
    const { flags } = await this.parse(Plan);
    const { withEngine } = await import("../session.ts");
    const { report } = await import("../trouble.ts");
    const { wordTrouble } = await import("../plan-options.ts");
    const precheck = (project: Project) => wordTrouble(flags, project);
    return withEngine(flags, { command: "plan", precheck }, async (session) => {
      const { makePlan } = await import("../make-plan.ts");
      const made = await makePlan(session, "sync", flags);
      session.clearProgress();
      if (made.plan === undefined) return made.code;
      const { printNextStep, printPlan, planExitCode } = await import("../print-plan.ts");
      printPlan(made.plan, flags);
      if (flags.out !== undefined) {
        const { savePlan } = await import("../plan-file.ts");
        const trouble = await savePlan(flags.out, made.plan);
        if (trouble !== null) return report(trouble, { json: false });
      }
      printNextStep(made.plan, flags);
      return planExitCode(made.plan, flags);
    });
  }
}
