import { stat } from "node:fs/promises";

/** Whether something is at a path. What cannot be looked at counts as there; reading it says what is the matter. */
export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) =>
      !(
        error instanceof Error &&
        "code" in error &&
        ["ENOENT", "ENOTDIR"].includes(`${error.code}`)
      ),
  );
}
