import { count } from "../../../../../cli/render/words.ts";
import type { WorkspaceView } from "../../api/client.ts";
import type { PillWords } from "../../kit/tone.ts";

/** The one thing to know about a workspace in a list: the worst first. */
export function stateOf({ configuration, mappings }: WorkspaceView): PillWords {
  if (configuration.broken.some(({ severity }) => severity === "error")) {
    return { word: "Configuration is broken", tone: "bad", icon: "stop" };
  }
  const failed = mappings.filter(
    ({ last, current }) =>
      current === undefined && (last?.status === "failed" || last?.status === "refused"),
  ).length;
  if (failed > 0) return { word: `${count(failed, "mapping")} failed`, tone: "bad", icon: "cross" };
  const waiting = mappings.filter((mapping) => mapping.waiting !== undefined).length;
  if (waiting > 0)
    return { word: `${count(waiting, "plan")} to approve`, tone: "warn", icon: "hand" };
  const running = mappings.filter(({ current }) => current !== undefined).length;
  if (running > 0)
    return { word: `${count(running, "run")} under way`, tone: "info", icon: "turning" };
  if (mappings.some(({ held }) => held > 0)) {
    return { word: "Records are held", tone: "warn", icon: "hand" };
  }
  if (mappings.length === 0) return { word: "No mappings", tone: "quiet", icon: "clock" };
  return { word: "In order", tone: "good", icon: "check" };
}

/** When anything of it was run last. */
export function lastRunOf({ mappings }: Pick<WorkspaceView, "mappings">): string | undefined {
  const times = mappings.flatMap(({ last }) => last?.finishedAt ?? []);
  // ISO times in UTC sort as text.
  return times.sort().at(-1);
}
