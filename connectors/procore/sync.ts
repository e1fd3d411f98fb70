import type { Problem } from "../../engine/connector/problem.ts";
import { readReasons } from "../http/reasons.ts";
import { isRow, type Row } from "./convert.ts";
import { saysTaken } from "./problem.ts";

/*
 * The answer to a `sync` call: every record that was sent stands either among `entities`, as it is now, or among
 * `errors`, as it was sent and with its reasons (documented). Nothing is said about their order, and new records have
 * no id of ours, so that records are known again by what they hold.
 */

export interface SyncAnswer {
  readonly entities: readonly Row[];
  readonly errors: readonly Row[];
}

export function syncAnswer(body: unknown): SyncAnswer | null {
  if (!isRow(body)) return null;
  const { entities, errors } = body;
  if (!isRowList(entities) || !(errors === undefined || isRowList(errors))) return null;
  return { entities, errors: errors ?? [] };
}

function isRowList(value: unknown): value is readonly Row[] {
  return Array.isArray(value) && value.every(isRow);
}

/** From the strongest to the weakest. Each gives a text that two rows of one record share; empty: says nothing. */
const keys: readonly ((row: Row) => string)[] = [
  (row) => keyText(row["origin_id"]),
  (row) => keyText(row["id"]),
  (row) => keyText(row["email_address"]),
  (row) => keyText(row["employee_id"]),
  (row) => `${keyText(row["first_name"])} ${keyText(row["last_name"])}`.trim(),
];

function keyText(value: unknown): string {
  return typeof value === "string" || typeof value === "number"
    ? String(value).trim().toLowerCase()
    : "";
}

/**
 * For each row that was sent the row of the answer that belongs to it, or null. A key counts only where it is unique
 * among what is still open on both sides, so that two namesakes are left open rather than mixed up.
 */
export function pairRows(sent: readonly Row[], answered: readonly Row[]): readonly (Row | null)[] {
  const paired: (Row | null)[] = sent.map(() => null);
  let openSent = sent.map((_, index) => index);
  let openAnswered = [...answered];
  for (const key of keys) {
    const answers = uniqueBy(openAnswered, key);
    const indexes = uniqueBy(openSent, (index) => key(sent[index] ?? {}));
    for (const [text, index] of indexes) paired[index] = answers.get(text) ?? null;
    const taken = new Set(paired);
    openSent = openSent.filter((index) => paired[index] === null);
    openAnswered = openAnswered.filter((row) => !taken.has(row));
  }
  return paired;
}

function uniqueBy<T>(values: readonly T[], key: (value: T) => string): ReadonlyMap<string, T> {
  const groups = Map.groupBy(values, key);
  const unique = [...groups].flatMap(([text, [first, ...others]]) =>
    text === "" || first === undefined || others.length > 0 ? [] : [[text, first] as const],
  );
  return new Map(unique);
}

/** What a sync call was about. */
export interface SyncPurpose {
  readonly verb: "create" | "update";
  readonly noun: "user" | "project";
}

/** Why one record of a sync call was refused. The others of the call are not affected (documented). */
export function rowProblem(connection: string, row: Row, { verb, noun }: SyncPurpose): Problem {
  const reasons = readReasons({ errors: row["errors"] });
  const told = reasons.length > 0 ? reasons.join("; ") : "it gave no reason";
  const refusal = { retry: "never", applied: "no", detail: `PATCH ${noun}s/sync` } as const;
  if (reasons.some((reason) => /\bid: .*not found/i.test(reason))) {
    const message = `${connection} has no such ${noun}: ${told}. Plan again.`;
    return { ...refusal, code: "not-found", message };
  }
  if (verb === "create" && reasons.some(saysTaken)) {
    const message = `${connection} has such a ${noun} already: ${told}. Find it in Procore, active or inactive, and link it.`;
    return { ...refusal, code: "already-exists", message };
  }
  const message = `${connection} refused the values: ${told}. Correct them in the source system.`;
  return { ...refusal, code: "rejected", message };
}
