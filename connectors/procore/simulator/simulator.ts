import type { FastifyInstance } from "fastify";
import { createSimulator, simulatorNow } from "../../http/simulator/create-simulator.ts";
import { createRateWindows, type RateWindow } from "../../http/simulator/rate-windows.ts";
import type { Simulator, SimulatorOptions } from "../../http/simulator/simulator.ts";
import { createTokens, type Tokens } from "../../http/simulator/tokens.ts";
import { addClassificationRoutes } from "./classification-routes.ts";
import { addCompanyRoutes } from "./company-routes.ts";
import { createDirectory } from "./directory.ts";
import { addGate } from "./gate.ts";
import type { ListingOptions } from "./listing.ts";
import type { TimeRouteOptions } from "./open-project.ts";
import { addPeopleRoutes } from "./people-routes.ts";
import { addProjectPartRoutes } from "./project-part-routes.ts";
import { addProjectRoutes } from "./project-routes.ts";
import { addTimecardRoutes } from "./timecard-routes.ts";
import { addUserRoutes } from "./user-routes.ts";

export interface ProcoreSimulatorOptions extends SimulatorOptions {
  /** Secret by client id. Default: `procore-app` with `procore-app-secret`. */
  readonly clients?: Readonly<Record<string, string>>;
  /** Whether the service account is Admin on the Directory. Default true. */
  readonly directoryAdmin?: boolean;
  /** Whether the service account may create and change projects. Default true. */
  readonly projectAdmin?: boolean;
  /** Whether the service account may write classifications and read and write the company's time cards. Default true. */
  readonly timecardAdmin?: boolean;
  /** Whether the call for many time cards, a beta, is open to the app. Default true. */
  readonly bulkCreate?: boolean;
  /** Days back that the list of time cards goes which is asked for none; not documented. Default null: without end. */
  readonly timecardDays?: number | null;
  /** The answer about a project that the app is not permitted to see, or whose tool is off. Default 403. */
  readonly unpermittedStatus?: 403 | 404;
  /** Default: so wide that no test runs into them. */
  readonly rateWindows?: readonly RateWindow[];
  /** How a 429 says when to come back, beside `X-Rate-Limit-Reset`. Default `seconds`. */
  readonly retryAfter?: "seconds" | "none";
  /** The answer to a call without the company header. Default 400. */
  readonly missingCompanyStatus?: 400 | 404;
  /** Whether `GET users/{id}` shows inactive users. Default false. */
  readonly showsInactiveUsers?: boolean;
  /** Whether lists send `Link`. Default true. */
  readonly linkHeader?: boolean;
  /** Most rows on a page, whatever is asked for. Default 10,000, and 300 at most for projects. */
  readonly pageLengthMax?: number;
}

/** The two limits of calls that Procore has at once, in figures that it has published. */
export const procoreRateWindows: readonly RateWindow[] = [
  { limit: 25, seconds: 10 },
  { limit: 3_600, seconds: 3_600 },
];

const wideRateWindows: readonly RateWindow[] = [
  { limit: 1_000_000, seconds: 10 },
  { limit: 100_000_000, seconds: 3_600 },
];

/** Seconds (documented). */
const tokenLifeDefault = 5_400;

/** Rows (documented once, and no longer). */
const pageLengthDefault = 10_000;

/** A Procore of companies, users, people, permission templates, projects, and time cards with what they refer to. */
export function startProcoreSimulator(options: ProcoreSimulatorOptions = {}): Promise<Simulator> {
  const now = simulatorNow(options);
  const directory = createDirectory({ readLagMs: options.readLagMs ?? 0, now });
  const tokens = createTokens({
    clients: options.clients ?? { "procore-app": "procore-app-secret" },
    lifeSeconds: options.tokenLifeSeconds ?? tokenLifeDefault,
    now,
    demands: { grant_type: "client_credentials" },
  });
  const rates = createRateWindows({
    windows: options.rateWindows ?? wideRateWindows,
    now,
    retryAfter: options.retryAfter ?? "seconds",
  });
  const listing: ListingOptions = {
    linkHeader: options.linkHeader ?? true,
    pageLengthMax: options.pageLengthMax ?? pageLengthDefault,
  };

  function routes(app: FastifyInstance): void {
    addTokenRoute(app, tokens);
    const missingCompanyStatus = options.missingCompanyStatus ?? 400;
    addGate(app, { tokens, rates, directory, missingCompanyStatus });
    addCompanyRoutes(app, { directory, ...listing });
    addPeopleRoutes(app, { directory, ...listing });
    addUserRoutes(app, {
      directory,
      directoryAdmin: options.directoryAdmin ?? true,
      showsInactiveUsers: options.showsInactiveUsers ?? false,
      ...listing,
    });
    addProjectRoutes(app, {
      directory,
      projectAdmin: options.projectAdmin ?? true,
      unpermittedStatus: options.unpermittedStatus ?? 403,
      ...listing,
    });
    addTimeRoutes(app, {
      directory,
      timecardAdmin: options.timecardAdmin ?? true,
      bulkCreate: options.bulkCreate ?? true,
      timecardDays: options.timecardDays ?? null,
      unpermittedStatus: options.unpermittedStatus ?? 403,
      now,
      ...listing,
    });
  }

  return createSimulator({
    options,
    routes,
    load: directory.load,
    save: directory.save,
    expireTokens: tokens.expireAll,
    errorBody: (_status, message) => ({ errors: [message] }),
  });
}

function addTimeRoutes(app: FastifyInstance, options: TimeRouteOptions): void {
  addClassificationRoutes(app, options);
  addProjectPartRoutes(app, options);
  addTimecardRoutes(app, options);
}

function addTokenRoute(app: FastifyInstance, tokens: Tokens): void {
  app.post("/oauth/token", (request, reply) => {
    const { status, body } = tokens.grant(request.body);
    return reply.code(status).send(body);
  });
}
