import { createHash } from "node:crypto";
import type { PlanCounts, RequestStatus, RunRequest } from "../../engine/state/service-store.ts";
import type { NotificationEvent } from "../settings/settings.ts";

/** What people are told: numbers, names of workspaces and mappings, and codes. Nothing of a record. */
export interface Message {
  /** The same for every try and on every target, so that a receiver knows what it has had already. */
  readonly id: string;
  readonly event: NotificationEvent;
  readonly at: Date;
  /** Empty for the project that names none. */
  readonly workspace: string;
  readonly mapping: string;
  readonly request: string;
  readonly status: RequestStatus;
  readonly counts: MessageCounts;
  readonly subject: string;
  /** Sentences, one a paragraph. */
  readonly message: readonly string[];
  readonly url?: string;
}

export type MessageCounts = Partial<PlanCounts> & {
  /** Records that could not be written, or of which nobody can tell. */
  readonly failed?: number;
  /** Held records that were not told of before. */
  readonly newlyHeld?: number;
};

/** As webhooks carry it. */
export function messageBody(message: Message): string {
  const { id, event, at, workspace, mapping, request, status, counts, url } = message;
  return JSON.stringify({
    id,
    event,
    at: at.toISOString(),
    workspace,
    mapping,
    request,
    status,
    counts,
    message: message.message.join(" "),
    url: url ?? null,
  });
}

export function messageId(request: Pick<RunRequest, "id">, event: NotificationEvent): string {
  const hash = createHash("sha256").update(`${request.id} ${event}`).digest("base64url");
  return `msg_${hash.slice(0, 27)}`;
}

/** The page of the dashboard that shows the run. */
export function runUrl(publicUrl: string | undefined, requestId: string): string | undefined {
  return publicUrl && `${publicUrl.replace(/\/+$/, "")}/runs/${encodeURIComponent(requestId)}`;
}
