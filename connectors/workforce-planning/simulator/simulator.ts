import { createSimulator, simulatorNow } from "../../http/simulator/create-simulator.ts";
import type { RateWindow } from "../../http/simulator/rate-windows.ts";
import type { Simulator, SimulatorOptions } from "../../http/simulator/simulator.ts";
import { type Credentials, openFrontDoors } from "./front-doors.ts";
import { type ListStyle, pageSizeDocumented } from "./people-list.ts";
import { type Person, type PersonValues, personDefaults } from "./person.ts";
import { parsePersonValues } from "./person-values.ts";
import { createStore, type Invitation } from "./store.ts";

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
  /** People a page. */
  readonly pageSize?: number;
  /** Whether lists of people come in an envelope when a page is asked for. */
  readonly listStyle?: ListStyle;
  /** Both forms of a person's time stamps are documented. Default `iso`. */
  readonly personTimestamps?: "iso" | "epoch";
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
}

/** An hour, in seconds. The real life of a token is not published. */
const tokenLifeSecondsDefault = 3600;

export async function startWorkforcePlanningSimulator(
  options: WorkforcePlanningSimulatorOptions = {},
): Promise<WorkforcePlanningSimulator> {
  const now = simulatorNow(options);
  const { data = {}, ...others } = options;
  const store = createStore({ now, readLagMs: options.readLagMs ?? 0, data });
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
      });
    },
    load: store.load,
    save: store.world,
    expireTokens: () => expireTokens(),
    errorBody: (_status, message) => ({ message, errors: {} }),
  });

  function mustFind(id: string): Person {
    const person = store.person(id);
    if (!person) throw new Error(`Workforce Planning simulator: there is no person ${id}.`);
    return person;
  }

  return {
    ...simulator,
    invitations: store.invitations,
    people: () => store.world().people,
    add({ first_name, last_name, ...more }) {
      return store.create({ ...personDefaults, ...checked(more), first_name, last_name });
    },
    edit: (id, values) => store.change(mustFind(id), checked(values)),
    remove: (id) => void store.remove(mustFind(id).id),
  };
}

function checked(values: Partial<PersonValues>): Partial<PersonValues> {
  const parsed = parsePersonValues(values);
  if (parsed.ok) return parsed.values;
  throw new Error(`Workforce Planning simulator: ${JSON.stringify(parsed.reasons)}`);
}
