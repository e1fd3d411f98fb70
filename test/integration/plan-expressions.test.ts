import { describe, expect, test } from "vitest";
import type { EngineEvent } from "../../engine/run/events.ts";
import { person } from "../support/office.ts";
import { startOffice, summary } from "../support/office-run.ts";
import { staff, worker } from "../support/two-views.ts";
import { staffContacts } from "../support/two-views-project.ts";
import { heldOf, startTwoViews, steps } from "../support/two-views-run.ts";

/* What expressions do to a plan: records that they hold with words of their own, and streams that are read for them. */

describe("held-by-expression", () => {
  const ann = person("p1", { name: "Ann Lee", email: "ann@x.test", number: "1", title: "Boss" });
  const bo = person("p2", { name: "Bo Ek", email: "bo@x.test", number: "2", title: "Welder" });

  function titled(expression: string) {
    const tail = "\n      active: active\n      mark: id\n      template";
    return [[`title: title${tail}`, `title: "${expression}"${tail}`]] as const;
  }

  test.each([
    [
      "title = 'Boss' ? $error('There is no boss here; ask Ann.') : title",
      "There is no boss here; ask Ann.",
    ],
    [
      "$assert(title != 'Boss', 'Nobody is ' & title & ' of ' & name & '!') ? '' : title",
      "Nobody is Boss of Ann Lee!",
    ],
    [
      "title = 'Boss' ? $error('Chef d’équipe: 100 % “non”, see people.yaml:3') : title",
      "Chef d’équipe: 100 % “non”, see people.yaml:3",
    ],
  ])(
    "the reason is the sentence that the author has written, and nothing else: %s",
    async (expression, sentence) => {
      const office = await startOffice({ people: [ann, bo], replace: titled(expression) });
      const plan = await office.sync();
      expect(plan.held).toMatchObject([
        {
          code: "held-by-expression",
          reason: sentence,
          situation: "absent",
          label: "Ann Lee",
          at: { file: "people.yaml" },
        },
      ]);
      expect(summary(plan)).toEqual(["create users Bo Ek"]);
      const [run] = await office.store.runs(1);
      const entries = await office.store.entries(run?.runId ?? "", { from: 0, limit: 10 });
      expect(entries).toContainEqual(
        expect.objectContaining({
          status: "held",
          code: "held-by-expression",
          reason: expect.stringContaining(sentence),
        }),
      );
    },
  );

  test("a linked record is held as well, and its counterpart is left as it is", async () => {
    const replace = titled("title = 'Boss' ? $error('There is no boss here.') : title");
    const office = await startOffice({ people: [bo], replace });
    await office.sync();
    office.clock.advance(60_000);
    const fields = { ...bo.fields, title: "Boss" };
    office.world.stream("people").put({ ...bo, fields });
    const plan = await office.sync();
    expect(plan.changes).toEqual([]);
    expect(plan.held).toMatchObject([
      { code: "held-by-expression", reason: "There is no boss here.", situation: "linked" },
    ]);
    expect(office.world.stream("users").records()[0]?.fields).toMatchObject({ title: "Welder" });
  });

  test.each([
    ["when", "when: is_user", "when: \"title = 'Boss' ? $error('Not for a boss.') : is_user\""],
    [
      "a match key",
      "- { email: email }",
      "- { email: \"title = 'Boss' ? $error('Not for a boss.') : email\" }",
    ],
  ])("also by an expression in %s", async (_where, from, to) => {
    const office = await startOffice({ people: [ann, bo], replace: [[from, to]] });
    const plan = await office.plan();
    expect(plan.held.map(({ code, reason }) => [code, reason])).toContainEqual([
      "held-by-expression",
      "Not for a boss.",
    ]);
    expect(summary(plan)).toEqual(["create users Bo Ek"]);
  });

  test("an expression that fails by itself keeps its own code, with its place and its text", async () => {
    const replace = titled("$error($number(title))");
    const office = await startOffice({ people: [ann], replace });
    const [held] = (await office.plan()).held;
    expect(held?.code).toBe("expression-failed");
    expect(held?.reason).toMatch(/^people\.yaml:\d+:\d+: .*\(in: \$error\(\$number\(title\)\)\)$/);
  });
});

describe("lookups that no living rule looks into", () => {
  const olav = { name: "Olav Berg", number: "7" };

  /** Looks into workers itself; a rule that sleeps looks into shifts, and one that is switched off into cards. */
  function mappingWith(find: string, enabled: boolean): string {
    return staffContacts
      .replace(
        "systemOfRecord",
        `  workers: { connection: office, stream: workers, use: lookup }
  shifts: { connection: office, stream: shifts, use: lookup }
  cards: { connection: office, stream: cards, use: lookup }
  partners: { connection: office, stream: partners }
vars:
  isOn: ${enabled}
  somewhere: cards
systemOfRecord`,
      )
      .replace(
        "limits:",
        `  back:
    direction: contacts -> staff
    match:
      - { number: number }
    fields:
      title: $string($count($findAll('shifts', 'worker', id)))
  partners:
    direction: staff -> partners
    enabled: $vars.isOn
    match:
      - { number: number }
    fields:
      name: name
      number: { from: "${find}", set: on-create }
limits:`,
      )
      .replace("title: title", "title: $find('workers', 'number', number).name");
  }

  /** The streams that a plan reads, each with the number of readings. */
  async function readBy(mapping: string) {
    const events: EngineEvent[] = [];
    const run = await startTwoViews({
      staff: [staff("s1", olav)],
      workers: [worker("w1", olav)],
      mappings: [mapping],
      listen: (event) => events.push(event),
    });
    const plan = await run.plan();
    const read = events.flatMap((event) => (event.kind === "read" ? event.stream.stream : []));
    return { plan, run, read: read.sort() };
  }

  const byName = "$exists($find('cards', 'mark', id)) ? '0' : number";
  const byVariable = "$exists($find($vars.somewhere, 'mark', id)) ? '0' : number";

  test("are not read: of a rule that sleeps, and of one that is switched off", async () => {
    const { plan, read } = await readBy(mappingWith(byName, false));
    expect(read).toEqual(["contacts", "partners", "staff", "workers"]);
    expect(steps(plan)).toEqual(["create contacts s1"]);
    expect(plan.findings.map(({ code, rule }) => `${code} ${rule}`)).toEqual([
      "rule-dormant back",
      "rule-dormant partners",
    ]);
  });

  test("are read once the rule is switched on, each once", async () => {
    const { plan, read } = await readBy(mappingWith(byName, true));
    expect(read).toEqual(["cards", "contacts", "partners", "staff", "workers"]);
    expect(steps(plan)).toEqual(["create contacts s1", "create partners s1"]);
  });

  test("are all read where a living rule works out the name of the lookup, and none for a rule that is switched off", async () => {
    expect((await readBy(mappingWith(byVariable, true))).read).toEqual([
      "cards",
      "contacts",
      "partners",
      "shifts",
      "staff",
      "workers",
    ]);
    expect((await readBy(mappingWith(byVariable, false))).read).toEqual([
      "contacts",
      "partners",
      "staff",
      "workers",
    ]);
  });

  test("are in nobody's way when they cannot be read; those of a living rule are", async () => {
    const problem = {
      code: "unreachable",
      message: "Out of order.",
      retry: "later",
      applied: "no",
    } as const;
    const stopped = { call: "read", kind: "refuse", problem, times: Infinity } as const;
    const { run } = await readBy(mappingWith(byName, false));
    run.world.fail({ stream: "shifts", ...stopped });
    run.world.fail({ stream: "cards", ...stopped });
    expect(steps(await run.plan())).toEqual(["create contacts s1"]);
    run.world.fail({ stream: "workers", ...stopped });
    const plan = await run.plan();
    expect([steps(plan), heldOf(plan)]).toEqual([[], []]);
    expect(plan.findings.map(({ code }) => code)).toContain("reading-stopped");
  });
});
