import { createSimulator, simulatorNow } from "../../http/simulator/create-simulator.ts";
import type { RateWindow } from "../../http/simulator/rate-windows.ts";
import type { Simulator, SimulatorOptions } from "../../http/simulator/simulator.ts";
import type { DayStorage } from "./days.ts";
import { type Credentials, openFrontDoors } from "./front-doors.ts";
import { type ListStyle, pageSizeDocumented } from "./list.ts";
import { type Person, type PersonValues, personDefaults, personKinds } from "./person.ts";
import type { Project } from "./project.ts";
import { type EnteredProject, enteredProject, newProject } from "./project-values.ts";
import { createStore, type Invitation, type Store } from "./store.ts";
import { type Parsed, parseValues } from "./values.ts";

/** What the simulator takes unless it is started with others. */
export const simulatorCredentials = {
  oauth: { clientId: "wfp-app", clientSecret: "wfp-app-secret" },
  /** Basic has a pair of its own (documented). */
  basic: { clientId: "wfp-basic", clientSecret: "wfp-basic-secret" },
} as const;

/** Published figures of Procore's gateway, for `rateWindows`. */
export const procoreRateWindows: readonly RateWindow[] = [
  { limit: 600, seconds: 3600 },
  { limit: 25, seconds: 10 },
];

export interface WorkforcePlanningSimulatorOptions extends SimulatorOptions {
  readonly oauth?: Credentials;
  readonly basic?: Credentials;
  /** People or projects a page. */
  readonly pageSize?: number;
  /** Whether lists of people and projects come in an envelope when a page is asked for. */
  readonly listStyle?: ListStyle;
  /** Both forms of a person's time stamps are documented. Default `iso`. */
  readonly personTimestamps?: "iso" | "epoch";
  /** Which instant is kept for a date of a project, which is not documented. Default `zone`. */
  readonly projectDays?: DayStorage;
  /** Demands name and status, and the start date of an active project, of every update. Default false. */
  readonly strictProjectUpdates?: boolean;
  /** Limits behind Procore's front door. Default: none. */
  readonly rateWindows?: readonly RateWindow[];
}

export interface WorkforcePlanningSimulator extends Simulator {
  /** The mails that the product would have sent. */
  readonly invitations: readonly Invitation[];
  /** Everybody, as the product keeps them now. */
  people(): readonly Person[];
  /** Enters a person as a user of the product does on its pages, unjudged. */
  add(values: Pick<Person, "first_name" | "last_name"> & Partial<PersonValues>): Person;
  /** Changes a person as a user of the product does on its pages, unjudged. */
  edit(id: string, values: Partial<PersonValues>): Person;
  /** Deletes a person as a user of the product does on its pages. */
  remove(id: string): void;
  /** All projects, as the product keeps them now. */
  projects(): readonly Project[];
  /** Enters a project as a user of the product does on its pages, unjudged; without groups, in all of them. */
  addProject(values: Pick<EnteredProject, "name"> & Partial<EnteredProject>): Project;
  /** Changes a project, its groups included, as a user of the product does on its pages, unjudged. */
  editProject(id: string, values: Partial<EnteredProject>): Project;
  /** Deletes a project as a user of the product does on its pages. */
  removeProject(id: string): void;
}

/** An hour, in seconds. The real life of a token is not published. */
const tokenLifeSecondsDefault = 3600;

export async function startWorkforcePlanningSimulator(
  options: WorkforcePlanningSimulatorOptions = {},
): Promise<WorkforcePlanningSimulator> {
  const now = simulatorNow(options);
  const { data = {}, projectDays = "zone", ...others } = options;
  const store = createStore({ now, readLagMs: options.readLagMs ?? 0, projectDays, data });
  let expireTokens = () => {};
  const simulator = await createSimulator({
    options: others,
    routes: (app) => {
      expireTokens = openFrontDoors(app, {
        store,
        now,
        tokenLifeSeconds: options.tokenLifeSeconds ?? tokenLifeSecondsDefault,
        oauth: options.oauth ?? simulatorCredentials.oauth,
        basic: options.basic ?? simulatorCredentials.basic,
        rateWindows: options.rateWindows ?? [],
        pageSize: options.pageSize ?? pageSizeDocumented,
        listStyle: options.listStyle ?? "envelope",
        personTimestamps: options.personTimestamps ?? "iso",
        projectDays,
        strictProjectUpdates: options.strictProjectUpdates ?? false,
      });
    },
    load: store.load,
    save: store.world,
    expireTokens: () => expireTokens(),
    errorBody: (_status, message) => ({ message, errors: {} }),
  });

  return {
    ...simulator,
    ...handlePeople(store),
    ...handleProjects(store, projectDays),
    invitations: store.invitations,
  };
}

function handlePeople({ people }: Store) {
  return {
    people: people.all,
    add({ first_name, last_name, ...more }) {
      const values = checked(parseValues<PersonValues>(more, personKinds));
      return people.create({ ...personDefaults, ...values, first_name, last_name });
    },
    edit(id, values) {
      const person = mustFind(people.current(id), `person ${id}`);
      return people.change(person, checked(parseValues<PersonValues>(values, personKinds)));
    },
    remove: (id) => void people.remove(mustFind(people.current(id), `person ${id}`).id),
  } satisfies Partial<WorkforcePlanningSimulator>;
}

function handleProjects({ projects, world }: Store, storage: DayStorage) {
  const entered = (values: Partial<EnteredProject>, before: Partial<Project>) =>
    checked(enteredProject(values, before, { groups: world().groups, storage }));
  return {
    projects: projects.all,
    addProject(values) {
      const group_ids = world().groups.map(({ id }) => id);
      const project = newProject(entered({ group_ids, ...values }, {}));
      return projects.create(mustFind(project ?? undefined, "project without a name"));
    },
    editProject(id, values) {
      const project = mustFind(projects.current(id), `project ${id}`);
      return projects.change(project, entered(values, project));
    },
    removeProject: (id) => void projects.remove(mustFind(projects.current(id), `project ${id}`).id),
  } satisfies Partial<WorkforcePlanningSimulator>;
}

function mustFind<T>(record: T | undefined, what: string): T {
  if (record === undefined) throw new Error(`Workforce Planning simulator: there is no ${what}.`);
  return record;
}

function checked<T>(parsed: Parsed<T>): Partial<T> {
  if (parsed.ok) return parsed.values;
  throw new Error(`Workforce Planning simulator: ${JSON.stringify(parsed.reasons)}`);
}
