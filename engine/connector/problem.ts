/**
 * Expected trouble with a system, as data. Codes are stable and are documented in `engine/CODES.md`.
 *
 * - `credentials-refused`: the system does not accept who we say we are.
 * - `permission-denied`: it knows us, and we may not do this.
 * - `not-found`: the record or the page is not there, or we may not see it.
 * - `rejected`: the system looked at the values and refused them.
 * - `already-exists`: the system refused a create because such a record exists.
 * - `rate-limited`: the limit of calls stayed exhausted for longer than we wait.
 * - `unreachable`: no connection, or the system says that it is overloaded or broken.
 * - `timed-out`: no complete answer within the time limit.
 * - `answer-lost`: the request was sent and the answer never came whole.
 * - `answer-unreadable`: an answer came that does not have the shape it must have.
 * - `limit-reached`: one of our own limits stopped us (pages, size).
 * - `cancelled`: somebody stopped the run.
 */
export type ProblemCode =
  | "credentials-refused"
  | "permission-denied"
  | "not-found"
  | "rejected"
  | "already-exists"
  | "rate-limited"
  | "unreachable"
  | "timed-out"
  | "answer-lost"
  | "answer-unreadable"
  | "limit-reached"
  | "cancelled";

export interface Problem {
  readonly code: ProblemCode;
  /** For people: what happened and what to do next. Holds no secret. */
  readonly message: string;
  /** `later`: the same call may work in a while. `never`: somebody must change something first. */
  readonly retry: "never" | "later";
  /** For writes: whether the system may have carried it out all the same. Reads say `no`. */
  readonly applied: "no" | "maybe";
  /** For operators: method, path and status. Holds no secret and nothing of a record. */
  readonly detail?: string;
}
