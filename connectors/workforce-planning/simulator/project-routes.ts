import type { FastifyInstance } from "fastify";
import type { DayStorage } from "./days.ts";
import { groupProjectFilters, projectFilters } from "./list.ts";
import { projectAnswer } from "./project.ts";
import {
  judgeProjectChange,
  judgeProjectCreate,
  judgeProjectUpdate,
  type ProjectRules,
} from "./project-rules.ts";
import { addRecordRoutes, type ListOptions } from "./record-routes.ts";

export interface ProjectOptions extends ListOptions {
  readonly projectDays: DayStorage;
  readonly strictProjectUpdates: boolean;
  /** How the id of a new project is answered: the descriptions of the two front doors differ. */
  readonly projectCreated: "id" | "list of ids";
}

export function addProjectRoutes(app: FastifyInstance, options: ProjectOptions): void {
  const { store, projectDays: storage, strictProjectUpdates: strictUpdates } = options;
  const rules = (): ProjectRules => ({ groups: store.world().groups, storage, strictUpdates });
  addRecordRoutes(
    app,
    {
      path: "projects",
      shelf: store.projects,
      filters: projectFilters,
      groupFilters: groupProjectFilters,
      answer: projectAnswer,
      created: (id) => (options.projectCreated === "id" ? { id } : [{ id }]),
      judgeCreate: (body) => judgeProjectCreate(body, rules()),
      judgeUpdate: (body, project) => judgeProjectUpdate(body, project, rules()),
      judgeGroups: (group_ids, project) => judgeProjectChange({ group_ids }, project, rules()),
      invite() {},
    },
    options,
  );
}
