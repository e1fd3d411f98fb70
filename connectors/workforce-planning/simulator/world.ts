import type { Person } from "./person.ts";
import type { Project } from "./project.ts";

/** All that the simulated product keeps. */
export interface World {
  /** The company's LaborChart id. */
  readonly companyId: string;
  /** The same company's id in Procore. */
  readonly procoreCompanyId: string;
  readonly people: readonly Person[];
  readonly projects: readonly Project[];
  readonly groups: readonly Group[];
  readonly jobTitles: readonly JobTitle[];
  readonly permissionLevels: readonly PermissionLevel[];
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
}

export interface JobTitle {
  readonly id: string;
  readonly name: string;
  readonly group_ids: readonly string[];
  readonly globally_accessible: boolean;
}

export interface PermissionLevel {
  readonly id: string;
  readonly name: string;
}
