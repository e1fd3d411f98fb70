import fc from "fast-check";

/* What random building sites are made of: who works there, what people do by hand, and what goes wrong. */

/** Workers who are easy to mistake for one another. */
const identities = [
  { name: "Ann Lee", number: "1" },
  { name: "Bo Ek", number: "2" },
  { name: "Cy Ott", number: "3" },
  { name: "Ann Lee", number: "4" },
  { name: "Di Roe", number: null },
] as const;

const anyIdentity = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...identities) },
  {
    weight: 1,
    arbitrary: fc.record({
      name: fc.constantFrom(...identities.map(({ name }) => name)),
      number: fc.constantFrom(...identities.map(({ number }) => number)),
    }),
  },
);
const often = fc.oneof(
  { weight: 4, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
);

/** Days from the day of the story: mostly inside the window, sometimes at its edges, sometimes far away. */
const anyDay = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -13, max: 0 }) },
  { weight: 3, arbitrary: fc.constantFrom(-16, -15, -14, 1, 2) },
  { weight: 1, arbitrary: fc.constantFrom(-90, 30) },
);
const anyHours = fc.constantFrom(4, 8, 7.5);
const anyProject = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("north", "south") },
  { weight: 1, arbitrary: fc.constant(null) },
);
const which = fc.nat(9);
const aCrew = fc.constantFrom("k1", "k2", null);

const anyWorker = fc
  .record({ identity: anyIdentity, crew: aCrew })
  .map(({ identity, crew }) => ({ ...identity, crew }));
const anyPerson = fc
  .record({ identity: anyIdentity, active: often })
  .map(({ identity, active }) => ({ ...identity, active }));
const anyShift = fc.record({ worker: which, day: anyDay, hours: anyHours, project: anyProject });

const deedsOfWorkers = [
  fc.record({ what: fc.constant("add-worker" as const), values: anyWorker }),
  fc.record({ what: fc.constant("edit-worker" as const), which, values: anyWorker }),
  fc.record({ what: fc.constant("remove-worker" as const), which }),
] as const;
const deedsOfPeople = [
  fc.record({ what: fc.constant("add-person" as const), values: anyPerson }),
  fc.record({ what: fc.constant("edit-person" as const), which, values: anyPerson }),
  fc.record({ what: fc.constant("activate-person" as const), which, active: fc.boolean() }),
  fc.record({ what: fc.constant("remove-person" as const), which }),
  // A contact became a user: the one is switched off, and the other has the same name and number.
  fc.record({ what: fc.constant("replace-person" as const), which }),
  fc.record({ what: fc.constant("replace-person" as const), which }),
] as const;
const deedsOfShifts = [
  fc.record({ what: fc.constant("add-shift" as const), values: anyShift }),
  fc.record({ what: fc.constant("add-shift" as const), values: anyShift }),
  fc.record({ what: fc.constant("edit-shift" as const), which, values: anyShift }),
  fc.record({ what: fc.constant("move-shift" as const), which, day: anyDay }),
  fc.record({ what: fc.constant("move-shift" as const), which, day: anyDay }),
  fc.record({
    what: fc.constant("mark-shift" as const),
    which,
    state: fc.constantFrom("deleted", "open", "approved"),
  }),
  fc.record({ what: fc.constant("remove-shift" as const), which }),
] as const;
const deedsOfCards = [
  fc.record({
    what: fc.constant("edit-card" as const),
    which,
    hours: anyHours,
    person: which,
    project: fc.constantFrom("north", "south"),
  }),
  fc.record({ what: fc.constant("move-card" as const), which, day: anyDay }),
  fc.record({ what: fc.constant("remove-card" as const), which }),
  fc.record({ what: fc.constant("add-card" as const), which, person: which }),
] as const;

const anyDeed = fc.oneof(
  { weight: 2, arbitrary: fc.oneof(...deedsOfWorkers) },
  { weight: 3, arbitrary: fc.oneof(...deedsOfPeople) },
  { weight: 5, arbitrary: fc.oneof(...deedsOfShifts) },
  { weight: 2, arbitrary: fc.oneof(...deedsOfCards) },
);

/** Between a plan and its apply somebody may well do the same by hand. */
const anyLateDeed = fc.oneof(
  { weight: 2, arbitrary: anyDeed },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("copy-worker" as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant("add-card" as const), which, person: which }),
  },
);

export type Deed = typeof anyLateDeed extends fc.Arbitrary<infer T> ? T : never;

const anyFault = fc.record({
  stream: fc.constantFrom("people", "people", "cards", "cards", "shifts", "workers"),
  call: fc.constantFrom(
    ...(["create", "create", "create", "createMany", "createMany"] as const),
    ...(["update", "read", "get", "findByOrigin"] as const),
  ),
  after: fc.constantFrom(0, 0, 0, 1, 2),
  times: fc.integer({ min: 1, max: 2 }),
  kind: fc.constantFrom(
    ...(["lose-answer", "lose-answer", "lose-answer", "lose-request", "refuse"] as const),
  ),
});

const anyDecision = fc.record({
  kind: fc.constantFrom("link" as const, "apart" as const, "ignore" as const),
  source: which,
  target: which,
});

/** Several who are easy to tell apart. */
function different(how: { readonly minLength: number; readonly maxLength: number }) {
  return fc.shuffledSubarray([...identities.slice(0, 3)], how);
}

export const lagMs = 30_000;
const dayMs = 86_400_000;

export const anySite = fc.record({
  workers: fc.oneof(
    { weight: 4, arbitrary: different({ minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(anyWorker, { minLength: 1, maxLength: 4 }) },
  ),
  people: fc.oneof(
    { weight: 4, arbitrary: different({ minLength: 0, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(anyPerson, { maxLength: 4 }) },
  ),
  shifts: fc.array(anyShift, { maxLength: 6 }),
  withoutGet: fc
    .subarray(["people", "cards", "shifts"])
    .chain((names) =>
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.constant(names) },
      ),
    ),
  origin: fc.boolean(),
  lag: fc.boolean(),
  lost: fc.constantFrom("hold" as const, "create" as const),
  /** Whether names and numbers of people are kept in step. */
  follow: fc.boolean(),
  /** Whether people have teams, which are made when a person needs them. */
  teams: fc.boolean(),
  rounds: fc.array(
    fc.record({
      deeds: fc.array(anyDeed, { maxLength: 5 }),
      faults: fc.array(anyFault, { maxLength: 3 }),
      /** Somebody stops the run after so many changes. */
      stopAfter: fc.oneof(
        { weight: 6, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
      ),
      late: fc.array(anyLateDeed, { maxLength: 2 }),
      pauseMs: fc.oneof(
        { weight: 2, arbitrary: fc.constant(1_000) },
        { weight: 5, arbitrary: fc.constant(lagMs + 1_000) },
        { weight: 3, arbitrary: fc.constantFrom(dayMs, 3 * dayMs, 15 * dayMs, 15 * dayMs) },
      ),
      decisions: fc.oneof(
        { weight: 4, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(anyDecision, { minLength: 1, maxLength: 2 }) },
      ),
    }),
    { minLength: 2, maxLength: 6 },
  ),
});

export type SiteStory = typeof anySite extends fc.Arbitrary<infer T> ? T : never;
