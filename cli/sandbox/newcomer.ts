import { onItsDay } from "./on-its-day.ts";
import type { CompanyData } from "./start-sandbox.ts";

/* One person who is typed into one system and turns up in all three. */

interface Company {
  readonly "workforce-planning": {
    readonly jobTitles: readonly { readonly id: string; readonly name: string }[];
    readonly permissionLevels: readonly { readonly id: string; readonly name: string }[];
    readonly people: readonly object[];
  };
  readonly smartbarrel: {
    readonly workers: readonly { readonly id: string; readonly email?: string | null }[];
    readonly shifts: readonly object[];
  };
}

const email = "nora.beck@northridge.example";

/** The office enters Nora Beck, who is to log in. */
export function hired(data: CompanyData): CompanyData {
  const { "workforce-planning": planning } = data as unknown as Company;
  const idOf = (list: readonly { readonly id: string; readonly name: string }[], name: string) =>
    list.find((one) => one.name === name)?.id;
  const nora = {
    id: "5e1f0025",
    first_name: "Nora",
    last_name: "Beck",
    is_user: true,
    is_assignable: true,
    email,
    phone: "(503) 555-0125",
    employee_number: "1025",
    job_title_id: idOf(planning.jobTitles, "Superintendent"),
    permission_level_id: idOf(planning.permissionLevels, "Manager"),
  };
  return { ...data, "workforce-planning": { ...planning, people: [...planning.people, nora] } };
}

/** The worker whom she has become has worked a day. */
export function worked(data: CompanyData, today: Date): CompanyData {
  const { smartbarrel } = data as unknown as Company;
  const worker_id = smartbarrel.workers.find((worker) => worker.email === email)?.id;
  const shift = {
    id: "shf_201",
    worker_id,
    project_id: "prj_2",
    date: 0,
    time_in: "14:00",
    time_out: "22:30",
    break_minutes: 30,
    status: "approved",
    entries: [{ id: "ent_1", hours: 8, cost_code_id: "cc_21", earn_code: "REG" }],
  };
  const shifts = [...smartbarrel.shifts, onItsDay(shift, today)];
  return { ...data, smartbarrel: { ...smartbarrel, shifts } };
}
