import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { attentionOf } from "../../server/dashboard/source/pages/overview/attention.ts";
import {
  lastRunOf,
  stateOf,
} from "../../server/dashboard/source/pages/workspaces/workspace-state.ts";
import { planPath, routeOf, runPath, workspacePath } from "../../server/dashboard/source/routes.ts";
import {
  durationText,
  minuteText,
  relativeText,
} from "../../server/dashboard/source/time-words.ts";
import * as words from "../../server/dashboard/source/words.ts";
import { contrast, themeColours } from "../support/colours.ts";
import { fakeNow, fakeService } from "../support/service-fake.ts";
import { root } from "../support/source-tree.ts";

const none = {
  create: 0,
  update: 0,
  link: 0,
  retire: 0,
  delete: 0,
  unlink: 0,
  held: 0,
  passedOver: 0,
  inStep: 0,
};

/** The companies of the invented service, as they arrive in the browser. */
async function views() {
  const fake = fakeService();
  const list = await fake.service.workspaces({ name: "Hana Novak", role: "admin" });
  return JSON.parse(JSON.stringify(list)) as Parameters<typeof stateOf>[0][];
}

async function view(name: string) {
  const found = (await views()).find((each) => each.name === name);
  if (found === undefined) throw new Error(`The invented service has no ${name}.`);
  return found;
}

describe("addresses of pages", () => {
  test.each([
    ["/", { page: "workspaces" }],
    ["/w/-", { page: "overview", workspace: "" }],
    ["/w/north%20ridge", { page: "overview", workspace: "north ridge" }],
    ["/w/-/runs", { page: "runs", workspace: "" }],
    ["/w/a/held", { page: "held", workspace: "a" }],
    ["/w/a/record", { page: "record", workspace: "a" }],
    ["/runs/r-1", { page: "run", id: "r-1" }],
    ["/runs/r-1/plan", { page: "plan", id: "r-1" }],
    ["/sign-in", { page: "sign-in" }],
    ["/tokens", { page: "tokens" }],
    ["/w/a/nowhere", { page: "nothing" }],
    ["/w/a/runs/more", { page: "nothing" }],
    ["/w/%E0%A4%A", { page: "nothing" }],
    ["/elsewhere", { page: "nothing" }],
  ])("%s is understood", (path, route) => {
    expect(routeOf(path, "?mapping=people")).toMatchObject(route);
    expect(routeOf(path, "?mapping=people").query.get("mapping")).toBe("people");
  });

  test("they are made so that they are understood again, whatever the name", () => {
    for (const name of ["", "a b", "ü/ö", "50%"]) {
      expect(routeOf(workspacePath(name, "held"), "")).toMatchObject({
        page: "held",
        workspace: name,
      });
    }
    expect(routeOf(runPath("a/b"), "")).toMatchObject({ page: "run", id: "a/b" });
    expect(routeOf(planPath("a/b"), "")).toMatchObject({ page: "plan", id: "a/b" });
    expect(workspacePath("", "runs", { mapping: "people", status: "" })).toBe(
      "/w/-/runs?mapping=people",
    );
  });
});

describe("words", () => {
  test("each status of a run, a record and a plan has a word of its own", () => {
    for (const table of [words.requestWords, words.planWords]) {
      const told = Object.values(table).map(({ word }) => word);
      expect(new Set(told).size).toBe(told.length);
    }
    const outcomes = (
      ["failed", "in-doubt", "stale", "skipped", "held", "passed-over"] as const
    ).map((status) => words.entryWords({ status, action: "update" }).word);
    expect(new Set(outcomes).size).toBe(outcomes.length);
    expect(words.entryWords({ status: "applied", action: "create" }).word).toBe("Created");
    expect(words.entryWords({ status: "applied", action: "retire" }).word).toBe("Retired");
    expect(words.entryWords({ status: "applied", action: "none" }).word).toBe("Done");
  });

  test("explanations are sentences", () => {
    const sentences = [
      ...Object.values(words.requestMeaning),
      ...Object.values(words.entryMeaning),
    ];
    expect(sentences.filter((text) => !/^[A-Z].*\.$/.test(text))).toEqual([]);
  });

  test("what a run did reads as a sentence, before and after", () => {
    const counts = { ...none, create: 1204, update: 2, held: 3, inStep: 9 };
    expect(words.countsText(counts, true)).toBe("1,204 created, 2 changed, 3 held");
    expect(words.countsText(counts, false)).toBe("1,204 to create, 2 to change, 3 held");
    expect(words.countsText({ ...none, inStep: 4 }, true)).toBe("nothing to change");
    expect(words.countsText({ ...none, held: 1 }, true)).toBe("nothing to change, 1 held");
  });

  test("who started a run", () => {
    expect(words.starterText({ trigger: "schedule", requestedBy: "schedule" })).toBe("Autosync");
    expect(words.starterText({ trigger: "manual", requestedBy: "Hana" })).toBe("Hana");
    expect(words.starterText({ trigger: "api", requestedBy: "import" })).toBe(
      "import, through the API",
    );
    expect(words.starterText({ trigger: "command", requestedBy: "root" })).toBe(
      "root, on the command line",
    );
  });

  test("how far a run is", () => {
    const at = { phase: "reading", what: "procore/work_classifications" } as const;
    expect(words.progressText({ ...at, done: 0 })).toBe("Reading procore work classifications");
    expect(words.progressText({ ...at, done: 1200 })).toBe(
      "Reading procore work classifications: 1,200 so far",
    );
    expect(words.progressText({ phase: "writing", what: "", done: 40, of: 210 })).toBe(
      "Writing: 40 of 210",
    );
  });

  test("the direction of a mapping is told with the names of the products", async () => {
    const { mappings, connections } = await view("northridge");
    const told = mappings.map(({ rules }) => words.directionsOf(rules, connections));
    expect(told).toEqual([
      [{ from: "Workforce Planning people", to: "Procore contacts and users" }],
      [{ from: "Procore projects", to: "Workforce Planning projects" }],
      [{ from: "SmartBarrel shifts", to: "Procore timecards" }],
      [{ from: "Procore users", to: "SmartBarrel workers" }],
    ]);
    const back = mappings.map(({ rules }) => words.directionsOf(rules, connections, "feedback"));
    expect(back.flat()).toEqual([{ from: "Workforce Planning projects", to: "Procore projects" }]);
  });

  test("two connections to one product are told apart, and an unknown connector has a name", () => {
    const connections = [
      { name: "east", connector: "procore" },
      { name: "west", connector: "procore" },
      { name: "hr", connector: "people-base" },
    ];
    expect(words.systemTitle("east", connections)).toBe("Procore (east)");
    expect(words.systemTitle("hr", connections)).toBe("People base");
    expect(words.systemTitle("gone", connections)).toBe("Gone");
  });

  test("S-011: the log of the user sync is known by its name", async () => {
    const { mappings } = await view("northridge");
    expect(mappings.filter(words.isUserSync).map(({ name }) => name)).toEqual(["workers"]);
  });

  test("names become titles", () => {
    expect(words.titleOf("worker-contacts")).toBe("Worker contacts");
    expect(words.workspaceTitle("", undefined)).toBe("This project");
    expect(words.workspaceTitle("harbor", "Harbor & Sons")).toBe("Harbor & Sons");
    expect(words.heldText(1)).toBe("1 record is held");
    expect(words.heldText(2)).toBe("2 records are held");
  });

  test("each situation and reaction completes a sentence", () => {
    const parts = [...Object.values(words.situationWords), ...Object.values(words.reactionWords)];
    expect(parts.filter((text) => !/^[a-z]/.test(text) || text.endsWith("."))).toEqual([]);
  });
});

describe("times", () => {
  const now = fakeNow.getTime();
  const away = (seconds: number) => relativeText(new Date(now + seconds * 1000).toISOString(), now);

  test("near ones are told by their distance, far ones by their day", () => {
    expect(away(-20)).toBe("just now");
    expect(away(20)).toBe("in less than a minute");
    expect(away(-60)).toBe("1 minute ago");
    expect(away(48 * 60)).toBe("in 48 minutes");
    expect(away(-3 * 3600)).toBe("3 hours ago");
    expect(away(-2 * 86_400)).toBe("2 days ago");
    expect(away(-30 * 86_400)).toBe("22 Oct 2026");
    expect(relativeText("nonsense", now)).toBe("nonsense");
  });

  test("titles have minutes", () => {
    expect(minuteText(fakeNow.toISOString(), "UTC")).toBe("21 Nov 2026, 20:12");
  });

  test("durations", () => {
    expect([0, 42_000, 185_000, 7_800_000].map(durationText)).toEqual([
      "under 1 s",
      "42 s",
      "3 min 5 s",
      "2 h 10 min",
    ]);
  });
});

describe("what waits for a person", () => {
  test("failed runs come first, then plans, then held records", async () => {
    const workspace = await view("northridge");
    const [mapping] = workspace.mappings;
    if (mapping?.last === undefined) throw new Error("The invented company has run its people.");
    const { waiting: _waiting, current: _current, ...idle } = mapping;
    const failed = {
      ...idle,
      name: "payroll",
      held: 0,
      last: { ...mapping.last, status: "failed" },
    };
    const list = attentionOf({
      name: "northridge",
      mappings: [...workspace.mappings, failed as typeof mapping],
    });
    expect(list.map(({ text, action }) => `${text} ${action}`)).toEqual([
      "The last run of Payroll has failed. See why",
      "A plan of People with 12 changes waits for approval. Look at the plan",
      "A plan of Timesheets with 2,400 changes waits for approval. Look at the plan",
      "3 records are held in People until somebody decides or corrects something. Look at them",
    ]);
  });

  test("the list of workspaces says the worst of each", async () => {
    const told = Object.fromEntries((await views()).map((each) => [each.name, stateOf(each).word]));
    expect(told).toEqual({
      harbor: "Configuration is broken",
      northridge: "1 mapping failed",
      quay: "Configuration is broken",
    });
    const harbor = await view("harbor");
    const good = { ...harbor, configuration: { ...harbor.configuration, broken: [] } };
    expect(stateOf(good).word).toBe("In order");
    expect(stateOf({ ...good, mappings: [] }).word).toBe("No mappings");
    expect(lastRunOf(harbor)).toBe("2026-11-21T19:53:35.000Z");
    expect(lastRunOf({ mappings: [] })).toBeUndefined();
  });
});

describe("colours", () => {
  const css = readFileSync(join(root, "server/dashboard/source/styles/tokens.css"), "utf8");
  const grounds = ["paper", "surface", "sunken"];
  const tones = ["good", "warn", "bad", "info", "quiet"];
  /** WCAG 2.2 AA. */
  const textMin = 4.5;
  const shapeMin = 3;

  test.each(["light", "dark"] as const)("text is readable, %s", (theme) => {
    const colours = themeColours(css, theme);
    const of = (name: string) => {
      const colour = colours.get(name);
      if (colour === undefined) throw new Error(`There is no colour ${name}.`);
      return colour;
    };
    const pairs = [
      ...grounds.flatMap((ground) =>
        ["ink", "ink-soft", "ink-faint", "accent", ...tones].map((text) => [text, ground]),
      ),
      ...tones.flatMap((tone) => [
        [tone, `${tone}-soft`],
        ["ink", `${tone}-soft`],
        ["ink-soft", `${tone}-soft`],
        ["ink-faint", `${tone}-soft`],
        ["accent", `${tone}-soft`],
      ]),
      ["accent-strong", "accent-soft"],
      ["on-accent", "accent"],
      ["on-accent", "accent-strong"],
      ["paper", "ink"],
    ] as [string, string][];
    const faint = pairs.filter(([text, ground]) => contrast(of(text), of(ground)) < textMin);
    expect(faint).toEqual([]);
    const shapes = grounds.map((ground) => ["line-strong", ground] as const);
    expect(shapes.filter(([line, ground]) => contrast(of(line), of(ground)) < shapeMin)).toEqual(
      [],
    );
  });
});
