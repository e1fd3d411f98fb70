import type { LaggedCollectionOptions } from "../../http/simulator/lagged-collection.ts";
import type { Attributes } from "./attributes.ts";
import type { Ids } from "./ids.ts";
import { createRecords, type Records } from "./records.ts";
import { type TimeKind, type TimeRecord, timeDefaults, timeKindNames } from "./time-kinds.ts";
import type { TimeData, WorkClassification } from "./world.ts";

/** Time cards and what they refer to. Lists may lag behind; everything else is as it is now. */
export interface Timebook {
  /** As lists show them, by id. */
  timeRecords(kind: TimeKind, companyId: number): readonly TimeRecord[];
  timeRecordsNow(kind: TimeKind, companyId: number): readonly TimeRecord[];
  timeRecord(kind: TimeKind, companyId: number, id: number): TimeRecord | undefined;
  addTimeRecord(kind: TimeKind, place: Place, attributes: Attributes): TimeRecord;
  changeTimeRecord(kind: TimeKind, record: TimeRecord, attributes: Attributes): TimeRecord;
  /** As lists show them. */
  classifications(companyId: number): readonly WorkClassification[];
  classificationsNow(companyId: number): readonly WorkClassification[];
  addClassification(companyId: number, own: ClassificationKeys): WorkClassification;
  changeClassification(
    one: WorkClassification,
    own: Partial<ClassificationKeys>,
  ): WorkClassification;
  loadTime(data: TimeData): void;
  saveTime(): Readonly<Record<string, unknown>>;
}

type Place = Pick<TimeRecord, "company_id" | "project_id">;
type ClassificationKeys = Pick<WorkClassification, "name" | "abbreviation" | "project_ids">;

export interface TimebookOptions extends LaggedCollectionOptions {
  readonly ids: Ids;
  /** The time stamp of now. */
  readonly at: () => string;
}

export function createTimebook({ ids, at, ...options }: TimebookOptions): Timebook {
  const classifications = createRecords<WorkClassification>(options);
  const records = Object.fromEntries(
    timeKindNames.map((kind) => [kind, createRecords<TimeRecord>(options)]),
  ) as Record<TimeKind, Records<TimeRecord>>;
  return {
    timeRecords: (kind, companyId) => records[kind].list(companyId),
    timeRecordsNow: (kind, companyId) => records[kind].now(companyId),
    timeRecord: (kind, companyId, id) => records[kind].get(companyId, id),
    addTimeRecord: (kind, place, attributes) =>
      records[kind].put({
        id: ids.next(kind),
        ...place,
        created_at: at(),
        updated_at: at(),
        attributes: { ...timeDefaults(kind), ...attributes },
      }),
    changeTimeRecord: (kind, record, attributes) =>
      records[kind].put({
        ...record,
        updated_at: at(),
        attributes: { ...record.attributes, ...attributes },
      }),
    classifications: classifications.list,
    classificationsNow: classifications.now,
    addClassification: (company_id, own) =>
      classifications.put({
        id: ids.next("classification"),
        company_id,
        ...own,
        created_at: at(),
        updated_at: at(),
      }),
    changeClassification: (one, own) => classifications.put({ ...one, ...own, updated_at: at() }),
    loadTime(data) {
      classifications.load(data.workClassifications);
      for (const kind of timeKindNames) records[kind].load(data[kind]);
    },
    saveTime: () => ({
      workClassifications: classifications.all(),
      ...Object.fromEntries(timeKindNames.map((kind) => [kind, records[kind].all().map(flat)])),
    }),
  };
}

function flat({ attributes, ...own }: TimeRecord): unknown {
  return { ...own, ...attributes };
}
