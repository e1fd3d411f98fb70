import { plainPaint } from "../../cli/render/paint.ts";
import { runLog } from "../../cli/render/run-log.ts";
import type { Value } from "../../engine/value/value.ts";
import { type Company, changeLines } from "./company.ts";

/* People of a company that has SmartBarrel: as they are entered in Procore, and as they are seen in SmartBarrel. */

type Row = Readonly<Record<string, Value>>;

/** A user of Procore with everything that a worker needs, unless `more` says otherwise. */
export function employee(id: number, first: string, last: string, more: Row = {}): Row {
  const address = `${first}.${last}@northridge.example`.toLowerCase();
  return {
    id,
    first_name: first,
    last_name: last,
    email_address: address,
    mobile_phone: `(206) 555-0${String(100 + (id % 900))}`,
    employee_id: `NR-${id}`,
    is_employee: true,
    ...more,
  };
}

/** The one worker with this last name, as SmartBarrel keeps it. */
export function workerNamed(company: Company, lastName: string): Row & { readonly id: string } {
  return the(company.smartbarrel.workers.all(), "last_name", lastName);
}

/** What the position of that worker is called; null where there is none. */
export function positionOf(company: Company, lastName: string): Value {
  const id = workerNamed(company, lastName)["position_id"];
  const found = company.smartbarrel.positions.all().find((position) => position.id === id);
  return found?.["name"] ?? null;
}

/** By the alphabet, because positions are made several at a time. */
export function positionNames(company: Company): readonly string[] {
  return company.smartbarrel.positions
    .all()
    .map(({ name }) => String(name))
    .toSorted();
}

export function positionNamed(company: Company, name: string): Row & { readonly id: string } {
  return the(company.smartbarrel.positions.all(), "name", name);
}

function the<T extends Row>(rows: readonly T[], key: string, value: string): T {
  const [row, ...more] = rows.filter((one) => one[key] === value);
  if (!row || more.length > 0) throw new Error(`not one record has ${key} ${value}`);
  return row;
}

type Classification = Readonly<Record<string, unknown>>;

export function classifications({ procore }: Pick<Company, "procore">): readonly Classification[] {
  const saved = procore.save() as Readonly<Record<string, readonly Classification[]>>;
  return saved["workClassifications"] ?? [];
}

/** Puts these in the place of all classifications, as an administrator of Procore does. */
export function enterClassifications(
  { procore }: Pick<Company, "procore">,
  workClassifications: readonly Classification[],
): void {
  procore.load({ ...(procore.save() as Classification), workClassifications });
}

/** The calls that SmartBarrel has got beside those that read. */
export function writesToSmartbarrel(company: Company): number {
  return company.smartbarrel.log.filter(({ method }) => method !== "GET").length;
}

export function writesToProcore(company: Company): number {
  return company.procore.log.filter(
    ({ method, url }) => method !== "GET" && !url.includes("oauth/token"),
  ).length;
}

/** The log of the last run as a text file has it. */
export async function lastRunText({ store }: Pick<Company, "store">): Promise<string> {
  const [run] = await store.runs(1);
  if (!run) throw new Error("there was no run");
  const log = runLog("txt", run, { paint: plainPaint, brief: false, timeZone: "UTC" });
  const entries = await store.entries(run.runId, { from: 0, limit: 1_000 });
  return log.head + entries.map((entry) => log.line(entry)).join("");
}

/** For the end of every scenario: nothing is left to do. */
export async function nothingIsLeft(company: Company): Promise<readonly string[]> {
  return changeLines(await company.plan());
}
