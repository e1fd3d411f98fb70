import type { Code } from "../../engine/codes.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";

/** How a mapping stands after a request. `name` is what is stored, so that the same trouble is told once. */
export type Condition =
  | { readonly kind: "ok"; readonly name: "ok" }
  /** A person must say yes, or nobody can. */
  | {
      readonly kind: "waiting" | "refused";
      readonly name: string;
      readonly codes: readonly Code[];
    }
  | { readonly kind: "failed"; readonly name: string; readonly codes: readonly Code[] }
  /** The run ended, and not all of it worked. */
  | { readonly kind: "records-failed"; readonly name: string; readonly records: number }
  | { readonly kind: "not-read"; readonly name: string; readonly streams: number };

/** What of a plan matters for telling; the rest is not kept while a message is on its way. */
export interface PlanFacts {
  /** Codes of guards that stand against it, in order and without repetition. */
  readonly guards: readonly Code[];
  /** Streams that were not read to their end. */
  readonly unread: number;
}

export const noPlan: PlanFacts = { guards: [], unread: 0 };

const ok: Condition = { kind: "ok", name: "ok" };

export function factsOf(plan: Plan): PlanFacts {
  const standing = plan.guards.filter((guard) => !guard.allowed).map((guard) => guard.code);
  return {
    guards: [...new Set(standing)].sort(),
    unread: plan.readings.filter((reading) => !reading.ended).length,
  };
}

/** Null where the request says nothing about the mapping: it goes on, or nobody wants it any more. `failed`: records. */
export function conditionOf(
  request: Pick<RunRequest, "status" | "code">,
  facts: PlanFacts,
  failed: number,
): Condition | null {
  switch (request.status) {
    case "queued":
    case "planning":
    case "applying":
    case "cancelled":
      return null;
    case "waiting":
      return { kind: "waiting", name: facts.guards.join(",") || "approval", codes: facts.guards };
    case "refused": {
      const codes = request.code ? [request.code] : facts.guards;
      return { kind: "refused", name: codes.join(",") || "refused", codes };
    }
    case "failed": {
      const codes = request.code ? [request.code] : [];
      return { kind: "failed", name: codes.join(",") || "failed", codes };
    }
    case "partial":
      if (failed > 0) return { kind: "records-failed", name: "records-failed", records: failed };
      if (facts.unread > 0) return { kind: "not-read", name: "not-read", streams: facts.unread };
      return ok;
    case "done":
      return ok;
  }
}
