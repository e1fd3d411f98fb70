/*
 * Ids of different kinds come from different ranges, so that one in the place of another is found out, and people's go
 * beyond 32 bits. None is used again, whatever is loaded or saved.
 */

const starts = {
  company: 4_242,
  user: 700_101,
  person: 25_130_000_001,
  contact: 6_800_000_001,
  template: 3_001,
  classification: 8_001,
  project: 88_000_000_001,
  timeTypes: 501,
  costCodes: 61_000_000_001,
  subJobs: 62_000_000_001,
  locations: 63_000_000_001,
  timesheets: 64_000_000_001,
  timecardEntries: 65_000_000_001,
} as const;

export type IdKind = keyof typeof starts;

export interface Ids {
  next(kind: IdKind): number;
  /** Keeps an id that a data file gave from being given out. */
  take(kind: IdKind, id: number): void;
}

export function createIds(): Ids {
  const nextOf: Record<IdKind, number> = { ...starts };
  return {
    next(kind) {
      const id = nextOf[kind];
      nextOf[kind] += 1;
      return id;
    },
    take(kind, id) {
      nextOf[kind] = Math.max(nextOf[kind], id + 1);
    },
  };
}
