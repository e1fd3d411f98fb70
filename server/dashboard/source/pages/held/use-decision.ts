import { useState } from "preact/hooks";
import { addressText } from "../../../../../engine/value/address.ts";
import { api, type DecisionResult, type HeldDecision, type HeldView } from "../../api/client.ts";
import type { Problem } from "../../api/problem.ts";

/** What a person has decided, and where it stands now. */
export interface Decided {
  readonly kind: HeldDecision["kind"];
  readonly result: DecisionResult;
}

export interface Decision {
  readonly isBusy: boolean;
  readonly problem?: Problem | undefined;
  readonly decide: (decision: HeldDecision, why: string) => void;
}

/** Sends a decision about a held record. */
export function useDecision(
  workspace: string,
  { mapping, rule, source }: Pick<HeldView, "mapping" | "rule" | "source">,
  onDecided: (decided: Decided) => void,
): Decision {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const ask = async (decision: HeldDecision, why: string) => {
    setBusy(true);
    setProblem(undefined);
    const about = { mapping, rule, source: addressText(source), why };
    const reply = await api.decide(workspace, about, decision);
    setBusy(false);
    if (reply.ok) onDecided({ kind: decision.kind, result: reply.value });
    else setProblem(reply.problem);
  };
  return { isBusy, problem, decide: (decision, why) => void ask(decision, why) };
}
