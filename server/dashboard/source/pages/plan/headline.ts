import { count, figure, listed } from "../../../../../cli/render/words.ts";
import type { Plan } from "../../../../../engine/plan/plan.ts";
import type { PlanStatus, RequestStatus } from "../../../../../engine/state/service-store.ts";

/* The head of a plan, in words. */

export interface PlanTold {
  readonly status: PlanStatus;
  readonly requestStatus: RequestStatus;
  readonly purpose: "sync" | "link";
  readonly changes: number;
  readonly held: number;
  /** Connections that would be written to, as people call them. */
  readonly systems: readonly string[];
  readonly commit?: string | undefined;
  readonly environment?: string | undefined;
  readonly decidedBy?: string | undefined;
  /** In words: "3 minutes ago". */
  readonly decidedAt?: string | undefined;
  /** How many changes were approved, where not all were. */
  readonly approved?: number | undefined;
}

/** `12 changes to Procore, 3 held` */
export function planTitle(told: PlanTold): string {
  const held = told.held > 0 ? `, ${figure(told.held)} held` : "";
  if (told.changes === 0) return `No changes${held}`;
  if (told.purpose === "link") return `${count(told.changes, "link")} to store${held}`;
  return `${count(told.changes, "change")} to ${listed(told.systems)}${held}`;
}

/** ` from commit abc1234, environment staging`, after when it was made. */
export function originText({ commit, environment }: PlanTold): string {
  const from = commit === undefined ? "" : ` from commit ${commitText(commit)}`;
  return `${from}${environment === undefined ? "" : `, environment ${environment}`}`;
}

/** Enough of a commit for people to tell two apart, and whether files differ from it. */
const commitLength = 7;

export function commitText(commit: string): string {
  const [id = "", ...rest] = commit.split("-");
  return `${id.slice(0, commitLength)}${rest.includes("dirty") ? " and edits that are not committed" : ""}`;
}

/** Where the plan stands, in one sentence. */
export function standText(told: PlanTold): string {
  const { status, requestStatus, decidedBy, decidedAt } = told;
  const who = `${decidedBy === undefined ? "" : ` by ${decidedBy}`}${decidedAt === undefined ? "" : `, ${decidedAt}`}`;
  const part =
    told.approved === undefined
      ? ""
      : ` in part (${figure(told.approved)} of ${figure(told.changes)})`;
  switch (status) {
    case "waiting":
      return requestStatus === "waiting"
        ? "It waits for approval. Nothing has been written yet."
        : openEnd(requestStatus);
    case "approved":
      return `Approved${part}${who}. ${requestStatus === "applying" ? "It is being written now." : endOf(requestStatus)}`;
    case "applied":
      return `Approved${part}${who}, and carried out.`;
    case "rejected":
      return `Rejected${who}. Nothing was written.`;
    case "superseded":
      return "A newer plan has taken its place. Nothing of this one was written.";
  }
}

function openEnd(status: RequestStatus): string {
  switch (status) {
    case "refused":
      return "It was refused, and nothing was written.";
    case "cancelled":
      return "It was cancelled, and nothing was written.";
    case "queued":
    case "planning":
    case "waiting":
    case "applying":
      return "It is being worked on.";
    case "done":
    case "partial":
    case "failed":
      return endOf(status);
  }
}

function endOf(status: RequestStatus): string {
  switch (status) {
    case "done":
      return "It was carried out.";
    case "partial":
      return "It was carried out, but not everything went through.";
    case "failed":
      return "It could not be carried out.";
    case "refused":
      return "It was refused, and nothing was written.";
    case "cancelled":
      return "It was stopped.";
    case "queued":
    case "planning":
    case "waiting":
    case "applying":
      return "It will be carried out.";
  }
}

/** Connections of the rules that write something, in the order of the rules. A rule that sleeps writes nothing. */
export function writtenTo(rules: Plan["rules"]): readonly string[] {
  const living = rules.filter(({ role }) => role !== "dormant");
  return [...new Set(living.map(({ target }) => target.connection))];
}
