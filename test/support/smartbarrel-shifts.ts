import type { Company } from "./company.ts";

/* Shifts of a company that has SmartBarrel, and the time cards that Procore has of them. */

interface ShiftData {
  readonly id: string;
  readonly worker_id: string;
  readonly project_id: string;
  readonly date: string;
  readonly time_in: string;
  readonly time_out: string;
  readonly position_id?: string;
  readonly entries: readonly { readonly id: string; readonly hours: number }[];
}

/** Eight hours of yesterday, which lies within every window of days. */
export function shiftOf(
  worker: { readonly id: string },
  project: string,
  more: { readonly position_id?: string } = {},
): ShiftData {
  const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  return {
    id: `shf_${worker.id}_${project}`,
    worker_id: worker.id,
    project_id: project,
    date,
    time_in: `${date}T15:00:00Z`,
    time_out: `${date}T23:30:00Z`,
    entries: [{ id: "ent_1", hours: 8 }],
    ...more,
  };
}

type Timecard = Readonly<Record<string, unknown>>;

export function timecards({ procore }: Pick<Company, "procore">): readonly Timecard[] {
  const saved = procore.save() as Readonly<Record<string, readonly Timecard[]>>;
  return saved["timecardEntries"] ?? [];
}
