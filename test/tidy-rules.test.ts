import { expect, test } from "vitest";
import { ambientUse, spokenText, testSwitch, waits } from "./support/source-rules.ts";
import { importsOf, parseSource, type SyntaxNode, walk } from "./support/source-tree.ts";

/* The rules of tidy.test.ts hold for the project as it is; here they are shown what they must see. */

function seen(
  text: string,
  rule: (node: SyntaxNode, parent: SyntaxNode | null) => string | undefined,
) {
  const source = parseSource({ path: "example.ts", text });
  return [...walk(source.program)].flatMap(([node, parent]) => rule(node, parent) ?? []);
}

test.each([
  ["const at = new Date();", ["new Date()"]],
  ["const at = Date.now();", ["Date.now"]],
  ["const id = Math['random']();", ["Math.random"]],
  ["const { env } = process;", ["process"]],
  ["import { env } from 'node:process';", ["process"]],
  ["const wait = await import('node:timers/promises');", ["timers/promises"]],
  ["globalThis.fetch('x');", ["globalThis"]],
  ["const all = { fetch };", ["fetch"]],
  ["import { randomUUID } from 'node:crypto'; randomUUID();", ["randomUUID"]],
  [
    "const at = new Date(0); interface Clock { setTimeout: 1 } clock.setTimeout(); const o = { fetch: 1 };",
    [],
  ],
])("the use of the surroundings in: %s", (text, expected) => {
  expect(seen(text, ambientUse)).toEqual(expected);
});

test.each([
  ["async () => 1;", ["an async function"]],
  ["for await (const x of y); export {};", ["for await"]],
  ["p.then(go);", ["then()"]],
  ["export const x = await y;", ["await"]],
  ["const then = 1;", []],
])("waiting in: %s", (text, expected) => {
  expect(seen(text, waits)).toEqual(expected);
});

test.each([
  ["it.only('x', f);", ["it.only"]],
  ["test.each([1]).skip('x', f);", ["test.skip"]],
  ["describe.skipIf(true)('x', f);", ["describe.skipIf"]],
  ["test.each([1])('x', f); guard.only;", []],
])("a test that is switched off in: %s", (text, expected) => {
  expect(seen(text, testSwitch)).toEqual(expected);
});

test("every way of importing is seen", () => {
  const text = `
    import a, { b as c } from "./1.ts";
    import type { D } from "./2.ts";
    export * from "./3.ts";
    export { e } from "./4.ts";
    const f = await import("./5.ts");
    const g = require("./6.ts");
    let h: import("./7.ts").H;
    import "./8.ts";
    const i = "import './not.ts'";`;
  const found = importsOf(parseSource({ path: "example.ts", text }));
  expect(found.map(({ specifier, line }) => `${specifier} ${line}`)).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `./${n}.ts ${n + 1}`),
  );
  expect(found[0]?.names).toContain("b");
});

test("comments, strings and templates are read, names and import paths are not", () => {
  const template = ["`five $", "{six} seven`"].join("");
  const text = `// one\nimport 'two';\nconst three = 'four' + ${template}; /* eight */`;
  const words = spokenText(parseSource({ path: "example.ts", text })).map((spoken) => spoken.text);
  expect(words.join(" ").match(/\w+/g)).toEqual(["one", "eight", "four", "five", "seven"]);
});
