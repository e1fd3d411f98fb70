/*
 * The company of the benchmark of timesheets, as pure data: everybody has one shift a day, split over two cost codes,
 * and each part becomes one timecard. Projects are of very different sizes.
 */

/** Days that are read back; with today that is one day more. */
export const windowDays = 14;

/** Days of shifts before those: nothing may be done with them. */
const olderDays = 2;

const entriesAShift = 2;
const codesAProject = 20;
const subJobsAProject = 2;
const levels = ["Level 1", "Level 2", "Level 3", "Roof", "Yard"];
const firstNames = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo"];

/** How many records there are, by what counts for the number of calls. */
export interface Sizes {
  readonly workers: number;
  readonly projects: number;
  /** Shifts of the days that are read. */
  readonly shifts: number;
  /** Timecards that the shifts become, by project. */
  readonly timecards: readonly number[];
}

type Row = Readonly<Record<string, unknown>>;

export interface Company {
  readonly sizes: Sizes;
  readonly smartbarrel: Readonly<Record<string, readonly Row[]>>;
  readonly procore: Readonly<Record<string, readonly unknown[]>>;
}

export const companyId = 4242;

/** Fifty workers to a project in the middle; the first project has two hundred of them and the last thirty. */
export function projectOf(worker: number, workers: number): number {
  return Math.floor(projectsOf(workers) * (worker / workers) ** 1.5);
}

function projectsOf(workers: number): number {
  return Math.max(4, Math.round(workers / 50));
}

export function companyOf(workers: number, now: number): Company {
  const projects = projectsOf(workers);
  const timecards = Array.from({ length: projects }, () => 0);
  for (let worker = 0; worker < workers; worker += 1) {
    const project = projectOf(worker, workers);
    timecards[project] = (timecards[project] ?? 0) + (windowDays + 1) * entriesAShift;
  }
  const everybody = numbers(workers);
  return {
    sizes: { workers, projects, shifts: workers * (windowDays + 1), timecards },
    smartbarrel: {
      positions: [{ id: "pos_1", name: "Carpenter" }],
      projects: numbers(projects).map((project) => ({
        id: `prj_${project}`,
        name: `Project ${project}`,
        procore_project_id: String(procoreProject(project)),
      })),
      workers: everybody.map(workerRow),
      cost_codes: numbers(projects).flatMap((project) =>
        numbers(codesAProject).map((code) => codeRow(project, code)),
      ),
      shifts: numbers(windowDays + 1 + olderDays).flatMap((day) =>
        everybody.map((worker) => shiftRow(worker, { workers, day, now })),
      ),
    },
    procore: procoreOf(projects, everybody),
  };
}

function workerRow(worker: number): Row {
  return {
    id: `wkr_${worker}`,
    first_name: firstNames[worker % firstNames.length],
    last_name: `Worker ${worker}`,
    payroll_id: `NR-${worker}`,
    phone: `+1206${2_000_000 + worker}`,
    position_id: "pos_1",
    ...(isUser(worker) && { procore_user_id: String(500_000 + worker) }),
  };
}

/** The others are contacts, and known by their payroll id. */
function isUser(worker: number): boolean {
  return worker % 3 !== 0;
}

/** Half of the codes stand under a sub job. */
function codeRow(project: number, code: number): Row {
  const own = `01-${100 + code}`;
  const segments =
    code % 2 === 0
      ? { segment_1: own }
      : { segment_1: `SJ${code % subJobsAProject}`, segment_2: own };
  return {
    id: `cc_${project * codesAProject + code}`,
    project_id: `prj_${project}`,
    name: `Code ${code}`,
    ...segments,
  };
}

export function dayBefore(now: number, days: number): string {
  return new Date(now - days * 86_400_000).toISOString().slice(0, 10);
}

function shiftRow(
  worker: number,
  at: { readonly workers: number; readonly day: number; readonly now: number },
): Row {
  const number = at.day * at.workers + worker;
  const date = dayBefore(at.now, at.day);
  const entries = entriesOf(worker, at.workers, number);
  return {
    id: `shf_${number}`,
    ...shiftFields(worker, at.workers, date),
    entries: entries.map((entry, index) => ({
      id: `ent_${number * entriesAShift + index}`,
      ...entry,
    })),
  };
}

export function shiftFields(worker: number, workers: number, date: string) {
  return {
    worker_id: `wkr_${worker}`,
    project_id: `prj_${projectOf(worker, workers)}`,
    date,
    time_in: `${date}T14:00:00Z`,
    time_out: `${date}T22:30:00Z`,
    break_minutes: 30,
    status: worker % 2 === 0 ? "pending" : "approved",
  };
}

/** `salt`: makes the codes differ from shift to shift. */
export function entriesOf(worker: number, workers: number, salt: number) {
  const project = projectOf(worker, workers);
  return [5, 3].map((hours, index) => ({
    hours,
    cost_code_id: `cc_${project * codesAProject + ((salt + index * 7) % codesAProject)}`,
    location: levels[(salt + index) % levels.length] ?? null,
  }));
}

function procoreProject(project: number): number {
  return 100_000 + project;
}

function procoreOf(projects: number, everybody: readonly number[]): Company["procore"] {
  const perProject = (make: (project: number) => readonly Row[]) =>
    numbers(projects).flatMap((project) =>
      make(project).map((row) => ({ ...row, project_id: procoreProject(project) })),
    );
  const subJobId = (project: number, job: number) => 200_000 + project * subJobsAProject + job;
  return {
    companies: [{ id: companyId, name: "Northridge Builders" }],
    workClassifications: [{ id: 700_001, name: "Carpenter" }],
    projects: numbers(projects).map((project) => ({
      id: procoreProject(project),
      name: `Project ${project}`,
    })),
    users: everybody.filter(isUser).map((worker) => ({
      ...person(worker),
      id: 500_000 + worker,
      email_address: `worker.${worker}@northridge.example`,
    })),
    contacts: everybody.filter((worker) => !isUser(worker)).map(person),
    subJobs: perProject((project) =>
      numbers(subJobsAProject).map((job) => ({
        id: subJobId(project, job),
        name: `Sub job ${job}`,
        code: `SJ${job}`,
      })),
    ),
    costCodes: perProject((project) =>
      numbers(codesAProject).map((code) => ({
        name: `Code ${code}`,
        code: `01-${100 + code}`,
        ...(code % 2 === 1 && { sub_job_id: subJobId(project, code % subJobsAProject) }),
      })),
    ),
    locations: perProject(() => levels.map((level) => ({ node_name: level }))),
  };
}

function person(worker: number): Row {
  return {
    first_name: firstNames[worker % firstNames.length],
    last_name: `Worker ${worker}`,
    employee_id: `NR-${worker}`,
    is_employee: true,
  };
}

function numbers(length: number): readonly number[] {
  return Array.from({ length }, (_nothing, index) => index);
}
