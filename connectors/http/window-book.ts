/** What we know of the windows of one credential. */
export interface WindowBook {
  /** Milliseconds until a call fits into every window; 0 when it does now. */
  waitMs(now: number): number;
  /** Counts a call that is about to be sent. */
  take(): void;
  /**
   * Learns from an answer. `underWay`: our calls that are still without an answer, and that may or may not be counted
   * in `remaining`.
   */
  learn(report: {
    readonly limit: number;
    readonly remaining: number;
    /** Milliseconds since 1970, by our clock. */
    readonly resetAt: number;
    readonly underWay: number;
  }): void;
}

interface Window {
  /** The fewest calls left that an answer told of. */
  readonly reported: number;
  /** Our calls that are not in `reported`, or of which we cannot know it. What is left is the difference of the two. */
  readonly unseen: number;
  readonly resetAt: number;
}

/** Two spellings of one reset differ by the rounding to whole seconds and by the way of the answer, milliseconds. */
const sameResetMs = 2_000;

export function createWindowBook(): WindowBook {
  /**
   * By limit, because that is all that tells two windows apart: an answer describes only the nearer one, and the other
   * goes on counting here.
   */
  const windows = new Map<number, Window>();
  return {
    waitMs(now) {
      for (const [limit, { resetAt }] of windows) if (resetAt <= now) windows.delete(limit);
      const exhausted = [...windows.values()].filter(({ reported, unseen }) => reported <= unseen);
      return Math.max(now, ...exhausted.map(({ resetAt }) => resetAt)) - now;
    },
    take() {
      for (const [limit, window] of windows)
        windows.set(limit, { ...window, unseen: window.unseen + 1 });
    },
    learn({ limit, remaining, resetAt, underWay }) {
      const known = windows.get(limit);
      const isSame = known !== undefined && Math.abs(known.resetAt - resetAt) <= sameResetMs;
      if (isSame && remaining > known.reported)
        // Answers overtook each other: this call was counted before the one that told of fewer.
        windows.set(limit, { ...known, unseen: Math.max(0, known.unseen - 1) });
      else windows.set(limit, { reported: remaining, unseen: underWay, resetAt });
    },
  };
}
