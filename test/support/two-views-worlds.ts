import fc from "fast-check";

/* What random companies are made of whose directory several streams show. */

type Identity = Readonly<Record<"name" | "number", string | null>>;

/** People who are easy to mistake for one another. */
const identities: readonly Identity[] = [
  { name: "Olav Berg", number: "7" },
  { name: "Ann Lee", number: "8" },
  { name: "Bo Ek", number: "9" },
];

const anyIdentity: fc.Arbitrary<Identity> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...identities) },
  {
    weight: 1,
    arbitrary: fc.record({
      name: fc.constantFrom(...identities.map(({ name }) => name)),
      number: fc.constantFrom(...identities.map(({ number }) => number), null),
    }),
  },
);
const which = fc.nat(9);
const aSource = fc.constantFrom("staff" as const, "workers" as const);

const anyDeed = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constant("add" as const), to: aSource, values: anyIdentity }),
  },
  // The same person in both sources, at the same time.
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant("add-both" as const), values: anyIdentity }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("edit" as const),
      of: aSource,
      which,
      values: anyIdentity,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant("title" as const),
      which,
      title: fc.constantFrom("Foreman", null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("leave" as const), of: aSource, which }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("work" as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant("hand-edit" as const), which, values: anyIdentity }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant("hand-add" as const), values: anyIdentity }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("hand-remove" as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant("apart" as const), which, target: which }),
  },
);

export type Deed = typeof anyDeed extends fc.Arbitrary<infer T> ? T : never;

const anyFault = fc.record({
  stream: fc.constantFrom("contacts", "contacts", "people", "people", "users", "staff", "workers"),
  call: fc.constantFrom(
    ...(["create", "create", "create", "update", "update", "read", "get", "findByOrigin"] as const),
  ),
  after: fc.constantFrom(0, 0, 0, 1),
  kind: fc.constantFrom(
    "lose-answer" as const,
    "lose-answer" as const,
    "lose-request" as const,
    "refuse" as const,
  ),
});

/** Which mappings a run is about. */
const aChoice = fc.constantFrom("all" as const, "keepers" as const, "workers" as const);
const apartOrNot = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ one: "keepers" as const, other: "workers" as const }) },
  { weight: 1, arbitrary: fc.record({ one: aChoice, other: aChoice }) },
);

/** What is done with plans. Saved plans are applied later, or never. */
const anyRun = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ how: fc.constant("sync" as const), choice: aChoice }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ how: fc.constant("save" as const), choice: aChoice }),
  },
  // One of the youngest.
  {
    weight: 4,
    arbitrary: fc.record({ how: fc.constant("apply-saved" as const), back: fc.nat(2) }),
  },
  // Two processes plan, one after the other, and then both apply: at the same time, or in turn.
  {
    weight: 3,
    arbitrary: apartOrNot.map((choices) => ({ how: "race" as const, ...choices })),
  },
  {
    weight: 3,
    arbitrary: apartOrNot.map((choices) => ({ how: "in-turn" as const, ...choices })),
  },
  // The process dies while it creates somebody, before the system got the call or after.
  {
    weight: 2,
    arbitrary: fc.record({
      how: fc.constant("die" as const),
      choice: aChoice,
      after: fc.nat(1),
      arrived: fc.boolean(),
    }),
  },
);

export type Run = typeof anyRun extends fc.Arbitrary<infer T> ? T : never;

/** What the streams of the directory say of how far they may lag. */
export const lagMs = 30_000;
const aLag = fc.constantFrom(0, 10_000, lagMs, lagMs);

const noneOrSome: fc.Arbitrary<readonly Identity[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(anyIdentity, { maxLength: 2 }) },
);

export const anyCompany = fc.record({
  staff: fc.shuffledSubarray([...identities]),
  workers: fc.shuffledSubarray([...identities]),
  directory: noneOrSome,
  /** Through which streams the staff is brought into the directory. */
  keepers: fc.constantFrom(["contacts"], ["users"], ["contacts", "users"]),
  /** Whether a worker becomes a person only when a card needs one. */
  lazy: fc.boolean(),
  /** Whether the mapping of workers stands in the first file. */
  workersFirst: fc.boolean(),
  /** What follows when a linked record is gone. */
  lost: fc.constantFrom("hold" as const, "create" as const),
  /** How far each of them lags. */
  lags: fc.record({ contacts: aLag, people: aLag, users: aLag }),
  origin: fc.boolean(),
  rounds: fc.array(
    fc.record({
      deeds: fc.array(anyDeed, { maxLength: 3 }),
      faults: fc.array(anyFault, { maxLength: 2 }),
      run: anyRun,
      pauseMs: fc.constantFrom(1_000, 1_000, 1_000, lagMs - 1_000, lagMs + 1_000, 86_400_000),
    }),
    { minLength: 3, maxLength: 9 },
  ),
});

export type CompanyStory = typeof anyCompany extends fc.Arbitrary<infer T> ? T : never;
