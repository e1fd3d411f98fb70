import { Command } from "@oclif/core/command";
import type { Project } from "../../../engine/config/project.ts";
import type { ExitCode } from "../../exit-code.ts";
import {
  allFlag,
  failOnHeldFlag,
  jsonFlag,
  planFlags,
  projectFlags,
  yesFlag,
} from "../../flags.ts";

export default class Link extends Command {
  static override summary = "Link the records that exist on both sides already.";
  static override description =
    `The linking run, done once before the first apply. A record is linked when a match key finds exactly one counterpart and the fields that must agree do agree; it writes to no system, and each link is remembered. Pairs that nearly match are shown with the fields that speak against them.

Exit codes: 0 all linked, 4 partly, 3 refused, 1 error.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --mapping people --yes",
  ];
  static override flags = {
    ...projectFlags,
    yes: yesFlag,
    ...planFlags,
    json: jsonFlag,
    all: allFlag,
    "fail-on-held": failOnHeldFlag,
  };

  override async run(): Promise<ExitCode> {
    const { flags } = await this.parse(Link);
    const { withEngine } = await import("../../session.ts");
    const { wordTrouble } = await import("../../plan-options.ts");
    const precheck = (project: Project) => wordTrouble(flags, project);
    return withEngine(flags, { command: "link", precheck }, async (session) => {
      const { makePlan } = await import("../../make-plan.ts");
      const made = await makePlan(session, "link", flags);
      session.clearProgress();
      if (made.plan === undefined) return made.code;
      const { applyPlan } = await import("../../apply-plan.ts");
      return applyPlan(session, made.plan, flags);
    });
  }
}
