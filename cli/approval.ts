import type { Project } from "../engine/config/project.ts";
import { allOf, quote } from "../engine/config/wording.ts";
import type { Plan } from "../engine/plan/plan.ts";
import { trouble } from "./plan-options.ts";
import type { Trouble } from "./trouble.ts";

/** What stands against writing a plan that nobody has looked at: mappings with `apply: approve` that change something. */
export function approvalTrouble(
  { changes }: Pick<Plan, "changes">,
  { mappings }: Pick<Project, "mappings">,
): Trouble | undefined {
  const concerned = mappings.filter(
    ({ name, policy }) => policy === "approve" && changes.some((change) => change.mapping === name),
  );
  if (concerned.length === 0) return undefined;
  const names = allOf(concerned.map(({ name }) => quote(name)));
  const say = concerned.length === 1 ? "says" : "say";
  return trouble(
    "approval-needed",
    `${names} ${say} \`apply: approve\`, and nobody has looked at this plan; nothing was written.`,
  );
}
