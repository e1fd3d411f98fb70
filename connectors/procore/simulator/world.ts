import type { Contact } from "./contact.ts";
import type { Project } from "./project.ts";
import type { TimeKind, TimeRecord } from "./time-kinds.ts";
import type { User } from "./user.ts";

/** Everything that the simulator knows. */
export interface World extends TimeData {
  readonly companies: readonly Company[];
  readonly users: readonly User[];
  readonly contacts: readonly Contact[];
  readonly permissionTemplates: readonly PermissionTemplate[];
  readonly projects: readonly Project[];
  /** Every invitation that was sent. */
  readonly invitations: readonly Invitation[];
}

/** Time cards and what they refer to. */
export interface TimeData extends Readonly<Record<TimeKind, readonly TimeRecord[]>> {
  readonly workClassifications: readonly WorkClassification[];
}

export interface Company {
  readonly id: number;
  readonly name: string;
}

export interface PermissionTemplate {
  readonly id: number;
  readonly company_id: number;
  readonly name: string;
  readonly type: "company_tools" | "global" | "project_specific";
  readonly category: "internal" | "external";
}

export interface WorkClassification {
  readonly id: number;
  readonly company_id: number;
  readonly name: string;
  readonly abbreviation: string | null;
  /** The projects in which it is switched on. */
  readonly project_ids: readonly number[];
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Invitation {
  readonly company_id: number;
  readonly user_id: number;
}
