/** What the product itself gives a record. Time is milliseconds since 1970. */
export interface Stamps {
  readonly id: string;
  readonly created_at: number;
  readonly updated_at: number;
}
