/** A value of a record's field: plain JSON, never `undefined`, never a Date. */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | { readonly [key: string]: Value };

/**
 * The fields of a record by name.
 *
 * `null` means the system said that the field is empty. A field that is *absent* is one the system did not tell:
 * nothing may be concluded about what it holds. The difference matters when plans compare.
 */
export type Fields = Readonly<Record<string, Value>>;
