import type { Plan } from "../../engine/plan/plan.ts";
import type {
  NewRequest,
  RunRequest,
  ServiceStore,
  Session,
  StoredPlan,
  Token,
} from "../../engine/state/service-store.ts";
import { morning } from "./store-samples.ts";

/* What a service has to remember, in small. Every value can be replaced. */

export function request(id: string, more: Partial<NewRequest> = {}): NewRequest {
  return {
    id,
    workspace: "harbour",
    mapping: "people",
    purpose: "sync",
    allow: [],
    trigger: "schedule",
    requestedBy: "schedule",
    requestedAt: morning,
    status: "queued",
    ...more,
  };
}

/** One that has come to its end at the time when it was asked for. */
export function ended(id: string, requestedAt: Date, more: Partial<NewRequest> = {}): NewRequest {
  return request(id, { status: "done", requestedAt, finishedAt: requestedAt, ...more });
}

/** A plan without changes that was made in the morning. */
export function plan(id: string, more: Partial<Plan> = {}): Plan {
  return {
    format: 1,
    id,
    header: {
      engineVersion: "1.0.0",
      createdAt: morning.toISOString(),
      configurationDigest: "configuration-digest",
      purpose: "sync",
    },
    digest: "plan-digest",
    readings: [{ connection: "wfp", stream: "people", records: 3, ended: true }],
    rules: [],
    guards: [],
    changes: [],
    held: [],
    passedOver: [],
    findings: [],
    nearMatches: [],
    refreshes: [],
    answered: [],
    estimate: [{ connection: "procore", calls: 2 }],
    ...more,
  };
}

/** Made at another time. */
export function planAt(id: string, createdAt: Date): Plan {
  const made = plan(id);
  return { ...made, header: { ...made.header, createdAt: createdAt.toISOString() } };
}

/** That of `request-1`, waiting. */
export function storedPlan(id: string, more: Partial<StoredPlan> = {}): StoredPlan {
  return {
    plan: plan(id),
    workspace: "harbour",
    requestId: "request-1",
    status: "waiting",
    ...more,
  };
}

export function token(id: string, more: Partial<Token> = {}): Token {
  return {
    id,
    name: `Token ${id}`,
    role: "operator",
    createdAt: morning,
    createdBy: "ilse",
    ...more,
  };
}

export function session(id: string, more: Partial<Session> = {}): Session {
  return {
    id,
    tokenId: "token-1",
    csrf: `csrf of ${id}`,
    createdAt: morning,
    expiresAt: new Date(morning.getTime() + 60 * 60_000),
    ...more,
  };
}

/** Ids of all requests, newest first. */
export async function requestIds(
  service: ServiceStore,
  filter: Partial<Parameters<ServiceStore["requests"]>[0]> = {},
): Promise<readonly string[]> {
  return idsOf(await service.requests({ limit: 1_000, ...filter }));
}

export function idsOf(requests: readonly RunRequest[]): readonly string[] {
  return requests.map(({ id }) => id);
}
