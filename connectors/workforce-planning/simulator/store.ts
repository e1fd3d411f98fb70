import { isDeepStrictEqual } from "node:util";
import { createLaggedCollection } from "../../http/simulator/lagged-collection.ts";
import { parseWorld } from "./data.ts";
import { createIds } from "./ids.ts";
import type { Person, PersonValues } from "./person.ts";
import type { World } from "./world.ts";

/** A mail that the product would send so that somebody sets a password. */
export interface Invitation {
  readonly personId: string;
  readonly email: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the simulated product keeps. It judges nothing: the rules stand before it. */
export interface Store {
  /** The present state. */
  world(): World;
  person(id: string): Person | undefined;
  /** The people as lists show them, which may be a while behind. */
  listedPeople(): readonly Person[];
  create(values: PersonValues): Person;
  /** The person afterwards: the same object, with the same `updated_at`, when the values are there already. */
  change(person: Person, values: Partial<PersonValues>): Person;
  /** Whether the person was there. */
  remove(id: string): boolean;
  invite(person: Person): void;
  readonly invitations: readonly Invitation[];
  load(data: unknown): void;
}

export function createStore(options: {
  readonly now: () => number;
  readonly readLagMs: number;
  readonly data: unknown;
}): Store {
  const { now } = options;
  const ids = createIds();
  const people = createLaggedCollection<Person>(options);
  const invitations: Invitation[] = [];
  let rest: Omit<World, "people">;

  function load(data: unknown): void {
    ids.reserve(JSON.stringify(data) ?? "");
    const { people: loaded, ...others } = parseWorld(data, { now, newId: ids.next });
    rest = others;
    people.load(loaded.map((person) => [person.id, person]));
  }

  load(options.data);
  return {
    // Most questions are not about people; theirs are copied only for those that are.
    world: () => ({
      ...rest,
      get people() {
        return people.all();
      },
    }),
    person: people.current,
    listedPeople: () => people.list(),
    create(values) {
      const at = now();
      const person = { ...values, id: ids.next(), created_at: at, updated_at: at };
      people.put(person.id, person);
      return person;
    },
    change(person, values) {
      const changed: Person = { ...person, ...values };
      if (isDeepStrictEqual(changed, person)) return person;
      const stamped = { ...changed, updated_at: now() };
      people.put(person.id, stamped);
      return stamped;
    },
    remove: people.remove,
    invite: ({ id, email }) =>
      void invitations.push({ personId: id, email: email ?? "", at: now() }),
    invitations,
    load,
  };
}
