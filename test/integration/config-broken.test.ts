import { describe, expect, test } from "vitest";
import { configurationCodes } from "../../engine/codes/configuration.ts";
import {
  brokenCases,
  brokenSecrets,
  diagnosticsOf,
  expectedForm,
  loadBroken,
} from "../support/config-broken.ts";

const cases = brokenCases();

describe("every broken project", () => {
  test.each(cases)("$name: $about", async (broken) => {
    const diagnostics = diagnosticsOf(await loadBroken(broken));

    expect(diagnostics.map(expectedForm)).toEqual(broken.diagnostics);
    expect(diagnostics.length, "a broken project has something to say").toBeGreaterThan(0);
    for (const { message, help } of diagnostics) {
      for (const sentence of [message, help]) {
        expect(sentence).toMatch(/^\S.*[.?]$/u);
        expect(sentence).not.toMatch(/undefined|\[object|NaN|node_modules|\bat .*\.ts:/u);
        expect(sentence).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b-\u200f]/u);
        for (const secret of Object.values(brokenSecrets)) expect(sentence).not.toContain(secret);
      }
    }
  });
});

test("every code of the configuration is said by at least one broken project", () => {
  const said = new Set(cases.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)));
  expect(Object.keys(configurationCodes).filter((code) => !said.has(code))).toEqual([]);
});
