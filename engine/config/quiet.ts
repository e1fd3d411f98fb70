/** A window in which nothing is written, by the clocks of the project's time zone. */
export interface QuietWindow {
  /** Days of the week on which it begins: 0 is Sunday, 6 Saturday. */
  readonly days: readonly number[];
  /** Minutes of the day. `until` at or before `from`: it ends on the day after. */
  readonly from: number;
  readonly until: number;
}
