import { type Place, placeText } from "../../engine/config/place.ts";
import type {
  Difference,
  Entry,
  EntryField,
  EntryKind,
  Expectation,
  Failure,
} from "../../engine/mapping-test/mapping-test.ts";
import type { Value } from "../../engine/value/value.ts";
import type { TextOptions } from "./paint.ts";
import { valueText } from "./value-text.ts";
import { visible } from "./visible.ts";
import { fieldReasonText } from "./words.ts";

/*
 * A failure as a diff: lines with `-` are what the test expects, lines with `+` what the plan says, with the line of the
 * mapping that says so.
 */

export function failuresText(
  failures: readonly Failure[],
  tested: string,
  text: TextOptions,
): string {
  const options = { ...text, tested };
  const shown = new Set(failures.flatMap((one) => (one.kind === "unexpected" ? one.actual : [])));
  return failures
    .map((failure) => [...leadOf(failure), ...failureLines(failure, shown, options)])
    .map((lines) => lines.map((line) => `  ${line}`).join("\n"))
    .join("\n\n");
}

/** With the mapping that is tested; of others the name is told. */
type FailureOptions = TextOptions & { readonly tested: string };

function leadOf(failure: Failure): readonly string[] {
  switch (failure.kind) {
    case "missing":
    case "unexpected":
    case "different":
      return failure.round === "next" ? ["In the plan after that:"] : [];
    case "not-applied":
      return ["This could not be carried out:"];
    case "again":
      return ["Everything was applied, and the next plan would write once more:"];
  }
}

/** `shown`: entries that have lines of their own. */
function failureLines(
  failure: Failure,
  shown: ReadonlySet<Entry>,
  options: FailureOptions,
): readonly string[] {
  switch (failure.kind) {
    case "missing":
      return missingLines(failure, shown, options);
    case "unexpected":
    case "again":
      return [...addedLines(failure.actual, options), reasonLine(failure.actual, options)];
    case "not-applied":
      return [...addedLines(failure.actual, options), `    ${visible(failure.reason)}`];
    case "different":
      return differentLines(failure, options);
  }
}

function missingLines(
  { expected, instead }: Failure & { readonly kind: "missing" },
  shown: ReadonlySet<Entry>,
  options: FailureOptions,
): readonly string[] {
  const details = expectedDetails(expected).map(([what, value]) =>
    minus(`  ${what}  ${valueText(value, options)}`, options),
  );
  const others = instead
    .filter((entry) => !shown.has(entry))
    .map((entry) => {
      const reason = visible(entry.reason);
      return `    instead: ${headOf(entry, options.tested)}. ${reason}${placed(entry.at, options)}`;
    });
  const none =
    instead.length === 0 ? [`    The plan says nothing else of ${visible(expected.what)}.`] : [];
  return [
    `${minus(headOf(expected, options.tested), options)}${placed(expected.at, options)}`,
    ...details,
    ...(others.length > 0 ? others : none),
  ];
}

function expectedDetails(expected: Expectation): readonly (readonly [string, Value])[] {
  const { target, situation, code, fields, has, candidates, differs, records } = expected;
  const words = Object.entries({ target, situation, code, candidates, differs, records });
  return [
    ...words.flatMap(([what, value]) => (value === undefined ? [] : [[what, value] as const])),
    ...Object.entries({ ...has, ...fields }),
  ];
}

function addedLines(entry: Entry, options: FailureOptions): readonly string[] {
  const { code, candidates } = entry;
  const isHeld = entry.kind === "hold";
  return [
    plus(headOf(entry, options.tested), options),
    ...(isHeld ? [plus(`  code  ${valueText(code, options)}`, options)] : []),
    ...(candidates.length > 0
      ? [plus(`  candidates  ${valueText(candidates, options)}`, options)]
      : []),
    ...entry.fields.map((field) => fieldLine(field, options)),
  ];
}

function fieldLine(field: EntryField, options: FailureOptions): string {
  const isNew = field.why === "new";
  const before = isNew ? "" : `${valueText(field.before, options)} -> `;
  const why = isNew ? "" : `${fieldReasonText[field.why]}, `;
  const at = field.at ? placeText(field.at) : "";
  const note = `${why}${at}`.replace(/, $/, "");
  const line = plus(`  ${field.field}  ${before}${valueText(field.after, options)}`, options);
  return note === "" ? line : `${line}  ${options.paint("dim", `# ${visible(note)}`)}`;
}

function differentLines(
  { actual, expected, differences }: Failure & { readonly kind: "different" },
  options: FailureOptions,
): readonly string[] {
  return [
    `  ${headOf(actual, options.tested)}${placed(expected.at, options)}`,
    ...differences.flatMap((one) => differenceLines(one, options)),
    reasonLine(actual, options),
  ];
}

function differenceLines(
  { what, expected, actual, at }: Difference,
  options: FailureOptions,
): readonly string[] {
  const line = (value: Value) => `  ${visible(what)}  ${valueText(value, options)}`;
  return [
    ...(expected === undefined ? [] : [minus(line(expected), options)]),
    ...(actual === undefined ? [] : [`${plus(line(actual), options)}${placed(at, options)}`]),
  ];
}

function reasonLine({ reason, at }: Entry, options: FailureOptions): string {
  return `    ${visible(reason)}${placed(at, options)}`;
}

function placed(at: Place | undefined, { paint }: TextOptions): string {
  return at ? `  ${paint("dim", `# ${visible(placeText(at))}`)}` : "";
}

const kindText: Readonly<Record<EntryKind, string>> = {
  create: "create",
  link: "link",
  update: "update",
  retire: "retire",
  unlink: "unlink",
  delete: "delete",
  hold: "hold",
  passOver: "pass over",
  inStep: "in step:",
  near: "near:",
  finding: "finding",
  guard: "guard",
};

/** One line for what a plan says: `update ana by users: job_title, is_active`. */
export function entryLine(entry: Entry, tested: string): string {
  const fields = entry.fields.map(({ field }) => field).join(", ");
  const code = entry.kind === "hold" ? ` (${entry.code})` : "";
  return `${headOf(entry, tested)}${code}${fields === "" ? "" : visible(`: ${fields}`)}`;
}

/** `create ana by users`, or `by workers/users` where another mapping than the tested one does it */
function headOf(
  { kind, what, mapping, rule }: Pick<Entry, "kind" | "what" | "mapping" | "rule">,
  tested: string,
): string {
  const name =
    mapping === tested ? rule : [mapping, ...(rule === undefined ? [] : [rule])].join("/");
  const by = name === undefined ? "" : ` by ${name}`;
  return visible(`${kindText[kind]} ${what}${by}`);
}

function minus(text: string, { paint }: TextOptions): string {
  return paint("red", `- ${visible(text)}`);
}

function plus(text: string, { paint }: TextOptions): string {
  return paint("green", `+ ${visible(text)}`);
}
