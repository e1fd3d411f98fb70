import { describe, expect, test } from "vitest";
import type { Project } from "../../engine/config/project.ts";
import type { LinkDecision } from "../../engine/links/decision.ts";
import type { RecordAddress } from "../../engine/value/address.ts";
import { ann, explainedOffice as office, ruleOf, shown } from "../support/explained-office.ts";
import { person, user } from "../support/office.ts";

/* What people have decided in links files, in the explanation of the record that it is about. */

describe("what links files say", () => {
  const source: RecordAddress = { connection: "office", stream: "people", id: "p1" };
  const target: RecordAddress = { connection: "office", stream: "users", id: "u5" };
  const at = { file: "links/people.yaml", line: 3, column: 5 };
  const decided = (decision: LinkDecision) => (project: Project) => ({
    ...project,
    mappings: project.mappings.map((one) => ({ ...one, decisions: [decision] })),
  });
  const rule = "users";

  test("that two are one", async () => {
    const { explain, open } = await office({
      people: [person("p1", ann)],
      users: [user("u5", { name: "A. Lee", email: "lee@x.test" })],
    });
    const link = { kind: "link", rule, source, target, at, by: "Ada", why: "same person" } as const;
    const explanation = await explain("p1", open(decided(link)));
    const { match, end } = ruleOf(explanation);
    expect(match).toMatchObject({ standing: "candidate", keys: [], decisions: [link] });
    expect(match?.why).toContain("links/people.yaml:3:5 says that they are one");
    expect(end.kind === "change" && end.changes.map(({ kind }) => kind)).toEqual([
      "link",
      "update",
    ]);
    expect(shown(explanation)).toContain(
      "decided   it is one with office/users/u5 (same person; Ada)",
    );
  });

  test("that one is not there", async () => {
    const { explain, open } = await office({ people: [person("p1", ann)] });
    const link = { kind: "link", rule, source, target, at } as const;
    const { match, end } = ruleOf(await explain("p1", open(decided(link))));
    expect(match?.standing).toBe("undecided");
    expect(end).toMatchObject({ kind: "held", held: { code: "decision-stale" } });
  });

  test("that two are different, and that one is left out", async () => {
    const { world, explain, open, sync } = await office({ people: [person("p1", ann)] });
    const ignore = { kind: "ignore", rule, source, at } as const;
    const out = await explain("p1", open(decided(ignore)));
    expect(ruleOf(out).end).toMatchObject({ kind: "passed-over", code: "decided-ignore" });
    expect(out.answer).toContain("is not written to office/users: links/people.yaml:3:5");
    await sync();
    const [made] = world.stream("users").records();
    const apart = {
      kind: "apart",
      rule,
      source,
      target: { ...target, id: made?.id ?? "" },
      at,
    } as const;
    const { match, end } = ruleOf(await explain("p1", open(decided(apart))));
    expect(match?.standing).toBe("parted");
    expect(end.kind === "change" && end.changes.map(({ kind }) => kind)).toEqual(["unlink"]);
  });
});
