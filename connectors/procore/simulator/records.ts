import {
  createLaggedCollection,
  type LaggedCollectionOptions,
} from "../../http/simulator/lagged-collection.ts";
import { remembering } from "../../http/simulator/remembering.ts";

interface Numbered {
  readonly id: number;
  readonly company_id: number;
}

/** The records of one kind, of all companies. Lists may lag behind; everything else is as it is now. */
export interface Records<T extends Numbered> {
  /** As lists show them, by id. */
  list(companyId: number): readonly T[];
  /** As they are now, by id. */
  now(companyId: number): readonly T[];
  get(companyId: number, id: number): T | undefined;
  all(): readonly T[];
  put(record: T): T;
  load(records: readonly T[]): void;
}

export function createRecords<T extends Numbered>(options: LaggedCollectionOptions): Records<T> {
  const collection = createLaggedCollection<T>(options);
  const remembered = remembering<T, readonly T[]>();
  const ofCompany = (records: readonly T[], companyId: number) =>
    remembered(records, String(companyId), () => inCompany(records, companyId));
  return {
    list: (companyId) => ofCompany(collection.list(), companyId),
    now: (companyId) => ofCompany(collection.all(), companyId),
    get: (company_id, id) => collection.current(keyOf({ company_id, id })),
    all: collection.all,
    put(record) {
      collection.put(keyOf(record), record);
      return record;
    },
    load: (records) => collection.load(records.map((record) => [keyOf(record), record])),
  };
}

/** Those of one company, by id. */
export function inCompany<T extends Numbered>(
  records: readonly T[],
  companyId: number,
): readonly T[] {
  return records
    .filter((record) => record.company_id === companyId)
    .sort((one, other) => one.id - other.id);
}

/** The same login has the same number in every company. */
export function keyOf({ company_id, id }: Numbered): string {
  return `${company_id}/${id}`;
}
