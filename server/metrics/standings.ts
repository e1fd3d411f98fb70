import { Gauge, type Registry } from "prom-client";
import type { Workspaces } from "../workspaces/workspace.ts";
import { workspaceLabel } from "./labels.ts";

/** What is known of a mapping since this process began. */
interface Standing {
  readonly workspace: string;
  readonly mapping: string;
  readonly succeededAt?: Date;
  readonly held?: number;
}

export interface Standings {
  set(of: Pick<Standing, "workspace" | "mapping">, what: Partial<Standing>): void;
  watchWorkspaces(workspaces: Pick<Workspaces, "all">): void;
}

export function openStandings(registry: Registry): Standings {
  const known = new Map<string, Standing>();
  let workspaces: Pick<Workspaces, "all"> | undefined;

  const gauge = (
    name: string,
    help: string,
    value: (standing: Standing) => number | undefined,
  ): Gauge =>
    new Gauge({
      name,
      help,
      labelNames: ["workspace", "mapping"],
      registers: [registry],
      collect() {
        this.reset();
        for (const standing of present([...known.values()], workspaces)) {
          const { workspace, mapping } = standing;
          const number = value(standing);
          if (number !== undefined) {
            this.set({ workspace: workspaceLabel(workspace), mapping }, number);
          }
        }
      },
    });
  gauge(
    "syncctl_last_success_timestamp_seconds",
    "When the mapping was last in step after a run of this process.",
    ({ succeededAt }) => succeededAt && succeededAt.getTime() / 1_000,
  );
  gauge(
    "syncctl_records_held",
    "Records that are not written until somebody has looked, by the newest plan of this process.",
    ({ held }) => held,
  );
  new Gauge({
    name: "syncctl_configuration_broken",
    help: "1 where the newest files of the workspace are wrong, so that older ones go on.",
    labelNames: ["workspace"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { name, broken } of workspaces?.all() ?? []) {
        this.set({ workspace: workspaceLabel(name) }, broken.length > 0 ? 1 : 0);
      }
    },
  });

  return {
    set: ({ workspace, mapping }, what) => {
      const key = `${workspace}\u0000${mapping}`;
      known.set(key, { ...known.get(key), ...what, workspace, mapping });
    },
    watchWorkspaces: (watched) => {
      workspaces = watched;
    },
  };
}

/** Of a company that has gone, nobody waits for a success any more. */
function present(
  standings: readonly Standing[],
  workspaces: Pick<Workspaces, "all"> | undefined,
): readonly Standing[] {
  if (workspaces === undefined) return standings;
  const mappings = new Map(
    workspaces
      .all()
      .map(({ name, project }) => [name, new Set(project?.mappings.map((one) => one.name))]),
  );
  return standings.filter(
    ({ workspace, mapping }) => mappings.get(workspace)?.has(mapping) === true,
  );
}
