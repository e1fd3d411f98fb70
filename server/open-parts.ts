import { join } from "node:path";
import { openEngine } from "../engine/run/open-engine.ts";
import type { QueueDatabase } from "../engine/state/queue-database.ts";
import type { State } from "../engine/state/state.ts";
import { openAccess } from "./access/open-access.ts";
import { openHttp } from "./http/open-http.ts";
import { openLog } from "./log/log.ts";
import { openMetrics } from "./metrics/metrics.ts";
import { openNotifier } from "./notify/open-notifier.ts";
import { openRequestChanges } from "./queue/open-request-changes.ts";
import { openRunQueue } from "./queue/open-run-queue.ts";
import { openRetention } from "./retention/retention.ts";
import { type Asked, askForRun } from "./runs/ask-for-run.ts";
import { carryOut } from "./runs/carry-out.ts";
import { keepSweeping } from "./runs/sweep.ts";
import { openScheduler } from "./schedule/scheduler.ts";
import type { ServeOptions, Serving } from "./serve.ts";
import { openService } from "./service/open-service.ts";
import { openWorkspaces } from "./workspaces/open-workspaces.ts";

/*
 * The parts of the service, each made of those before it. What is opened last is closed first: nobody is let in any more,
 * nothing new is started, what is under way ends between two records, and then what it needed is closed.
 */

/** Between two looks at the clock, seconds. */
const tickSeconds = 5;

/** Built by `npm run prepare`. */
const dashboard = join(import.meta.dirname, "dashboard/build");

export async function openParts(
  options: ServeOptions,
  state: State,
  parts: AsyncDisposableStack,
): Promise<Pick<Serving, "url" | "isOpen">> {
  const ground = openGround(options, state);
  const company = await openCompanies(options, ground, parts);
  const running = await openRunning(options, { ...ground, ...company }, parts);
  return openDoors(options, { ...ground, ...company, ...running }, parts);
}

type Ground = ReturnType<typeof openGround>;

/** What everything else needs, and nobody has to close. */
function openGround(options: ServeOptions, state: State) {
  const { clock, newId, version } = options;
  const log = openLog({ level: options.logLevel, write: options.writeLog, clock });
  log.hide(options.settings.secrets);
  const metrics = openMetrics({ version });
  const { host, pid } = options.process;
  const processName = `${host}/${pid}/${newId()}`;
  return { state, store: state.service, database: databaseOf(state), log, metrics, processName };
}

function databaseOf(state: State): QueueDatabase {
  const database = state.queueDatabase();
  if (database === null) throw new Error("the service needs a state with a database");
  return database;
}

type Companies = Awaited<ReturnType<typeof openCompanies>>;

/** The workspaces, and how the processes of the installation hear of each other. */
async function openCompanies(
  { settings, connectors, clock, env }: ServeOptions,
  { store, database, log, metrics, processName }: Ground,
  parts: AsyncDisposableStack,
) {
  const workspaces = await openWorkspaces({
    ...{ settings, service: store, connectors, env, clock },
    report: (err) => log.error("The files of the workspaces could not be looked at.", { err }),
  });
  parts.defer(() => workspaces.close());
  const hideSecrets = () => log.hide(workspaces.all().flatMap((one) => one.project?.secrets ?? []));
  hideSecrets();
  workspaces.onChange(hideSecrets);
  metrics.watchWorkspaces(workspaces);
  const changes = await openRequestChanges({ database, clock, processName, log });
  parts.defer(() => changes.close());
  return { workspaces, changes };
}

type Running = Awaited<ReturnType<typeof openRunning>>;

/** Everything that happens by itself: carrying out what is asked for, asking by schedule, telling people, forgetting. */
async function openRunning(
  { settings, connectors, clock, random, newId, version }: ServeOptions,
  ground: Ground & Companies,
  parts: AsyncDisposableStack,
) {
  const { state, store, database, log, metrics, processName, workspaces, changes } = ground;
  const { concurrency, perWorkspace, jitterSeconds } = settings.runs;
  const notifier = openNotifier({
    ...{ targets: settings.notify, state, clock, random, log, version },
    ...(settings.publicUrl === undefined ? {} : { publicUrl: settings.publicUrl }),
    titleOf: (name) => workspaces.get(name)?.title ?? name,
    onSent: metrics.notificationSent,
  });
  parts.defer(() => notifier.close());

  const queue = await openRunQueue({
    ...{ database, clock, concurrency, perWorkspace, processName, log },
  });
  const working = queue.work(
    carryOut({
      ...{
        state,
        workspaces,
        connectors,
        changes,
        clock,
        random,
        newId,
        version,
        processName,
        log,
      },
      onEvent: (workspace, event, { connections }) =>
        metrics.engineEvent(
          workspace,
          event,
          (connection) => connections.find(({ name }) => name === connection)?.connector,
        ),
      onSettled: async (request, plan) => {
        metrics.requestSettled(request);
        await notifier.requestSettled(request, plan);
      },
    }),
  );
  parts.defer(async () => {
    await queue.stop();
    await working;
  });
  metrics.watchQueue(queue);

  const sweeping = keepSweeping({ store, queue, clock, log });
  parts.defer(() => sweeping.stop());
  const retention = openRetention({ ...settings.retention, store, clock, log });
  parts.defer(() => retention.stop());
  const ask = (asked: Asked) => askForRun({ store, queue, changes, clock, newId }, asked);
  const scheduler = openScheduler({
    ...{ workspaces, state, ask, clock, jitterSeconds, tickSeconds, log },
  });
  parts.defer(() => scheduler.stop());
  return { queue, ask, scheduler };
}

/** What people and programs ask over HTTP. */
async function openDoors(
  options: ServeOptions,
  ground: Ground & Companies & Running,
  parts: AsyncDisposableStack,
): Promise<Pick<Serving, "url" | "isOpen">> {
  const { settings, connectors, clock, random, newId, secretBytes, version } = options;
  const { state, store, database, log, metrics, workspaces, changes, queue, ask } = ground;
  const service = openService({
    ...{ state, workspaces, ask, changes, clock, newId, secretBytes, log },
    nextRunAt: ground.scheduler.nextRunAt,
    enqueue: ({ id: requestId, workspace, mapping }) =>
      queue.enqueue({ requestId, workspace, mapping }),
    openEngine: ({ name, project }, observe) => {
      const own = { connectors, store: state.workspace(name), clock, random, newId };
      return openEngine(project, { ...own, observe, version });
    },
    readinessChecks: [
      {
        what: "database",
        check: async () => {
          await database.executeSql("select 1");
          return { isOk: true, message: "It answers." };
        },
      },
    ],
  });
  const access = openAccess({
    ...{ store, clock, newId, secretBytes },
    ...{ listenHost: settings.listen.host, sessionHours: settings.sessions.hours },
  });
  const http = await openHttp({
    ...{ service, access, metrics, log, clock, newId, version, dashboard },
    ...(settings.publicUrl === undefined ? {} : { publicUrl: settings.publicUrl }),
    listen: settings.listen,
  });
  parts.defer(() => http.close());
  return { url: http.url, isOpen: await access.isOpen() };
}
