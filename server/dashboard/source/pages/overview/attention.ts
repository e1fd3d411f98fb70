import { count } from "../../../../../cli/render/words.ts";
import type { MappingView, WorkspaceView } from "../../api/client.ts";
import type { Tone } from "../../kit/tone.ts";
import { planPath, runPath, workspacePath } from "../../routes.ts";
import { heldText, titleOf } from "../../words.ts";

/** Something that waits for a person. */
export interface Attention {
  readonly key: string;
  readonly tone: Tone;
  readonly text: string;
  readonly action: string;
  readonly href: string;
}

/** What waits for a person, the most urgent first. Empty when everything is in order. */
export function attentionOf(
  workspace: Pick<WorkspaceView, "name" | "mappings">,
): readonly Attention[] {
  const { name, mappings } = workspace;
  return [
    ...mappings.flatMap(failure),
    ...mappings.flatMap(waitingPlan),
    ...mappings.flatMap((mapping) => heldRecords(name, mapping)),
  ];
}

function failure({ name, last, current, waiting }: MappingView): readonly Attention[] {
  // A newer run is the better news.
  if (last === undefined || current !== undefined || waiting !== undefined) return [];
  if (last.status !== "failed" && last.status !== "refused") return [];
  const what = last.status === "failed" ? "has failed" : "was refused";
  return [
    {
      key: `${name} failure`,
      tone: "bad",
      text: `The last run of ${titleOf(name)} ${what}.`,
      action: "See why",
      href: runPath(last.id),
    },
  ];
}

function waitingPlan({ name, waiting }: MappingView): readonly Attention[] {
  if (waiting === undefined) return [];
  const { counts } = waiting;
  const changes =
    counts === undefined
      ? 0
      : counts.create + counts.update + counts.link + counts.retire + counts.unlink + counts.delete;
  const size = counts === undefined ? "" : ` with ${count(changes, "change")}`;
  return [
    {
      key: `${name} plan`,
      tone: "warn",
      text: `A plan of ${titleOf(name)}${size} waits for approval.`,
      action: "Look at the plan",
      href: planPath(waiting.id),
    },
  ];
}

function heldRecords(workspace: string, { name, held }: MappingView): readonly Attention[] {
  if (held === 0) return [];
  return [
    {
      key: `${name} held`,
      tone: "warn",
      text: `${heldText(held)} in ${titleOf(name)} until somebody decides or corrects something.`,
      action: "Look at them",
      href: workspacePath(workspace, "held", { mapping: name }),
    },
  ];
}
