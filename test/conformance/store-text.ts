import { describe, expect, test } from "vitest";
import { entry, intent, link, morning, run, source } from "./store-samples.ts";
import type { StoreBench } from "./store-suite.ts";

/** What people, and other programs, have been seen to put into fields. */
const hostile: readonly (readonly [what: string, text: string])[] = [
  ["nothing", ""],
  ["blanks", " \t\r\n "],
  ["quotes", `'"\`´’ \\ \\' \\\\`],
  ["SQL", "'; drop schema syncctl cascade; --"],
  ["placeholders", "$1 :name ? %s {0}"],
  ["an array of PostgreSQL", '{"a",NULL,b}'],
  ["NULL", "NULL"],
  ["a NUL character", "before\u0000after"],
  ["our own escape", "\u001A \u001A0000 \u001A\u0000"],
  ["half of a pair", "\uD83D and \uDE00, turned round: \uDE00\uD83D"],
  ["an escape of JSON", "\\u0000 \\ud83d"],
  ["emoji", "👷🏽‍♀️ Ünïcödé 漢字 \u202E"],
  ["a name of JavaScript", "__proto__"],
  ["another one", "constructor"],
];

const veryLong = "Näme'\"\\\u0000".repeat(100_000);

export function describeText({ store }: StoreBench): void {
  describe("any text comes back as it was", () => {
    test.each(hostile)("%s", async (_, text) => {
      const fields = JSON.parse(
        JSON.stringify({ plain: text, list: [text], nested: { deep: text } }),
      );
      Object.defineProperty(fields, text, { value: text, enumerable: true });
      const stored = link(`s${text}`, {
        mapping: `m${text}`,
        rule: `r${text}`,
        target: { connection: `c${text}`, stream: `s${text}`, id: `t${text}` },
        baseline: fields,
        ruleDigest: text,
      });
      expect(await store().addLink(stored)).toBe(true);
      const open = intent(text, { mapping: `m${text}`, rule: text, runId: text, fields });
      await store().begin([], [open]);
      const state = await store().load(`m${text}`);
      expect(state).toEqual({ links: [stored], intents: [open] });
      expect(JSON.stringify(state.links[0]?.baseline)).toBe(JSON.stringify(fields));
      await store().refresh([], [{ ...stored, ruleDigest: `new${text}` }]);
      expect((await store().load(`m${text}`)).links[0]?.ruleDigest).toBe(`new${text}`);

      await store().startRun(run(text, { planId: text, mappings: [text], startedBy: text }));
      const line = entry(0, {
        source: source(text),
        target: { connection: text, stream: text, id: text },
        label: text,
        reason: text,
        fields: [{ field: text, before: text, after: { [`k${text}`]: text }, why: "new" }],
      });
      await store().addEntries(text, [line]);
      expect(await store().entries(text, { from: 0, limit: 1 })).toEqual([line]);
      expect(await store().run(text)).toMatchObject({
        mappings: [text],
        startedBy: text,
        counts: { applied: 1 },
      });
      expect(await store().startRun(run("other", { planId: text }))).toBe(false);

      await store().recordReadings([{ connection: text, stream: text, records: 1, at: morning }]);
      expect(await store().pastReadings()).toEqual([
        { connection: text, stream: text, records: 1, at: morning },
      ]);
      expect(await store().acquireLease(text, `h${text}`, 1_000)).toEqual({
        ok: true,
        lease: { name: text, holder: `h${text}`, token: 1 },
      });
      expect(await store().closeIntent(open.changeId)).toBe(true);
      const { mapping, rule } = stored;
      expect(await store().removeLink({ mapping, rule, sourceId: stored.source.id })).toBe(true);
    });

    test("very long", async () => {
      const id = "long👷id".repeat(60);
      const stored = link(id, { baseline: { note: veryLong } });
      await store().addLink(stored);
      await store().startRun(run("run-1"));
      const line = entry(0, { label: veryLong, reason: veryLong });
      await store().addEntries("run-1", [line]);
      expect((await store().load("people")).links[0]?.baseline["note"] === veryLong).toBe(true);
      const [read] = await store().entries("run-1", { from: 0, limit: 1 });
      expect(read?.label === veryLong && read.reason === veryLong).toBe(true);
    });

    test("texts that only their hidden characters tell apart are different texts", async () => {
      for (const id of ["a", "a\u0000", "a\u001A0000", "a\uD800", "a\uFFFD", "A", "a "]) {
        expect(await store().addLink(link(id))).toBe(true);
      }
      expect((await store().load("people")).links).toHaveLength(7);
    });
  });
}
