import { describe, expect, test } from "vitest";
import { openLog } from "../../server/log/log.ts";
import { keptLog, stillClock } from "../support/service-upkeep.ts";

/* What the service tells its operators, and what it keeps to itself. */

const clock = stillClock("2026-03-02T10:00:00Z");

describe("a line", () => {
  test("is one JSON text with level, time, message and what it is about", () => {
    const lines: string[] = [];
    const log = openLog({ level: "info", clock, write: (line) => lines.push(line) });
    log.info("A run was asked for.", { workspace: "northridge", mapping: "people", run: "r1" });
    expect(lines).toEqual([
      '{"level":"info","time":"2026-03-02T10:00:00.000Z","workspace":"northridge","mapping":"people","run":"r1","msg":"A run was asked for."}\n',
    ]);
  });

  test("stays one line whatever it holds", () => {
    const { log, text, lines } = keptLog(clock);
    log.warn("Two\nlines", { workspace: 'a "name"\r\nwith ends', code: "notification-failed" });
    expect(text().match(/\n/g)).toHaveLength(1);
    expect(lines).toMatchObject([{ msg: "Two\nlines", workspace: 'a "name"\r\nwith ends' }]);
  });

  test("carries what was said before", () => {
    const { log, lines } = keptLog(clock);
    log.with({ workspace: "northridge" }).with({ requestId: "q1" }).error("It failed.");
    expect(lines).toMatchObject([
      { level: "error", workspace: "northridge", requestId: "q1", msg: "It failed." },
    ]);
  });

  test.each([
    ["debug", ["debug", "info", "warn", "error"]],
    ["info", ["info", "warn", "error"]],
    ["error", ["error"]],
    ["silent", []],
  ] as const)("at level %s", (level, told) => {
    const { log, lines } = keptLog(clock, level);
    for (const each of ["debug", "info", "warn", "error"] as const) log[each](`At ${each}.`);
    expect(lines.map((line) => line["level"])).toEqual(told);
  });
});

describe("something that was thrown", () => {
  const cause = Object.assign(new Error("Ilse Brandvold is there twice"), { code: "23505" });
  const thrown = new TypeError("insert into people values ('Ilse\n    at Brandvold')", { cause });

  test("is told by kind, code and place, because its message may quote a record", () => {
    const { log, lines, text } = keptLog(clock);
    log.error("It failed.", { err: thrown });
    expect(lines).toMatchObject([
      {
        err: {
          type: "TypeError",
          at: expect.arrayContaining([expect.stringContaining("service-log.test.ts")]),
          cause: { type: "Error", code: "23505" },
        },
      },
    ]);
    expect(text()).not.toMatch(/Ilse|Brandvold|insert/);
  });

  test("is told with its message to who asks for details", () => {
    const { log, lines } = keptLog(clock, "debug");
    log.error("It failed.", { err: thrown });
    expect(lines).toMatchObject([
      { err: { message: thrown.message, cause: { message: cause.message } } },
    ]);
  });

  test("may be no error, or its own cause", () => {
    const { log, lines, text } = keptLog(clock);
    const ring = new Error("round");
    ring.cause = ring;
    log.error("It failed.", { err: ring });
    log.error("It failed.", { err: "Ilse" });
    expect(lines).toMatchObject([{ err: { type: "Error" } }, { err: { type: "string" } }]);
    expect(text()).not.toContain("Ilse");
  });
});

describe("secrets", () => {
  test("are masked wherever they stand, from when they are known on", () => {
    const { log, lines, text } = keptLog(clock, "debug");
    const child = log.with({ workspace: "northridge" });
    log.hide(["pass/word 1", "other-secret"]);
    log.hide(["other-secret"]);
    child.info("With pass/word 1 inside.", {
      url: "https://x.example/?key=pass%2Fword%201",
      header: `Basic ${Buffer.from("other-secret").toString("base64")}`,
      deep: { list: ["other-secret"], number: 7, nothing: null },
      err: new Error("the password is pass/word 1"),
    });
    expect(lines).toMatchObject([
      {
        level: "info",
        time: "2026-03-02T10:00:00.000Z",
        workspace: "northridge",
        msg: "With [secret] inside.",
        url: "https://x.example/?key=[secret]",
        header: "Basic [secret]",
        deep: { list: ["[secret]"], number: 7, nothing: null },
        err: { message: "the password is [secret]" },
      },
    ]);
    expect(text()).not.toMatch(/pass.{1,3}word|other-secret/);
  });

  test("that JSON spells otherwise are masked too", () => {
    const { log, lines } = keptLog(clock);
    log.hide(['say "yes"\\no\n']);
    log.info('They say "yes"\\no\n today.');
    expect(lines).toMatchObject([{ msg: "They [secret] today." }]);
  });

  test("that hold one another leave nothing behind", () => {
    const { log, lines } = keptLog(clock);
    log.hide(["secret", "secret-and-more"]);
    log.info("It is secret-and-more.");
    expect(lines).toMatchObject([{ msg: "It is [secret]." }]);
  });

  test("that are words of the log, or too short, leave the lines as they are", () => {
    const { log, lines } = keptLog(clock);
    log.hide(["info", "level", "2026", "US", ""]);
    log.info("About 2026 in the US.");
    expect(lines).toMatchObject([
      { time: "2026-03-02T10:00:00.000Z", msg: "About [secret] in the US." },
    ]);
    log.info("The level.");
    expect(lines[1]).toMatchObject({ level: "info", msg: "The [secret]." });
  });
});
