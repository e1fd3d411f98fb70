import type { Call, StreamRecord, UpdateItem } from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import type { Fields } from "../../../engine/value/value.ts";
import type { Body, RecordCalls } from "../api.ts";
import type { RememberedList } from "./remembered-list.ts";

/** What tells people and projects apart; they are read in pages and written one by one in the same way. */
export interface RecordKind {
  readonly schema: StreamSchema;
  readonly calls: RecordCalls;
  /** The list that the records refer to, and whose values become a part of them. */
  readonly referred: RememberedList;
  /** The records in answers. */
  read(wires: readonly unknown[], call: Call): Promise<ReadRecords>;
  /** The record after an update of which the product says that nothing would change. */
  unchanged(item: UpdateItem, call: Call): Promise<StreamRecord>;
  updateBody(item: UpdateItem): Body;
  /** Why these values cannot be sent, as the end of a sentence. Null if they can. */
  refusal(fields: Fields): string | null;
}

export type ReadRecords =
  | {
      readonly ok: true;
      readonly records: readonly StreamRecord[];
      /** Why the list that they refer to could not be read. What depends on it is then not told. */
      readonly trouble: Problem | null;
    }
  /** `reason` ends the sentence "it answered, but ...". */
  | { readonly ok: false; readonly reason: string };
