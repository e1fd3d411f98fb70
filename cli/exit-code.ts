/**
 * What scripts can rely on.
 *
 * `plan`: 0 nothing to do, 2 changes, 3 refused by a guard, 1 error. `apply` and `link`: 0 all applied, 4 partly
 * (failed, stale or in doubt), 3 refused, 1 error. `audit`: 2 when a person has something to clean. Every other command:
 * 0, or 1 when something is wrong.
 */
export const exitCode = { ok: 0, error: 1, changes: 2, refused: 3, partly: 4 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
