import type { VariableOverrides } from "../../engine/config/override-variables.ts";
import type { Clock, ConnectorDefinition } from "../../engine/connector/connector.ts";
import type { Override, ServiceStore } from "../../engine/state/service-store.ts";
import type { Fields } from "../../engine/value/value.ts";
import { lastGoodFolder } from "../settings/data-folder.ts";
import type { ServiceSettings } from "../settings/settings.ts";
import { withoutPlace } from "./find-folders.ts";
import { gitCheckout } from "./git-checkout.ts";
import { commits } from "./git-commits.ts";
import type { OverridesOf } from "./load-workspace.ts";
import { type RunGit, runGit } from "./run-git.ts";
import { openShelf } from "./shelf.ts";
import type { Workspaces } from "./workspace.ts";

/** How often the files of a project that is served alone are looked at. Seconds. */
const projectEverySeconds = 10;

export interface WorkspacesOptions {
  readonly settings: ServiceSettings;
  /** Where the variables stand that people have set. */
  readonly service: Pick<ServiceStore, "overrides">;
  readonly connectors: readonly ConnectorDefinition[];
  /** Of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly exec?: RunGit;
  /** Told when a look that nobody asked for could not be taken, because the store does not answer. The next one is. */
  readonly report?: (error: unknown) => void;
}

/** Loads every workspace, and looks for changes from then on until it is closed. */
export async function openWorkspaces(options: WorkspacesOptions): Promise<Workspaces> {
  const { settings, service, connectors, env, clock, exec: run = runGit } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const shelf = openShelf({
    context: { settings, connectors, env, lastGood: lastGoodFolder(settings) },
    clock,
    commits: commits({ env, run, signal }),
  });
  const source = settings.workspaces;
  const { secrets } = settings;
  const checkout =
    source.kind === "git" ? gitCheckout({ source, env, secrets, run, clock, signal }) : undefined;

  /** One after the other: what a later one has seen must not be replaced by what an earlier one saw. */
  let last: Promise<void> = Promise.resolve();
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  async function look(name?: string): Promise<void> {
    await shelf.refresh(overridesBy(await service.overrides()), name);
  }

  /** Fetching waits for the network, and nobody waits for it. */
  async function pull(when: "opening" | "later"): Promise<void> {
    const notFetched = checkout && (await checkout.fetch(when));
    await inTurn(async () => {
      if (signal.aborted) return;
      const trouble = notFetched ?? (checkout && (await checkout.checkOut())) ?? null;
      const message = `The repository could not be fetched: ${trouble}`;
      shelf.sourceTrouble(
        trouble === null ? [] : [withoutPlace("workspaces-fetch-failed", message)],
      );
      await look();
    });
  }

  async function keepUp(): Promise<void> {
    const seconds = source.kind === "project" ? projectEverySeconds : source.everySeconds;
    for (;;) {
      await clock.sleep(seconds * 1_000, signal);
      if (signal.aborted) return;
      try {
        await pull("later");
      } catch (error) {
        if (!options.report) throw error;
        options.report(error);
      }
    }
  }

  await pull("opening");
  const keepingUp = keepUp();
  return {
    all: shelf.all,
    get: shelf.get,
    refresh: (name) => inTurn(() => look(name)),
    onChange: shelf.onChange,
    async close() {
      closing.abort();
      await keepingUp;
      await last;
    },
  };
}

function overridesBy(overrides: readonly Override[]): OverridesOf {
  const all = new Map<string, Map<string, Record<string, Fields[string]>>>();
  for (const { workspace, mapping, variable, value } of overrides) {
    const mappings = all.get(workspace) ?? new Map<string, Record<string, Fields[string]>>();
    all.set(workspace, mappings);
    mappings.set(mapping, { ...mappings.get(mapping), [variable]: value });
  }
  const none: VariableOverrides = {};
  return (workspace) => {
    const mappings = all.get(workspace);
    return mappings ? Object.fromEntries(mappings) : none;
  };
}
