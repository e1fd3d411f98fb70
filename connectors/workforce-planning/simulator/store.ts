import { parseWorld } from "./data.ts";
import type { DayStorage } from "./days.ts";
import { createIds } from "./ids.ts";
import type { Person, PersonValues } from "./person.ts";
import type { ProjectValues } from "./project.ts";
import { createShelf, type Shelf } from "./shelf.ts";
import type { World } from "./world.ts";

/** A mail that the product would send so that somebody sets a password. */
export interface Invitation {
  readonly personId: string;
  readonly email: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the simulated product keeps. */
export interface Store {
  /** The present state. */
  world(): World;
  readonly people: Shelf<PersonValues>;
  readonly projects: Shelf<ProjectValues>;
  invite(person: Person): void;
  readonly invitations: readonly Invitation[];
  load(data: unknown): void;
}

export function createStore(options: {
  readonly now: () => number;
  readonly readLagMs: number;
  readonly projectDays: DayStorage;
  readonly data: unknown;
}): Store {
  const { now, projectDays } = options;
  const ids = createIds();
  const shelfOptions = { ...options, newId: ids.next };
  const people = createShelf<PersonValues>(shelfOptions);
  const projects = createShelf<ProjectValues>(shelfOptions);
  const invitations: Invitation[] = [];
  let rest: Omit<World, "people" | "projects">;

  function load(data: unknown): void {
    ids.reserve(JSON.stringify(data) ?? "");
    const {
      people: everybody,
      projects: all,
      ...others
    } = parseWorld(data, {
      now,
      newId: ids.next,
      projectDays,
    });
    rest = others;
    people.load(everybody);
    projects.load(all);
  }

  load(options.data);
  return {
    // Most questions are about neither; they are copied only for those that are.
    world: () => ({
      ...rest,
      get people() {
        return people.all();
      },
      get projects() {
        return projects.all();
      },
    }),
    people,
    projects,
    invite: ({ id, email }) =>
      void invitations.push({ personId: id, email: email ?? "", at: now() }),
    invitations,
    load,
  };
}
