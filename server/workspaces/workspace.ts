import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import type { Project } from "../../engine/config/project.ts";

/** One company as the service knows it: its files as they were last right. */
export interface Workspace {
  /** Of the state, of addresses and of logs. Empty for a project of its own that names none. */
  readonly name: string;
  /** For people: `title` in syncctl.yaml, else the name, else the name of the folder. */
  readonly title: string;
  /** Absolute path of the folder of its syncctl.yaml. */
  readonly folder: string;
  /** The last configuration that was right, overrides filled in; null when there has been none yet. */
  readonly project: Project | null;
  readonly loadedAt: Date;
  /** Full id of the commit of the git checkout that the project was loaded from, with `-dirty` where files differ from it. */
  readonly commit?: string;
  /** What is wrong with the newest files, while `project` goes on. Empty when they are right. */
  readonly broken: readonly Diagnostic[];
  /** Whether decisions can be written into its links files: not in a checkout that the service pulls, nor without the right. */
  readonly isWritable: boolean;
}

export interface Workspaces {
  /** In the order of their names. */
  all(): readonly Workspace[];
  get(name: string): Workspace | undefined;
  /** Looks whether files or overrides have changed, and loads what has. Of one workspace, or of all. Never throws for bad files. */
  refresh(name?: string): Promise<void>;
  /** Called after a workspace was loaded anew, has broken, or has come or gone. */
  onChange(listener: (name: string) => void): () => void;
  close(): Promise<void>;
}
