/** The code of an error of Node or of a driver, such as `ENOENT` or `23505`; empty when it has none. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}
