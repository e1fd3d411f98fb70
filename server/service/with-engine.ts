import type { Engine } from "../../engine/run/engine.ts";
import type { Answer } from "../service.ts";
import { refuse } from "./answer.ts";
import type { OpenWorkspace, ServiceDeps } from "./deps.ts";

/** Questions to the systems of one workspace at one time: its runs share the same connections' rates. */
const atOnceMax = 4;

export type WithEngine = <T>(
  workspace: OpenWorkspace,
  limitMs: number,
  work: (engine: Engine, signal: AbortSignal) => Promise<Answer<T>>,
) => Promise<Answer<T>>;

/** Asks the systems of a workspace for somebody who waits for the answer. */
export function engineOpener(deps: ServiceDeps): WithEngine {
  const underWay = new Map<string, number>();
  return async (workspace, limitMs, work) => {
    const { name } = workspace;
    const number = underWay.get(name) ?? 0;
    if (number >= atOnceMax) {
      const message = `${number} questions to the systems of this workspace are under way. Ask again in a moment.`;
      return refuse(503, "workspace-busy", message);
    }
    const engine = deps.openEngine(workspace, () => {});
    underWay.set(name, number + 1);
    const late = new AbortController();
    const answered = new AbortController();
    const working = work(engine, late.signal).finally(async () => {
      const left = (underWay.get(name) ?? 1) - 1;
      if (left === 0) underWay.delete(name);
      else underWay.set(name, left);
      await engine.close();
    });
    const waiting = deps.clock.sleep(limitMs, answered.signal).then(() => {
      if (!answered.signal.aborted) late.abort();
      const message = `There was no answer within ${Math.round(limitMs / 1_000)} seconds.`;
      return refuse(503, "answer-late", message);
    });
    const answer = await Promise.race([working, waiting]).finally(() => answered.abort());
    // Nobody waits for it any more; that it may still fail belongs into the log.
    if (late.signal.aborted) {
      working.catch((err: unknown) => {
        deps.log.warn("a question that was given up has failed", { workspace: name, err });
      });
    }
    return answer;
  };
}
