import { describe, expect, test } from "vitest";
import { scheduleWords } from "../../server/dashboard/source/pages/settings/schedule-words.ts";
import {
  sameValue,
  typedValue,
  variableKind,
  variableText,
  variableTitle,
} from "../../server/dashboard/source/pages/settings/variable-input.ts";

describe("a schedule in words", () => {
  test.each([
    ["0 * * * *", "every hour"],
    ["* * * * *", "every minute"],
    ["*/15 * * * *", "every 15 minutes"],
    ["*/1 * * * *", "every minute"],
    ["5 * * * *", "every hour, 5 minutes past"],
    ["1 * * * *", "every hour, 1 minute past"],
    ["30 */2 * * *", "every 2 hours, 30 minutes past"],
    ["0 */1 * * *", "every hour"],
    ["0 6 * * *", "every day at 06:00"],
    ["0,30 6 * * *", "every day at 06:00 and 06:30"],
    ["0 6,18 * * 1-5", "Monday to Friday at 06:00 and 18:00"],
    ["0 7 * * mon,WED,7", "Monday, Wednesday and Sunday at 07:00"],
    ["*/10 * * * 1-5", "every 10 minutes, Monday to Friday"],
  ])("%s is %s", (cron, words) => {
    expect(scheduleWords(cron)).toBe(words);
  });

  test.each([
    "0 6 1 * *",
    "0 6 * 1 *",
    "0 1-5 * * *",
    "0 1,2,3,4,5 * * *",
    "@daily",
    "0 0 0 * * *",
    "0 6 * * 1-2-3",
    "0 6 * * x",
    "*/0 * * * *",
  ])("%s stays as it is written", (cron) => {
    expect(scheduleWords(cron)).toBeUndefined();
  });
});

describe("variables", () => {
  test("S-017: a yes or no is a switch, and other kinds have an input of their own", () => {
    expect(variableKind(false)).toBe("switch");
    expect(variableKind(14)).toBe("number");
    expect(variableKind("everyone")).toBe("text");
    expect(variableKind({ Foreman: "Supervisor" })).toBe("data");
    expect(variableKind(["a"])).toBe("data");
    expect(variableKind(null)).toBe("data");
  });

  test("a name is told as people say it", () => {
    expect(variableTitle("syncClassifications")).toBe("Sync classifications");
    expect(variableTitle("SYNC_CLASSIFICATIONS")).toBe("Sync classifications");
    expect(variableTitle("people")).toBe("People");
  });

  test("what is typed keeps the kind that git has", () => {
    expect(typedValue("switch", "true")).toEqual({ ok: true, value: true });
    expect(typedValue("text", "14")).toEqual({ ok: true, value: "14" });
    expect(typedValue("number", " 14 ")).toEqual({ ok: true, value: 14 });
    expect(typedValue("number", "")).toMatchObject({ ok: false });
    expect(typedValue("number", "many")).toMatchObject({ ok: false });
    expect(typedValue("data", '["a"]')).toEqual({ ok: true, value: ["a"] });
    expect(typedValue("data", "[")).toMatchObject({ ok: false });
    expect(typedValue("data", "14")).toMatchObject({ ok: false });
  });

  test("a list or map is shown as JSON, and read back as it was", () => {
    const map = { Foreman: "Supervisor", days: [1, 2] };
    const typed = typedValue("data", variableText(map));
    expect(typed).toEqual({ ok: true, value: map });
    expect(typed.ok && sameValue(typed.value, map)).toBe(true);
    expect(variableText("plain")).toBe("plain");
  });
});
