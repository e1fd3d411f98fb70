import { useState } from "preact/hooks";
import type { Reply } from "../../api/call.ts";
import { api } from "../../api/client.ts";
import type { Problem } from "../../api/problem.ts";

export interface Approval {
  /** Why the last answer was no. */
  readonly problem?: Problem | undefined;
  readonly isBusy: boolean;
  /** `changes` undefined: all of them. */
  readonly approve: (changes: readonly string[] | undefined, allow: readonly string[]) => void;
  readonly reject: () => void;
}

/** Sends what a person has decided about a plan. `onAnswer`: things have moved, whatever was answered. */
export function useApproval(
  requestId: string,
  onAnswer: (done: string | undefined) => void,
): Approval {
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const ask = async (asked: Promise<Reply<unknown>>, done: string) => {
    setBusy(true);
    setProblem(undefined);
    const reply = await asked;
    setBusy(false);
    if (!reply.ok) setProblem(reply.problem);
    onAnswer(reply.ok ? done : undefined);
  };
  return {
    problem,
    isBusy,
    approve: (changes, allow) => {
      const what = changes === undefined ? { allow } : { changes, allow };
      void ask(api.approve(requestId, what), "Approved. It is being written now.");
    },
    reject: () => void ask(api.reject(requestId), "Rejected. Nothing was written."),
  };
}
