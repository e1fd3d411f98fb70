import type { LaggedCollectionOptions } from "../../http/simulator/lagged-collection.ts";
import type { Attributes } from "./attributes.ts";
import type { Ids } from "./ids.ts";
import { changedProject, type Project, projectDefaults } from "./project.ts";
import { createRecords } from "./records.ts";

/** The projects that the simulator keeps. Lists may lag behind; everything else is as it is now. */
export interface Portfolio {
  /** As lists show them, by id. */
  projects(companyId: number): readonly Project[];
  projectsNow(companyId: number): readonly Project[];
  allProjects(): readonly Project[];
  project(companyId: number, id: number): Project | undefined;
  addProject(companyId: number, attributes: Attributes): Project;
  changeProject(project: Project, attributes: Attributes): Project;
  loadProjects(projects: readonly Project[]): void;
}

export interface PortfolioOptions extends LaggedCollectionOptions {
  readonly ids: Ids;
  /** The time stamp of now. */
  readonly at: () => string;
}

export function createPortfolio({ ids, at, ...options }: PortfolioOptions): Portfolio {
  const projects = createRecords<Project>(options);
  return {
    projects: projects.list,
    projectsNow: projects.now,
    allProjects: projects.all,
    project: projects.get,
    addProject: (companyId, attributes) =>
      projects.put({
        id: ids.next("project"),
        company_id: companyId,
        created_at: at(),
        updated_at: at(),
        permitted: true,
        time_entry: "hours",
        tools_off: [],
        attributes: changedProject(projectDefaults, attributes),
      }),
    changeProject: (project, attributes) =>
      projects.put({
        ...project,
        updated_at: at(),
        attributes: changedProject(project.attributes, attributes),
      }),
    loadProjects: projects.load,
  };
}
