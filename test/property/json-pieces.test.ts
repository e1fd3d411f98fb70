import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { readLines, writeLines } from "../../cli/plan-lines.ts";
import { digest, digestOfMap } from "../../engine/value/digest.ts";
import { jsonPieces } from "../../engine/value/json-pieces.ts";

const folder = mkdtempSync(join(tmpdir(), "syncctl-lines-"));
const file = join(folder, "plan.json");

afterAll(() => rmSync(folder, { recursive: true }));

/** Names are those of a program; what they hold may be anything. */
const maps = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()), fc.constant(undefined)),
);

test("the pieces of a map are its JSON, and its digest is that of the whole text", () => {
  fc.assert(
    fc.property(maps, (map) => {
      expect([...jsonPieces(map)].join("")).toBe(JSON.stringify(map));
      expect(digestOfMap(map)).toBe(digest(JSON.stringify(map)));
      expect(JSON.parse([...jsonPieces(map, "\n")].join(""))).toEqual(
        JSON.parse(JSON.stringify(map)),
      );
    }),
  );
});

test("a long list comes in pieces, none of which is as long as the whole", () => {
  const map = { list: Array.from({ length: 10_000 }, (_nothing, at) => ({ at, name: "Ilse" })) };
  const pieces = [...jsonPieces(map)];
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.join("")).toBe(JSON.stringify(map));
});

test("what was written in lines is read as it was", async () => {
  await fc.assert(
    fc.asyncProperty(maps, async (map) => {
      await writeLines(file, map);
      const whole = JSON.parse(JSON.stringify(map));
      expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(whole);
      expect(await readLines(file)).toEqual(Object.keys(whole).length === 0 ? undefined : whole);
    }),
    { numRuns: 50 },
  );
});

test("JSON that is not in lines, or was cut, is not taken for lines", async () => {
  const map = { list: [1, 2], name: "Ilse" };
  await writeLines(file, map);
  const text = readFileSync(file, "utf8");
  for (const other of [JSON.stringify(map), JSON.stringify(map, null, 2), text.slice(0, -3), ""]) {
    writeFileSync(file, other);
    expect(await readLines(file)).toBe(undefined);
  }
});
