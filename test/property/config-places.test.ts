import fc from "fast-check";
import { expect, test } from "vitest";
import { CST, isScalar, parseDocument } from "yaml";
import { substitute } from "../../engine/config/environment-values.ts";
import { childOf, type Node, scalarOf } from "../../engine/config/node.ts";
import { parseYaml } from "../../engine/config/read-yaml.ts";
import { scalarText } from "../../engine/config/scalar-text.ts";
import { fileWithScalar, marksIn } from "../support/config-yaml-texts.ts";

const runs = { numRuns: 1000 };

/** The place of the only occurrence of a character, counted from the lines of the file. */
function placeIn(file: string, mark: string): { line: number; column: number } {
  const lines = file.split("\n");
  const line = lines.findIndex((text) => text.includes(mark));
  return { line: line + 1, column: (lines[line]?.indexOf(mark) ?? 0) + 1 };
}

function scalarIn(root: Node | undefined) {
  const scalar = scalarOf(childOf(childOf(root, "outer"), "key"));
  return typeof scalar?.value === "string" ? { ...scalar, text: scalar.value } : undefined;
}

test("the text that is worked out with its places is the text that YAML reads", () => {
  let compared = 0;
  fc.assert(
    fc.property(fileWithScalar, (file) => {
      const document = parseDocument(file, { keepSourceTokens: true, prettyErrors: false });
      const node = document.getIn(["outer", "key"], true);
      if (document.errors.length > 0 || !isScalar(node)) return;
      const token = node.srcToken;
      if (!CST.isScalar(token) || token.type === "alias") return;
      compared += 1;
      expect(scalarText(token).text).toBe(node.value);
    }),
    runs,
  );
  expect(compared, "most of the files that are made up can be read").toBeGreaterThan(500);
});

test("every character of a text has the place at which it stands in the file", () => {
  let found = 0;
  fc.assert(
    fc.property(fileWithScalar, (file) => {
      const scalar = scalarIn(parseYaml(file, "a.yaml").root);
      if (!scalar) return;
      for (const { index, mark } of marksIn(scalar.text)) {
        found += 1;
        expect(scalar.place(index)).toEqual({ file: "a.yaml", ...placeIn(file, mark) });
      }
    }),
    runs,
  );
  expect(found, "most texts have several words").toBeGreaterThan(1000);
});

test("places survive values that take the place of references, whatever their length", () => {
  const value = fc.constantFrom("", "x", "a longer value than its reference");
  const reference = "${VALUE:-}$${";
  let found = 0;
  fc.assert(
    fc.property(fileWithScalar, value, (file, replacement) => {
      const referring = file.replaceAll(/(?<=[\u4e00-\u4eff])/gu, () => reference);
      const values = { values: { VALUE: replacement }, used: new Set<string>() };
      const root = parseYaml(referring, "a.yaml").root;
      const scalar = scalarIn(root && substitute(root, values).node);
      if (!scalar) return;
      for (const { index, mark } of marksIn(scalar.text)) {
        found += 1;
        expect(scalar.place(index)).toEqual({ file: "a.yaml", ...placeIn(referring, mark) });
      }
    }),
    runs,
  );
  expect(found, "most texts have several words").toBeGreaterThan(1000);
});

test("reading never throws, whatever the file holds", () => {
  const piece = fc.constantFrom(
    ..."a: - ? [ ] { } , | > ' \" # & * ! % @ ` \\ $ ~ -1 .inf \t \r \u{1F600}".split(" "),
    " ",
    "\n",
    "\n  ",
    "&a",
    "*a",
    "$",
    "<<:",
    "---",
    "__proto__:",
  );
  const file = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(file, (text) => {
      const { root, diagnostics } = parseYaml(text, "a.yaml");
      if (root === undefined) expect(diagnostics.length).toBeGreaterThan(0);
    }),
    { numRuns: 1500 },
  );
});
