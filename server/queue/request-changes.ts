/** Something about a request has changed: its status, its progress, or that somebody wants it to end. */
export interface RequestChanged {
  readonly requestId: string;
  readonly workspace: string;
}

/** Tells changes of requests to all processes of the installation. What is told while nobody listens is lost. */
export interface RequestChanges {
  /** Resolves at once and never rejects: trouble is logged, and whoever looks now and then finds out all the same. */
  tell(change: RequestChanged): Promise<void>;
  /** Gives the function that ends it. */
  watch(listener: (change: RequestChanged) => void): () => void;
  close(): Promise<void>;
}
