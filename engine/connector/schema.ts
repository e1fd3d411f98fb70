import type { Fit } from "../value/fit.ts";
import type { Value } from "../value/value.ts";

/**
 * What a field holds. Equality follows the type on both sides (`engine/value/equal.ts`), so that two spellings of
 * one phone number are no difference. Dates are `YYYY-MM-DD`; instants are ISO 8601 in UTC; a timezone is an IANA name;
 * a reference is the id of a record of another stream of the same connection, as text.
 */
export type FieldType =
  | "text"
  | "email"
  | "phone"
  | "date"
  | "instant"
  | "integer"
  | "decimal"
  | "boolean"
  | "choice"
  | "timezone"
  | "reference";

export interface FieldSchema {
  readonly type: FieldType;
  /** `read`: the system computes it. `create`: can be set when the record is created only. `write`: can be set always. */
  readonly access: "read" | "create" | "write";
  /** A create without a value for this field is refused by the system. */
  readonly required?: boolean;
  /** For `text` that the system takes for the same whatever its capitals, such as the name of a trade. */
  readonly ignoresCapitals?: boolean;
  /** For `choice`: every value that can occur. */
  readonly choices?: readonly string[];
  /**
   * For a field that takes fewer values than its type has, or spells some in one way only: what the system will hold when
   * this value is written, or why it takes none such. A pure function of a value that has the type and is not null.
   */
  readonly accepts?: (value: Value) => Fit;
  /** For `reference`: the stream of the same connection that it points to. */
  readonly references?: string;
  /** One sentence for the reference and for editors. */
  readonly about: string;
}

export interface StreamSchema {
  readonly stream: string;
  /** What one record and several are called in sentences: "user", "users". */
  readonly noun: { readonly one: string; readonly many: string };
  readonly about: string;
  readonly fields: Readonly<Record<string, FieldSchema>>;
  /** Fields that tell a person which record this is, in the order in which they are written: first and last name. */
  readonly label: readonly string[];
  /**
   * Most records that one call can create or update. Absent: one call a record. Present exactly when the stream has
   * `createMany` or `updateMany`.
   */
  readonly batchMax?: {
    readonly create?: number;
    readonly update?: number;
    /** All records of one call have the same value in this field, such as the project that a call is made for. */
    readonly alike?: string;
  };
  /**
   * Streams of one connection with the same list show the same records: one that is created in one of them appears in
   * others. `fields`: what the list calls a field, where this stream calls it otherwise.
   */
  readonly list?: { readonly name: string; readonly fields?: Readonly<Record<string, string>> };
  /**
   * Present when a reading can be limited to some days: the field (a date) that says which day a record belongs to. Such a
   * reading delivers every record of these days, and proves nothing about other days.
   */
  readonly window?: { readonly field: string };
}
