import type { ChangeKind, FieldReason } from "../../engine/plan/plan.ts";

/* The words that every view uses for the same thing. */

/** `1 record`, `2 records`, `1,204 records` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${figure(number)} ${number === 1 ? one : many}`;
}

export function figure(number: number): string {
  return number.toLocaleString("en-US");
}

/** `a`, `a and b`, `a, b and c` */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

export const changeKinds: readonly ChangeKind[] = [
  "create",
  "link",
  "update",
  "retire",
  "unlink",
  "delete",
];

/** The sign before a change: what it does to the target at a glance. */
export const kindSign: Readonly<Record<ChangeKind, string>> = {
  create: "+",
  link: ">",
  update: "~",
  retire: "-",
  unlink: "<",
  delete: "x",
};

export const kindStyle = {
  create: "green",
  link: "cyan",
  update: "yellow",
  retire: "red",
  unlink: "magenta",
  delete: "red",
} as const satisfies Record<ChangeKind, string>;

/** Why a field is written, in few words. */
export const fieldReasonText: Readonly<Record<FieldReason, string>> = {
  new: "new",
  "first-agreement": "linked for the first time",
  "source-changed": "the source changed",
  drift: "somebody changed the target",
  "source-changed-and-drift": "the source changed, and somebody changed the target",
  "mapping-changed": "the mapping changed",
  retired: "retired",
};
