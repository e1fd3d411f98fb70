/** Runs what belongs to one key in the order in which it was asked for, each when the one before has ended. */
export function oneAfterTheOther() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const before = last.get(key) ?? Promise.resolve();
    // How the one before has ended is told to whoever asked for it.
    const own = before.then(work, work);
    last.set(key, own);
    try {
      return await own;
    } finally {
      if (last.get(key) === own) last.delete(key);
    }
  };
}
