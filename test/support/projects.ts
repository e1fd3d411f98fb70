import type { Company } from "./company.ts";

/* Projects as somebody sees and edits them on the pages of both products. */

type Row = Readonly<Record<string, unknown>>;

export interface ProcoreProjects {
  all(): readonly Row[];
  /** The one project with this number. */
  get(number: string): Row;
  add(project: Row): void;
  edit(number: string, patch: Row): void;
  remove(number: string): void;
}

/** The simulator is told the new world as a whole, as a person who has edited it. */
export function procoreProjects({ procore }: Pick<Company, "procore">): ProcoreProjects {
  type Saved = Readonly<Record<string, readonly Row[]>>;
  const all = () => (procore.save() as Saved)["projects"] ?? [];
  const replace = (projects: readonly Row[]) =>
    procore.load({ ...(procore.save() as Saved), projects });
  const get = (number: string) => one(all(), number);
  return {
    all,
    get,
    add: (project) => replace([...all(), project]),
    edit: (number, patch) => {
      const { id } = get(number);
      const edited = { ...patch, ...mirrored(patch) };
      replace(all().map((each) => (each["id"] === id ? { ...each, ...edited } : each)));
    },
    remove: (number) => {
      const removed = get(number);
      replace(all().filter((each) => each["id"] !== removed["id"]));
    },
  };
}

/** Procore keeps two of its dates under an older name as well. */
function mirrored(patch: Row): Row {
  const older = {
    start_date: "estimated_start_date",
    completion_date: "estimated_completion_date",
  };
  return Object.fromEntries(
    Object.entries(older).flatMap(([name, old]) => (name in patch ? [[old, patch[name]]] : [])),
  );
}

export interface PlanningProjects {
  all(): readonly Row[];
  get(number: string): Row & { readonly id: string };
  edit(number: string, patch: Parameters<Company["wfp"]["editProject"]>[1]): void;
  remove(number: string): void;
}

export function planningProjects({ wfp }: Pick<Company, "wfp">): PlanningProjects {
  const all = (): readonly Row[] => wfp.projects().map((project) => ({ ...project }));
  const get = (number: string) => {
    const found = one(all(), number);
    return { ...found, id: String(found["id"]) };
  };
  return {
    all,
    get,
    edit: (number, patch) => void wfp.editProject(get(number).id, patch),
    remove: (number) => wfp.removeProject(get(number).id),
  };
}

function one(rows: readonly Row[], number: string): Row {
  const found = rows.filter((row) => row["project_number"] === number);
  const [row] = found;
  if (!row || found.length > 1)
    throw new Error(`${found.length} projects have the number ${number}`);
  return row;
}
