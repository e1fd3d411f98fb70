import { expect, test } from "vitest";
import { approvalTrouble } from "../../cli/approval.ts";
import type { Change } from "../../engine/plan/plan.ts";
import { exampleProject } from "../support/config-example.ts";

/* Who has to look at a plan before it is written by a command that asks nobody. */

const changeOf = (mapping: string) => ({ mapping }) as Change;

test("only mappings that say so, and only where they change something", async () => {
  const edit = { mapping: { "vars:": "apply: approve\n\nvars:" } };
  const [careful, plain] = [await exampleProject(edit), await exampleProject()];
  const changes = [changeOf("people")];
  expect(approvalTrouble({ changes }, plain)).toBeUndefined();
  expect(approvalTrouble({ changes: [] }, careful)).toBeUndefined();
  expect(approvalTrouble({ changes: [changeOf("projects")] }, careful)).toBeUndefined();
  expect(approvalTrouble({ changes }, careful)).toMatchObject({
    code: "approval-needed",
    message: expect.stringContaining('"people"'),
  });
});
