import type { Simulator } from "../../connectors/http/simulator/simulator.ts";
import type { Company } from "./company.ts";

/* The time cards of Procore as somebody sees and edits them on Procore's own pages: with names, and not with numbers. */

type Row = Readonly<Record<string, unknown>>;
type Saved = Readonly<Record<string, readonly Row[]>>;

interface Card {
  readonly worker: string;
  readonly date: unknown;
  readonly hours: unknown;
  readonly project: unknown;
  readonly subJob: unknown;
  readonly costCode: unknown;
  readonly location: unknown;
  readonly classification: unknown;
  readonly comments: unknown;
  readonly from: unknown;
  readonly to: unknown;
  readonly lunch: unknown;
  /** The shift and its entry. */
  readonly origin: unknown;
}

type Procore = Pick<Company, "procore">;

/** Those that are not deleted, by day, shift and entry. */
export function cardsOf({ procore }: Procore): readonly Card[] {
  const saved = procore.save() as Saved;
  const rows = listOf(saved, "timecardEntries").filter((row) => row["deleted_at"] === null);
  return rows
    .map((row) => cardOf(saved, row))
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function keyOf({ date, origin }: Card): string {
  return `${String(date)} ${String(origin)}`;
}

function cardOf(saved: Saved, row: Row): Card {
  const nameOf = (list: string, key: string, name = "name") =>
    listOf(saved, list).find(({ id }) => id === row[key])?.[name] ?? null;
  return {
    worker: workerOf(saved, row["party_id"]),
    date: row["date"],
    hours: row["hours"],
    project: nameOf("projects", "project_id"),
    subJob: nameOf("subJobs", "sub_job_id"),
    costCode: nameOf("costCodes", "cost_code_id"),
    location: row["location_id"],
    classification: nameOf("workClassifications", "work_classification_id"),
    comments: row["description"],
    from: row["time_in"],
    to: row["time_out"],
    lunch: row["lunch_time"],
    origin: row["origin_data"],
  };
}

/** "Ilse Brandvold (user)", so that it shows which of two records of one person it is. */
function workerOf(saved: Saved, party: unknown): string {
  const contact = listOf(saved, "contacts").find(({ id }) => id === party);
  const user = listOf(saved, "users").find(({ person_id }) => person_id === party);
  const person = contact ?? user;
  if (!person) return "nobody";
  return `${person["first_name"]} ${person["last_name"]} (${contact ? "contact" : "user"})`;
}

function listOf(saved: Saved, name: string): readonly Row[] {
  return saved[name] ?? [];
}

/** What somebody does to a card in Procore: the one of this shift and entry. */
export function editCard({ procore }: Procore, origin: string, patch: Row): void {
  const saved = procore.save() as Saved;
  const cards = listOf(saved, "timecardEntries");
  const found = cards.filter((row) => row["origin_data"] === origin && row["deleted_at"] === null);
  if (found.length !== 1) throw new Error(`${found.length} time cards are of ${origin}`);
  const timecardEntries = cards.map((row) => (row === found[0] ? { ...row, ...patch } : row));
  procore.load({ ...saved, timecardEntries });
}

export function deleteCard(company: Procore, origin: string): void {
  editCard(company, origin, { deleted_at: "2026-01-05T08:00:00Z" });
}

/** As if it had never been there. */
export function vanish(simulator: Simulator, list: string, id: string | number): void {
  const saved = simulator.save() as Saved;
  const left = listOf(saved, list).filter((row) => row["id"] !== id);
  simulator.load({ ...saved, [list]: left });
}

/** Calls that write to a system, as "POST /rest/v1.0/…" without ids. */
export function writesTo(simulator: Simulator): readonly string[] {
  return simulator.log
    .filter(({ method, url }) => method !== "GET" && !url.includes("token"))
    .map(({ method, url }) => `${method} ${url.replace(/\?.*/, "")}`);
}

/** What somebody corrects in SmartBarrel, where an entry keeps its id: values of a shift, and of its first entry. */
export function correct(
  { smartbarrel }: Pick<Company, "smartbarrel">,
  id: string,
  { entry = {}, ...values }: Row & { readonly entry?: Row },
): void {
  const saved = smartbarrel.save() as Saved;
  const shifts = listOf(saved, "shifts").map((shift) => {
    if (shift["id"] !== id) return shift;
    const [first, ...others] = shift["entries"] as readonly Row[];
    return { ...shift, ...values, entries: [{ ...first, ...entry }, ...others] };
  });
  smartbarrel.load({ ...saved, shifts });
}
