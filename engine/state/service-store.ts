import type { Code } from "../codes.ts";
import type { Plan } from "../plan/plan.ts";
import type { Value } from "../value/value.ts";

/*
 * What the service remembers besides the state of the mappings: who asked for which run and what became of it, plans that
 * wait for a person, settings that differ from git, tokens and sessions. One contract, the same homes as the state: memory,
 * an embedded PGlite folder, PostgreSQL; proved by `test/conformance/service-store-suite.ts`. Every member that writes is
 * one transaction, except `purge`. Times come from the caller.
 */

/** `queued` -> `planning` -> (`waiting` for a person ->) `applying` -> an end. */
export type RequestStatus =
  | "queued"
  | "planning"
  /** A plan waits for approval. */
  | "waiting"
  | "applying"
  /** All was applied, or there was nothing to do. */
  | "done"
  /** Something was not applied or not read; see the run's entries. */
  | "partial"
  /** A guard, or a barrier, stands against the plan. */
  | "refused"
  /** It could not be planned or applied at all. */
  | "failed"
  /** Nobody wants it any more: rejected by a person, or taken over by a newer plan. */
  | "cancelled";

/** Of requests that somebody or something still works on or waits for. */
export const openStatuses: readonly RequestStatus[] = ["queued", "planning", "waiting", "applying"];

/** How many of what a plan holds. */
export interface PlanCounts {
  readonly create: number;
  readonly update: number;
  readonly link: number;
  readonly retire: number;
  readonly delete: number;
  readonly unlink: number;
  readonly held: number;
  readonly passedOver: number;
  readonly inStep: number;
}

/** Somebody or something wants mappings to be run, as it is when it is asked for. */
export interface NewRequest {
  /** Unlike the id of any other request of any workspace. */
  readonly id: string;
  readonly workspace: string;
  /** The mapping that was asked for; those that its references go through are run with it. */
  readonly mapping: string;
  readonly purpose: "sync" | "link";
  /** Guards that its plan may run into, as `--allow` takes them. */
  readonly allow: readonly string[];
  readonly trigger: "schedule" | "manual" | "api" | "command";
  /** `schedule`, or the name of the token's holder. */
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly status: RequestStatus;
  readonly startedAt?: Date;
  /** Present when the request has come to an end, whatever end. */
  readonly finishedAt?: Date;
  readonly planId?: string;
  readonly counts?: PlanCounts;
  readonly configurationDigest?: string;
  /** Of the git checkout, if it is one. */
  readonly commit?: string;
  /** For people: why it was refused, failed or cancelled. */
  readonly note?: string;
  readonly code?: Code;
  readonly progress?: RequestProgress;
  /** The attempt that works on it: unlike that of any other process, and of the same process before. */
  readonly worker?: string;
  /** Who has asked for it to end while it was under way. */
  readonly stopAskedBy?: string;
}

export interface RunRequest extends NewRequest {
  /**
   * Runs of the engine so far, newest last: a new one after each crash. Those that were started with the id of this
   * request, so that nobody has to write them down here.
   */
  readonly runIds: readonly string[];
}

export interface RequestProgress {
  readonly phase: "reading" | "working-out" | "writing";
  readonly done: number;
  /** Absent where nobody knows. */
  readonly of?: number;
  readonly what: string;
  readonly at: Date;
}

/** What is named is stored; null takes a value away. */
export type RequestChange = { readonly status?: RequestStatus } & {
  readonly [Name in
    | "startedAt"
    | "finishedAt"
    | "planId"
    | "counts"
    | "configurationDigest"
    | "commit"
    | "note"
    | "code"
    | "progress"
    | "worker"
    | "stopAskedBy"]?: NewRequest[Name] | null;
};

export interface RequestFilter {
  readonly workspace?: string;
  /** Of these workspaces; together with `workspace`, of those that are both. */
  readonly workspaces?: readonly string[];
  readonly mapping?: string;
  readonly statuses?: readonly RequestStatus[];
  /** The last one of the page before this one: only those that follow it are given, also when it is gone by now. */
  readonly before?: Pick<RunRequest, "requestedAt" | "id">;
  readonly limit: number;
}

export interface MappingName {
  readonly workspace: string;
  readonly mapping: string;
}

/** What became of the newest requests of a mapping. */
export interface LatestRequests extends MappingName {
  /** The newest one that has ended. */
  readonly ended?: RunRequest;
  /** The newest one that has a plan, whatever became of it. */
  readonly planned?: RunRequest;
  /** Those that somebody or something still works on or waits for, newest first. */
  readonly open: readonly RunRequest[];
}

export type PlanStatus = "waiting" | "approved" | "rejected" | "superseded" | "applied";

/** A plan that the service has made, with what people decided about it. */
export interface StoredPlan {
  readonly plan: Plan;
  readonly workspace: string;
  readonly requestId: string;
  readonly status: PlanStatus;
  readonly decidedBy?: string;
  readonly decidedAt?: Date;
  /** Ids of the changes that were approved; absent: all. */
  readonly approved?: readonly string[];
}

/** What is absent stays as it is, so that a plan that was applied still tells who approved it. */
export type PlanDecision = Pick<StoredPlan, "status" | "decidedBy" | "decidedAt" | "approved">;

/** Plans are a workspace's own: two companies with the same files and nothing to do can make the same plan. */
export interface PlanKey {
  readonly workspace: string;
  readonly planId: string;
}

/** A mapping variable whose value differs from git, by a person's hand. */
export interface Override {
  readonly workspace: string;
  readonly mapping: string;
  readonly variable: string;
  readonly value: Value;
  readonly by: string;
  readonly at: Date;
}

/** The moment of a mapping's schedule for which a run was asked last, or that was passed over. */
export interface Slot {
  readonly workspace: string;
  readonly mapping: string;
  readonly at: Date;
}

/** Whether the schedule of a mapping starts runs. Absent: as the file says. */
export interface AutosyncSwitch {
  readonly workspace: string;
  readonly mapping: string;
  readonly isOn: boolean;
  readonly by: string;
  readonly at: Date;
}

export type Role = "viewer" | "operator" | "admin";

/** A token without its text, of which a hash is kept. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Workspaces that it is good for; absent: all. */
  readonly workspaces?: readonly string[];
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly lastUsedAt?: Date;
  readonly expiresAt?: Date;
  readonly revokedAt?: Date;
}

export interface Session {
  readonly id: string;
  readonly tokenId: string;
  readonly csrf: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** What was told last about a mapping, so that a change is told once. */
export interface Notified {
  readonly workspace: string;
  readonly mapping: string;
  /** `ok`, or the code of the trouble. */
  readonly condition: string;
  readonly heldDigest: string;
  readonly at: Date;
}

/** What is older than these times may go. */
export interface PurgeLimits {
  /** Requests that ended before, with their plans; runs that ended before, unless their request stays. */
  readonly requests: Date;
  /** Plans that were made before, unless their request is still open. */
  readonly plans: Date;
  /** Sessions that end now or ended before. */
  readonly now: Date;
}

export interface Purged {
  readonly requests: number;
  readonly runs: number;
  readonly entries: number;
  readonly plans: number;
  readonly sessions: number;
}

export interface ServiceStore {
  /** False, and nothing stored, when a request for that mapping of that workspace is queued already. */
  addRequest(request: NewRequest): Promise<boolean>;
  /**
   * Stores the change and gives the request as it is then. Null, and nothing stored, when there is none, when its status is
   * none of `from`, when it would become the second one that is queued for its mapping, or, if `worker` is told, when
   * another one works on it by now.
   */
  moveRequest(
    id: string,
    from: readonly RequestStatus[],
    change: RequestChange,
    worker?: string,
  ): Promise<RunRequest | null>;
  /** Newest first; of two from one moment, the greater id. */
  requests(filter: RequestFilter): Promise<readonly RunRequest[]>;
  request(id: string): Promise<RunRequest | null>;
  /** In the order in which they are asked for. As cheap for a thousand mappings as a page can be: a few statements for all. */
  latest(of: readonly MappingName[]): Promise<readonly LatestRequests[]>;

  /** A plan that is stored already stays as it is, with what was decided about it. */
  /** Mappings that were run once, by their bindings, in the order of workspace and mapping. */
  boundMappings(workspace?: string): Promise<readonly MappingName[]>;

  storePlan(plan: StoredPlan): Promise<void>;
  plan(key: PlanKey): Promise<StoredPlan | null>;
  /** What was decided about a plan, without reading the plan itself, which may be large. */
  decision(key: PlanKey): Promise<PlanDecision | null>;
  /** False, and nothing stored, when there is none or its status is none of `from`. */
  decidePlan(key: PlanKey, from: readonly PlanStatus[], decision: PlanDecision): Promise<boolean>;

  /** In the order of workspace, mapping and variable. */
  overrides(workspace?: string): Promise<readonly Override[]>;
  setOverride(override: Override): Promise<void>;
  removeOverride(key: Pick<Override, "workspace" | "mapping" | "variable">): Promise<boolean>;

  /** In the order of workspace and mapping. */
  switches(workspace?: string): Promise<readonly AutosyncSwitch[]>;
  setSwitch(one: AutosyncSwitch): Promise<void>;
  /** From now on as the file says. */
  removeSwitch(key: Pick<AutosyncSwitch, "workspace" | "mapping">): Promise<boolean>;

  /** Throws where there is one with this id or this hash. */
  addToken(token: Token, hash: string): Promise<void>;
  /** Oldest first, the revoked ones too. */
  tokens(): Promise<readonly Token[]>;
  /** Also one that was revoked or has expired: whoever asks says so to the person. */
  tokenByHash(hash: string): Promise<Token | null>;
  /** Says when it was used last. An earlier time than the stored one changes nothing. */
  touchToken(id: string, at: Date): Promise<void>;
  /** Ends its sessions as well. False when there is none or it is revoked already. */
  revokeToken(id: string, at: Date): Promise<boolean>;
  /** Throws where there is no such token, or a session with this id or this hash. */
  addSession(session: Session, hash: string): Promise<void>;
  /** With the token that it was opened with, whose role counts and which may be revoked by now. */
  sessionByHash(hash: string): Promise<{ readonly session: Session; readonly token: Token } | null>;
  endSession(id: string): Promise<void>;

  /** In the order of workspace and mapping. */
  slots(): Promise<readonly Slot[]>;
  /** Stores it if it is later than the stored one. False when it is not: another process was faster. */
  claimSlot(slot: Slot): Promise<boolean>;

  notified(workspace: string, mapping: string): Promise<Notified | null>;
  setNotified(one: Notified): Promise<void>;

  /**
   * Removes what is old, in batches of which each is a transaction, so that nobody waits long. What a purge that was cut
   * off has left, the next one removes.
   */
  purge(limits: PurgeLimits): Promise<Purged>;
}
