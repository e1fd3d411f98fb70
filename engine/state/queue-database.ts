/*
 * The database of an open state, for a queue library that keeps its tables in a schema of its own. The members are those
 * that such libraries ask for, so that one of them can be given the whole thing in place of a driver.
 */

export interface QueueDatabase {
  /** Which of the two it is: libraries leave out what an embedded database cannot do. */
  readonly kind: "postgres" | "pglite";
  /**
   * Runs one statement with values for `$1`, `$2` and so on; or, without values, any number of statements, which may be a
   * whole transaction from `BEGIN` to `COMMIT`. Gives the rows of all of them. What fails leaves no transaction open.
   */
  executeSql(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: Record<string, unknown>[] }>;
  /**
   * Hears what is told on a channel by `NOTIFY`, of this process and of others. `onReconnect` is called each time when
   * listening has begun, because what was told before is lost.
   */
  listen(
    channel: string,
    onNotification: (payload: string) => void,
    onReconnect: () => void,
  ): Promise<{ close(): Promise<void> }>;
}
