import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scoreMin, scoreOf } from "../../engine/audit/near/likeness.ts";
import { type Identity, type Profile, profileOf } from "../../engine/audit/near/profile.ts";
import { nameCounter, searchLimits, searchNear } from "../../engine/audit/near/search.ts";
import { newLexicon } from "../../engine/audit/near/token.ts";
import { chance, type Somebody, somePeople } from "../support/audit-people.ts";

/*
 * The search for near misses looks only at records that share a key. Whatever it leaves out has to be nothing: it finds
 * the very pairs that are found by comparing everybody with everybody.
 */

/** Names that are easily taken for each other. */
const clans: readonly (readonly string[])[] = [
  [
    "Bob Lindqvist",
    "Robert Lindquist",
    "Lindqvist Bob",
    "B. Lindqvist",
    "Rob Erik Lindqvist",
    "Bert Lind",
  ],
  ["Ana María García", "Anamaria Garcia", "Ana Garcia Lopez", "García Ana", "A. García", "Ana"],
  ["Jon Meyer", "John Maier", "Jonny Meyer Jr.", "Jon O. Meyer", "Meyer", "J. Maier"],
  ["Petra Brandvold", "Petra Brondvald", "P Brandvold", "Petra Ng Brandvold", "Pedra Brandvold"],
  [
    "Harborview Medical Center Phase 2 East",
    "Harborview Medical Center Phase 2",
    "East Harborview Medical Centre Phase 2",
    "Harborview",
  ],
  ["Wei Chen", "Chen Wei", "", "O'Rourke", "ORourke Wei"],
];
const letters = fc.constantFrom(..."aeinorst");

/** A text after a slip of the hand, or as it was. */
function slipped(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const edit = fc.record({
    text,
    at: fc.nat(16),
    how: fc.constantFrom("keep", "keep", "keep", "keep", "swap", "drop", "put", "change"),
    letter: letters,
  });
  return edit.map(({ text, at, how, letter }) => {
    const place = Math.min(at, Math.max(0, text.length - 2));
    const [before, after] = [text.slice(0, place), text.slice(place)];
    if (how === "swap" && after.length > 1)
      return `${before}${after[1]}${after[0]}${after.slice(2)}`;
    if (how === "drop") return `${before}${after.slice(1)}`;
    if (how === "put") return `${before}${letter}${after}`;
    return how === "change" ? `${before}${letter}${after.slice(1)}` : text;
  });
}

/** Mostly empty, so that the name alone has to tell. */
function rarely(...texts: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant("") },
    { weight: 1, arbitrary: slipped(fc.constantFrom(...texts)) },
  );
}

/** Somebody of a small village, with slips: most pairs have something in common. */
const anyIdentity: fc.Arbitrary<Identity> = fc
  .record({
    name: slipped(fc.constantFrom(...clans.flat())),
    local: rarely("ana.garcia", "bob.lind", "info", "wei"),
    domain: fc.constantFrom("northridge.example", "oldname.example"),
    number: rarely("10482", "E-10482", "0010482", "20991", "7", "N/A"),
    phone: rarely("+1 503 555 0142", "(503) 555-0142", "555 0142"),
  })
  .map(({ name, local, domain, number, phone }) => ({
    name,
    emails: local === "" ? [] : [`${local}@${domain}`],
    phones: [phone],
    numbers: new Map([["employee_id", number]]),
  }));

const side = fc.array(anyIdentity, { minLength: 10, maxLength: 25, size: "max" });

/** Every pair compared: the reference. */
function everyPair(sources: readonly Profile[], targets: readonly Profile[]): readonly string[] {
  const nameCount = nameCounter(sources, targets);
  return sources.flatMap((source, at) =>
    targets.flatMap((target, other) => {
      const score = scoreOf(source, target, nameCount);
      return score !== null && score >= scoreMin ? [`${at}-${other} ${score}`] : [];
    }),
  );
}

const whole = { ...searchLimits, candidates: 1_000 };

test("the search finds exactly the pairs that comparing everybody with everybody finds", () => {
  const sides = fc.record({ sources: side, targets: side });
  let pairs = 0;
  fc.assert(
    fc.property(sides, ({ sources, targets }) => {
      const lexicon = newLexicon();
      const [left, right] = [sources, targets].map((side) =>
        side.map((one) => profileOf(one, lexicon)),
      );
      if (!left || !right) throw new Error("two sides");
      const expected = everyPair(left, right);
      const { matches, cuts } = searchNear(left, right, { limits: whole });
      const found = matches.flatMap((list, at) =>
        list.map(({ target, score }) => `${at}-${target} ${score}`),
      );
      expect(found.toSorted()).toEqual(expected.toSorted());
      expect(cuts).toEqual([]);
      pairs += expected.length;
    }),
    { numRuns: 300 },
  );
  // Worlds in which nothing is near would prove nothing.
  expect(pairs).toBeGreaterThan(1_000);
});

test("the same two sides give the same result, and the nearest come first", () => {
  fc.assert(
    fc.property(side, (identities) => {
      const search = () => {
        const lexicon = newLexicon();
        const profiles = identities.map((one) => profileOf(one, lexicon));
        return searchNear(profiles, profiles).matches;
      };
      const matches = search();
      expect(JSON.stringify(search())).toBe(JSON.stringify(matches));
      for (const list of matches) {
        expect(list.length).toBeLessThanOrEqual(searchLimits.candidates);
        const scores = list.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }
    }),
    { numRuns: 100 },
  );
});

function identity(somebody: Somebody): Identity {
  const { first, last, email, number, phone } = somebody;
  return {
    name: `${first} ${last}`,
    emails: [email],
    phones: [phone],
    numbers: new Map([["employee_id", number]]),
  };
}

/** For each source the place of its nearest target, or -1. */
function nearest(sources: readonly Somebody[], targets: readonly Somebody[]): readonly number[] {
  const lexicon = newLexicon();
  const profiles = (side: readonly Somebody[]) =>
    side.map((one) => profileOf(identity(one), lexicon));
  const { matches } = searchNear(profiles(sources), profiles(targets));
  return matches.map(([best]) => best?.target ?? -1);
}

function swapped(text: string, random: () => number): string {
  const places = [...text.slice(1)].flatMap((sign, at) => (sign === text[at] ? [] : [at]));
  const at = places[Math.floor(random() * places.length)] ?? 0;
  return `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`;
}

function dropped(text: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (text.length - 1));
  return text.slice(0, at) + text.slice(at + 1);
}

const nicknames: Readonly<Record<string, string>> = {
  James: "Jimmy",
  Robert: "Bob",
  Jose: "Pepe",
  Patricia: "Patty",
  Michael: "Mike",
  Thomas: "Tom",
  Daniel: "Dan",
  Miguel: "Mike",
  Antonio: "Toño",
  Edward: "Ted",
  Anthony: "Tony",
};

/** What is wrong in the other list. Nothing else than what is said here tells that the two are one. */
const mistakes: Readonly<
  Record<string, (one: Somebody, random: () => number) => Partial<Somebody>>
> = {
  "nothing but another e-mail": () => ({}),
  "a letter left out of the last name": (one, random) => ({ last: dropped(one.last, random) }),
  "two letters of the last name swapped": (one, random) => ({ last: swapped(one.last, random) }),
  "first and last name swapped": (one) => ({ first: one.last, last: one.first }),
  "an accent": (one) => ({ last: one.last.replace(/[aeo]/, (vowel) => `${vowel}\u0301`) }),
  "a second last name": (one) => ({ last: `${one.last} Zubiría` }),
  capitals: (one) => ({ first: one.first.toUpperCase(), last: one.last.toUpperCase() }),
  "a nickname": (one) => ({ first: nicknames[one.first] ?? one.first }),
  "an initial, and two digits of the number swapped": (one, random) => ({
    first: `${one.first.slice(0, 1)}.`,
    number: swapped(one.number, random),
  }),
  "another last name, and the same number": (one) => ({ last: "Zubiría", number: one.number }),
  "another last name, and a zero before the number": (one) => ({
    last: "Zubiría",
    number: `0${one.number}`,
  }),
  "a last name with a slip, and the e-mail in another domain": (one, random) => ({
    last: dropped(one.last, random),
    email: one.email.replace("northridge", "oldname"),
  }),
};

describe("of 500 people who are in both lists with a mistake, the right counterpart is the nearest", () => {
  // What an administrator would be told of so many planted mistakes, at least. Some people have a namesake.
  const foundMin = 0.98;

  test.each(Object.keys(mistakes))("%s", (name) => {
    const random = chance(7);
    const people = somePeople(500);
    const mistaken = people.map((one, at) => ({
      ...one,
      email: `staff.${at * 3}@oldname.example`,
      number: "",
      phone: "",
      ...mistakes[name]?.(one, random),
    }));
    const right = nearest(people, mistaken).filter((found, at) => found === at).length;
    expect(right / people.length).toBeGreaterThanOrEqual(foundMin);
  });
});

test("people who are in one list only stay apart from the others", () => {
  // Two companies that share nobody; numbers, addresses and phones of the one are not those of the other.
  const here = somePeople(1_000, 1);
  const there = somePeople(1_000, 2).map((one, at) => ({
    ...one,
    email: `x${at}@oldname.example`,
    number: `${900_000 + at * 13}`,
    phone: `+1 206 444 ${1_000_000 + at * 41}`,
  }));
  const names = new Set(there.map(({ first, last }) => `${first} ${last}`));
  const found = nearest(here, there).flatMap((target, at) => {
    const [one, other] = [here[at], there[target]];
    return one && other && !names.has(`${one.first} ${one.last}`) ? [[one, other]] : [];
  });
  // Namesakes are shown on purpose; of the others at most one in a hundred is shown for nothing.
  expect(found.length / here.length).toBeLessThan(0.01);
});

test.each([
  ["María López", "Mario López"],
  ["Kim Lee", "Tim Lee"],
  ["Ana María Souza", "Ana Paula Souza"],
  ["Juan García Jr.", "Juan García Sr."],
  ["José García", "Luis García"],
  ["Harbor Tower Phase 1", "Harbor Tower Phase 2"],
  ["Roberto Díaz", "Alberto Díaz"],
])("%s and %s with other e-mails stay apart", (one, other) => {
  const lexicon = newLexicon();
  const profile = (name: string, email: string) =>
    profileOf({ name, emails: [email], phones: [], numbers: new Map() }, lexicon);
  const sources = [profile(one, "one@northridge.example")];
  const targets = [profile(other, "other@northridge.example")];
  expect(searchNear(sources, targets).matches).toEqual([[]]);
});

interface Told {
  readonly name: string;
  readonly email?: string;
  readonly number?: string;
}

test.each<readonly [what: string, one: Told, other: Told]>([
  ["both names by ear", { name: "Philip Meyer" }, { name: "Filip Maier" }],
  [
    "an initial here, and an e-mail with a slip",
    { name: "J. García", email: "jon.garcia@northridge.example" },
    { name: "Jon García", email: "jon.gracia@northridge.example" },
  ],
  [
    "an initial there, and an e-mail with a slip",
    { name: "Jon García", email: "jon.garcia@northridge.example" },
    { name: "J. García", email: "jon.gracia@northridge.example" },
  ],
  [
    "another last name, and a number and an e-mail with a slip each",
    { name: "Ana Meyer", number: "10482", email: "ana.meyer@northridge.example" },
    { name: "Ana Lindqvist", number: "10428", email: "ana.meyre@northridge.example" },
  ],
])("found by %s", (_what, one, other) => {
  const lexicon = newLexicon();
  const [source, target] = [one, other].map(({ name, email, number }) =>
    profileOf(
      {
        name,
        emails: email === undefined ? [] : [email],
        phones: [],
        numbers: new Map(number === undefined ? [] : [["employee_id", number]]),
      },
      lexicon,
    ),
  );
  if (!source || !target) throw new Error("two records");
  expect(searchNear([source], [target]).matches[0]).toHaveLength(1);
});
