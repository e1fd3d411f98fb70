import fc from "fast-check";
import { expect, test } from "vitest";
import { buildPlan } from "../../engine/plan/build-plan.ts";
import { addressText } from "../../engine/value/address.ts";
import { auditOf, auditOffice } from "../support/audit-office.ts";
import { contact, person, user } from "../support/office.ts";
import { identities } from "../support/random-worlds.ts";

/* What an audit of any world promises, whoever is in it and whatever is linked. */

const mostly = fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.boolean());
const anyValues = fc.record({
  name: fc.constantFrom(...identities.map((one) => one.name), "Lee Ann", "Bob Ek"),
  email: fc.constantFrom(...identities.map((one) => one.email)),
  number: fc.constantFrom(...identities.map((one) => one.number), null),
  title: fc.constantFrom("Foreman", "Welder", null),
  active: mostly,
});
const anyWorld = fc.record({
  people: fc.array(fc.tuple(anyValues, fc.boolean()), { maxLength: 8 }),
  users: fc.array(anyValues, { maxLength: 6 }),
  contacts: fc.array(anyValues, { maxLength: 5 }),
  link: fc.boolean(),
  reaction: fc.constantFrom("link", "hold"),
});
type World = typeof anyWorld extends fc.Arbitrary<infer T> ? T : never;

function auditWorld({ people, users, contacts, link, reaction }: World) {
  return auditOffice({
    people: people.map(([fields, is_user], at) => person(`p${at}`, { ...fields, is_user })),
    // Nobody can enter two users with one e-mail address in this system.
    users: users
      .filter(({ email }, at) => users.findIndex((one) => one.email === email) === at)
      .map((fields, at) => user(`u${at}`, { ...fields, mark: null })),
    contacts: contacts.map(({ email: _email, ...fields }, at) => contact(`c${at}`, fields)),
    link,
    replace: [["found: link", `found: ${reaction}`]],
  });
}

test("an audit of any world is whole, adds up and says each thing once", async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld, async (world) => {
      const { input, made } = await auditWorld(world);
      expect(JSON.stringify(auditOf(input))).toBe(JSON.stringify(made));
      expect(made.complete).toBe(true);

      for (const counts of made.rules) {
        const { needPerson, linked, willLink, willCreate, leftOut, unsettled, records } = counts;
        expect(needPerson + linked + willLink + willCreate + leftOut + unsettled).toBe(records);
        expect(unsettled).toBe(0);
      }

      const linking = buildPlan(input);
      const taken = new Set([
        ...input.mappings.flatMap(({ links }) => links.map(({ target }) => addressText(target))),
        ...linking.changes.flatMap((change) =>
          change.kind === "link" ? [addressText(change.target)] : [],
        ),
      ]);
      for (const { candidates } of made.findings) {
        for (const { by, address } of candidates) {
          if (by === "likeness") expect(taken).not.toContain(addressText(address));
        }
      }

      // Whoever is held waits for somebody, and is in the work list.
      const working = new Set(
        made.findings
          .filter(({ severity }) => severity !== "low")
          .flatMap(({ records, candidates }) =>
            [...records, ...candidates].map(({ address }) => addressText(address)),
          ),
      );
      for (const { source, candidates } of linking.held) {
        const told = [source, ...candidates.map(({ address }) => address)].map(addressText);
        expect(told.some((address) => working.has(address))).toBe(true);
      }

      const once = made.findings
        .filter(({ code }) => ["near-miss", "only-in-source", "unmanaged"].includes(code))
        .flatMap(({ records, rule }) => records.map(({ address }) => `${rule} ${address.id}`));
      expect(once).toEqual([...new Set(once)]);
    }),
    { numRuns: 80 },
  );
});
