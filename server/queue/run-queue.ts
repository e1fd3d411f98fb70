/*
 * The queue tells a process of the installation which request to carry out next. What became of a request stands in the
 * service's store; a queue that has lost everything would be filled again from there.
 */

export interface QueuedRun {
  readonly requestId: string;
  readonly workspace: string;
  readonly mapping: string;
}

/** What a handler wants to become of the request that it was given. */
export type Handled =
  | { readonly kind: "finished" }
  /** Once more, not before so many milliseconds: another run is in the way, or this process stops. */
  | { readonly kind: "again"; readonly delayMs: number };

export interface RunQueue {
  /** Asked for twice, it is queued once. `notBefore`: a window in which nothing is written ends then. */
  enqueue(run: QueuedRun, notBefore?: Date): Promise<void>;
  /**
   * Takes requests until the queue is stopped, several at one time. The signal is aborted when this process must stop or
   * has lost the request to another one. A handler that throws is called again later, a few times.
   */
  work(handle: (run: QueuedRun, signal: AbortSignal) => Promise<Handled>): Promise<void>;
  /** Numbers for metrics. */
  depth(): Promise<{ readonly queued: number; readonly active: number }>;
  /** Takes nothing more, aborts what is under way, waits until it has ended between two records, gives the rest back. */
  stop(): Promise<void>;
}
