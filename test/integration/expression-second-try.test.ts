import { afterEach, expect, test, vi } from "vitest";
import { compileExpression } from "../../engine/expression/compile.ts";
import type {
  Expression,
  ExpressionResult,
  ExpressionScope,
  ExpressionSubject,
} from "../../engine/expression/expression.ts";
import { evaluationMsMax, timeoutsMax } from "../../engine/expression/limits.ts";

/*
 * The time limit of expressions. Time passes here when a test says so: the interpreter asks `Date.now`, and what takes long
 * (making an index, a slow function) moves it on.
 */

let now = 0;

afterEach(() => vi.restoreAllMocks());

function standStill(): void {
  now = Date.parse("2026-03-02T08:00:00Z");
  vi.spyOn(Date, "now").mockImplementation(() => now);
}

function takeLong(): void {
  now += evaluationMsMax + 100;
}

function compiled(text: string): Expression {
  const place = (offset: number) => ({ file: "people.yaml", line: 1, column: offset + 1 });
  const result = compileExpression({ text, place });
  if (!result.ok) throw new Error(result.diagnostic.message);
  return result.expression;
}

const crews = [
  { id: "c1", number: "1", name: "Steel" },
  { id: "c2", number: "2", name: "Wood" },
];

function scopeWith(records: ExpressionScope["records"] = () => crews): ExpressionScope {
  return { vars: {}, records, now: new Date("2026-03-02T08:00:00Z"), phoneCountry: "US" };
}

function subject(number: string, linked: ExpressionSubject["linked"] = () => false) {
  return { fields: { number }, address: `office/people/${number}`, linked };
}

const byCrew = "$uppercase($find('crews', 'number', number).name)";

test("the record that pays for making an index gets a second try, which finds it made", async () => {
  standStill();
  const expression = compiled(byCrew);
  let listed = 0;
  const scope = scopeWith(() => {
    listed += 1;
    takeLong();
    return crews;
  });
  expect(await expression.evaluate(subject("2"), scope)).toEqual({ ok: true, value: "WOOD" });
  expect(await expression.evaluate(subject("1"), scope)).toEqual({ ok: true, value: "STEEL" });
  expect(listed).toBe(1);
});

/** How often the slow function was called, and what came of it. */
async function slowly(expression: Expression, scope: ExpressionScope) {
  let calls = 0;
  const linked = () => {
    calls += 1;
    takeLong();
    return false;
  };
  const result = await expression.evaluate(subject("1", linked), scope);
  return { calls, said: wordsOf(result) };
}

function wordsOf(result: ExpressionResult): string {
  return result.ok ? String(result.value) : result.trouble.message;
}

const tooLong = `The expression took too long: our limit is ${evaluationMsMax} ms for a record.`;
const slow = "$string($linked('contacts')) & number";

test("an expression that takes long by itself gets one second try a run, and is given up after a few records", async () => {
  standStill();
  const expression = compiled(slow);
  const scope = scopeWith();
  expect(await slowly(expression, scope)).toEqual({ calls: 2, said: tooLong });
  for (let record = 1; record < timeoutsMax; record += 1) {
    expect(await slowly(expression, scope)).toEqual({ calls: 1, said: tooLong });
  }
  expect(await slowly(expression, scope)).toEqual({
    calls: 0,
    said: expect.stringMatching(/so it was not tried on this one\.$/),
  });
});

test("every run begins anew, and every expression has a second try of its own", async () => {
  standStill();
  const [one, other] = [compiled(slow), compiled(slow)];
  const scope = scopeWith();
  expect((await slowly(one, scope)).calls).toBe(2);
  expect((await slowly(other, scope)).calls).toBe(2);
  expect((await slowly(one, scopeWith())).calls).toBe(2);
});

test("what fails for another reason than its time is not tried twice", async () => {
  standStill();
  let calls = 0;
  const linked = () => {
    calls += 1;
    return true;
  };
  const expression = compiled("$linked('contacts') ? $error('Own words.') : number");
  const result = await expression.evaluate(subject("1", linked), scopeWith());
  expect([wordsOf(result), calls]).toEqual(["Own words.", 1]);
});
