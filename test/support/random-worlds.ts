import fc from "fast-check";

/* What random worlds are made of: who is in them, what people do in them by hand, and what goes wrong. */

/** Six people who are easy to mistake for one another. */
export const identities = [
  { name: "Ann Lee", email: "ann@x.test", number: "1" },
  { name: "Ann Li", email: "ann.li@x.test", number: "01" },
  { name: "Bo Ek", email: "bo@x.test", number: "2" },
  { name: "Bo Eck", email: "BO.ECK@x.test", number: "3" },
  { name: "Cy Ott", email: "cy@x.test", number: "4" },
  { name: "Di Roe", email: null, number: "5" },
] as const;
const titles = ["Foreman", "Pipefitter", null];

const anyIdentity = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...identities) },
  // Somebody with the keys of two people, or with none.
  {
    weight: 1,
    arbitrary: fc.record({
      name: fc.constantFrom(...identities.map((one) => one.name)),
      email: fc.constantFrom(...identities.map((one) => one.email)),
      number: fc.constantFrom(...identities.map((one) => one.number), null),
    }),
  },
);
const often = fc.oneof(
  { weight: 5, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
);
const anyPerson = fc
  .record({
    identity: anyIdentity,
    title: fc.constantFrom(...titles),
    active: often,
    is_user: fc.boolean(),
  })
  .map(({ identity, ...more }) => ({ ...identity, ...more }));
const anyTarget = fc
  .record({ identity: anyIdentity, title: fc.constantFrom(...titles), active: often })
  .map(({ identity: { name, number }, ...more }) => ({ name, number, ...more }));

const anyDeed = fc.oneof(
  fc.record({
    what: fc.constant("add-target" as const),
    stream: fc.constantFrom("users", "contacts"),
    identity: anyIdentity,
  }),
  fc.record({ what: fc.constant("change-type" as const), which: fc.nat(9) }),
  fc.record({
    what: fc.constant("new-title" as const),
    which: fc.nat(9),
    stream: fc.constantFrom("people", "users", "contacts"),
    title: fc.constantFrom(...titles),
  }),
  fc.record({ what: fc.constant("edit-person" as const), which: fc.nat(9), values: anyPerson }),
  fc.record({ what: fc.constant("add-person" as const), which: fc.nat(9), values: anyPerson }),
  fc.record({ what: fc.constant("remove-person" as const), which: fc.nat(9) }),
  fc.record({
    what: fc.constant("drift" as const),
    which: fc.nat(9),
    stream: fc.constantFrom("users", "contacts"),
    values: anyTarget,
  }),
  fc.record({
    what: fc.constant("remove-target" as const),
    which: fc.nat(9),
    stream: fc.constantFrom("users", "contacts"),
  }),
);

const anyFault = fc.record({
  stream: fc.constantFrom("people", "users", "users", "contacts", "contacts"),
  call: fc.constantFrom(
    ...(["create", "create", "create", "update", "update"] as const),
    ...(["createMany", "updateMany", "read", "get", "findByOrigin"] as const),
  ),
  after: fc.nat(2),
  times: fc.integer({ min: 1, max: 2 }),
  kind: fc.constantFrom("lose-answer" as const, "lose-request" as const, "refuse" as const),
});

/** What somebody writes into a links file, about records that are there when it is written. */
const anyDecision = fc.record({
  kind: fc.constantFrom("link" as const, "link" as const, "apart" as const, "ignore" as const),
  rule: fc.constantFrom("users", "contacts"),
  source: fc.nat(9),
  target: fc.nat(9),
});

export const lagMs = 30_000;

export const anyWorld = fc.record({
  people: fc.array(anyPerson, { maxLength: 6 }),
  // The n-th user has the e-mail address of the n-th identity, and perhaps the name and number of another.
  users: fc.array(anyTarget, { maxLength: 4 }),
  contacts: fc.array(anyTarget, { maxLength: 3 }),
  batch: fc.boolean(),
  origin: fc.boolean(),
  lag: fc.boolean(),
  rounds: fc.array(
    fc.record({
      deeds: fc.array(anyDeed, { maxLength: 4 }),
      faults: fc.array(anyFault, { maxLength: 3 }),
      pauseMs: fc.constantFrom(1_000, lagMs + 1_000),
      letThrough: fc.boolean(),
      late: fc.array(anyDeed, { maxLength: 2 }),
      decisions: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(anyDecision, { minLength: 1, maxLength: 2 }) },
      ),
    }),
    { minLength: 2, maxLength: 5 },
  ),
});

export type Story = typeof anyWorld extends fc.Arbitrary<infer T> ? T : never;
