/** What `service.yaml` says; without such a file the service serves the project of its folder with the defaults. */
export interface ServiceSettings {
  /** Absolute path of the folder of the file, or of the project. */
  readonly directory: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** As people reach it, for links in notifications, and for cookies that need https. */
  readonly publicUrl?: string;
  /** A folder (absolute) or a postgres:// URL, which is a secret. */
  readonly state: string;
  readonly workspaces: WorkspaceSource;
  readonly runs: {
    /** At one time, in this process. */
    readonly concurrency: number;
    /** Of one workspace at one time. */
    readonly perWorkspace: number;
    /** The longest that a scheduled run is put off, so that not everything starts at once, seconds. */
    readonly jitterSeconds: number;
  };
  readonly retention: { readonly runsDays: number; readonly plansDays: number };
  readonly notify: readonly NotificationTarget[];
  readonly sessions: { readonly hours: number };
  /** Values that came from the environment, for redaction. */
  readonly secrets: readonly string[];
}

export type WorkspaceSource =
  /** The project in the folder itself: one workspace. */
  | { readonly kind: "project" }
  /** Every folder in this one that has a syncctl.yaml, by the name of the folder. */
  | {
      readonly kind: "folder";
      readonly folder: string;
      readonly secrets?: string;
      readonly everySeconds: number;
    }
  /** The same in a checkout of its own that the service keeps up to date. */
  | {
      readonly kind: "git";
      readonly url: string;
      readonly branch: string;
      /** Where the checkout is kept, absolute. */
      readonly checkout: string;
      /** Within the repository. */
      readonly folder: string;
      readonly secrets?: string;
      readonly everySeconds: number;
    };

/** `blocked`: a guard or a plan asks for a person. */
export type NotificationEvent = "blocked" | "held" | "failed" | "recovered";

interface TargetBase {
  readonly events: readonly NotificationEvent[];
  /** Names of workspaces; absent: all. */
  readonly workspaces?: readonly string[];
}

export type NotificationTarget =
  | (TargetBase & { readonly kind: "webhook"; readonly url: string; readonly secret: string })
  | (TargetBase & {
      readonly kind: "email";
      readonly to: readonly string[];
      readonly from: string;
      readonly smtp: {
        readonly host: string;
        readonly port: number;
        readonly security: "tls" | "starttls" | "none";
        readonly user?: string;
        readonly password?: string;
      };
    });
