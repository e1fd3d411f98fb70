import type { Clock } from "../../engine/connector/connector.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { Notified, RunRequest } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import type { NotificationEvent } from "../settings/settings.ts";
import { type Condition, conditionOf, factsOf, noPlan, type PlanFacts } from "./condition.ts";
import { heldDigest, heldKeys, newlyHeld, withTold } from "./held-digest.ts";
import { type Message, type MessageCounts, messageId, runUrl } from "./message.ts";
import { conditionWords, heldWords, type Words } from "./words.ts";

/** What is kept of a request that has settled until people are told; its plan may be large. */
export interface Settled {
  readonly request: RunRequest;
  readonly facts: PlanFacts;
  /** Absent without a plan: nobody knows then what is held. */
  readonly held?: readonly string[];
}

/** A message where there is something to tell, and what is stored when it was told. */
interface Piece {
  readonly message?: Message;
  readonly after: string;
}

export interface News {
  readonly condition: Piece;
  readonly held: Piece;
}

interface NewsOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly publicUrl?: string;
  readonly titleOf?: (workspace: string) => string;
}

export function settledOf(request: RunRequest, plan: Plan | undefined): Settled {
  if (plan === undefined) return { request, facts: noPlan };
  // Of a linking run a person has seen the held records, and a run that follows holds others.
  if (request.purpose === "link") return { request, facts: factsOf(plan) };
  return { request, facts: factsOf(plan), held: heldKeys(plan.held, request.mapping) };
}

/** What has changed since people were told last. */
export async function newsOf(
  options: NewsOptions,
  settled: Settled,
  before: Pick<Notified, "condition" | "heldDigest">,
): Promise<News> {
  const failed = await failedRecords(options.state, settled.request);
  const standing = await standingOf(options.state, settled, failed);
  return {
    condition: conditionNews(options, standing, failed, before.condition),
    held: heldNews(options, settled, before.heldDigest),
  };
}

function conditionNews(
  options: NewsOptions,
  { request, condition }: Standing,
  failed: number,
  before: string,
): Piece {
  if (condition === null || condition.name === before) return { after: before };
  const about = { who: whoOf(options, request), mapping: request.mapping };
  const counts = { ...request.counts, ...(failed > 0 && { failed }) };
  const words = conditionWords(about, condition, request.counts);
  return {
    message: messageOf(options, request, eventOf(condition), words, counts),
    after: condition.name,
  };
}

function heldNews(options: NewsOptions, { request, facts, held }: Settled, before: string): Piece {
  if (held === undefined || request.status === "cancelled") return { after: before };
  const after = facts.unread > 0 ? withTold(before, held) : heldDigest(held);
  const newly = newlyHeld(before, held);
  if (newly === 0) return { after };
  const about = { who: whoOf(options, request), mapping: request.mapping };
  const words = heldWords(about, { newly, all: held.length });
  const counts = { ...request.counts, newlyHeld: newly };
  return { message: messageOf(options, request, "held", words, counts), after };
}

function messageOf(
  options: NewsOptions,
  request: RunRequest,
  event: NotificationEvent,
  words: Words,
  counts: MessageCounts,
): Message {
  const url = runUrl(options.publicUrl, request.id);
  return {
    id: messageId(request, event),
    event,
    at: options.clock.now(),
    workspace: request.workspace,
    mapping: request.mapping,
    request: request.id,
    status: request.status,
    counts,
    ...words,
    ...(url !== undefined && { url }),
  };
}

function eventOf(condition: Condition): NotificationEvent {
  switch (condition.kind) {
    case "ok":
      return "recovered";
    case "waiting":
    case "refused":
      return "blocked";
    case "failed":
    case "records-failed":
    case "not-read":
      return "failed";
  }
}

function whoOf({ titleOf }: NewsOptions, { workspace }: RunRequest): string {
  return titleOf?.(workspace) ?? workspace;
}

/** How the mapping stands, and the request that shows it. */
interface Standing {
  readonly request: RunRequest;
  readonly condition: Condition | null;
}

/** A run that went well while an older plan of the mapping still waits for a person changes nothing for that person. */
async function standingOf(
  state: State,
  { request, facts }: Settled,
  failed: number,
): Promise<Standing> {
  const condition = conditionOf(request, facts, failed);
  if (condition?.kind !== "ok") return { request, condition };
  const { workspace, mapping } = request;
  const [waiting] = await state.service.requests({
    workspace,
    mapping,
    statuses: ["waiting"],
    limit: 1,
  });
  if (waiting === undefined) return { request, condition };
  const stored = waiting.planId
    ? await state.service.plan({ workspace, planId: waiting.planId })
    : null;
  const waits = conditionOf(waiting, stored ? factsOf(stored.plan) : noPlan, 0);
  return { request: waiting, condition: waits };
}

/** In the log of its last run; only of one that did not do everything is it worth a question. */
async function failedRecords(state: State, request: RunRequest): Promise<number> {
  const runId = request.runIds.at(-1);
  if (request.status !== "partial" || runId === undefined) return 0;
  const run = await state.workspace(request.workspace).run(runId);
  return (run?.counts.failed ?? 0) + (run?.counts["in-doubt"] ?? 0);
}
