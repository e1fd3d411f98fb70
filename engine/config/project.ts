import type { Mapping } from "../mapping/mapping.ts";
import type { Value } from "../value/value.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Place } from "./place.ts";
import type { QuietWindow } from "./quiet.ts";

export interface ConnectionConfiguration {
  readonly name: string;
  /** Name of the connector. */
  readonly connector: string;
  /** The other keys, environment values filled in. Holds secrets: never printed, planned, logged or stored. */
  readonly configuration: { readonly [key: string]: Value };
  readonly at: Place;
}

/** A folder with a `syncctl.yaml`, read, checked and compiled. */
export interface Project {
  /** Absolute path of the folder of `syncctl.yaml`. */
  readonly directory: string;
  /** Chosen by `--environment`. */
  readonly environment?: string;
  readonly connections: readonly ConnectionConfiguration[];
  readonly mappings: readonly Mapping[];
  /** Where decisions about links are kept. Paths and patterns count from the folder. */
  readonly links: {
    readonly patterns: readonly string[];
    readonly files: readonly { readonly file: string; readonly mapping: string }[];
  };
  /** A folder (absolute) for the embedded database, or a `postgres://` URL, which is a secret. */
  readonly state: string;
  readonly phoneCountry: string;
  /** Under which the state keeps what belongs to the project; empty where the file names none. */
  readonly workspace: string;
  /** What people call the company; absent where the file does not say. */
  readonly title?: string;
  /** Of schedules and quiet windows. */
  readonly timezone: string;
  /** When the service writes nothing, in the time zone of the project. */
  readonly quiet: readonly QuietWindow[];
  /** Over everything that decides what a plan does; not over secrets. */
  readonly digest: string;
  /** Values that came from the environment, longest first, for redaction. */
  readonly secrets: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

export type ProjectResult =
  | { readonly ok: true; readonly project: Project }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };
