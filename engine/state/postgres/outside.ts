/*
 * What others do while a transaction is open, such as writing a file, may fail in ways of its own. Carried past the place
 * where every error with a code is taken for one of the database.
 */

class Outside extends Error {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    super("Something outside the database failed.");
    this.thrown = thrown;
  }
}

/** Runs something that is not the database's. */
export async function outside<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Outside(error);
  }
}

/** Throws what was thrown outside as it was. */
export async function aroundOutside<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Outside ? error.thrown : error;
  }
}
