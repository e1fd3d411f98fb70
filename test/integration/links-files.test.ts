import { describe, expect, test } from "vitest";
import { placeText } from "../../engine/config/place.ts";
import { addressText } from "../../engine/value/address.ts";
import { diagnosticsOf } from "../support/config-broken.ts";
import { type ExampleOptions, exampleProject, loadExample } from "../support/config-example.ts";

/* Links files as part of a project: which are read, what they decide, and what depends on it. */

const head = "version: 1\nmapping: people\n";

async function decided(files: Readonly<Record<string, string>>, more: ExampleOptions = {}) {
  const project = await exampleProject({ files, ...more });
  return project.mappings.flatMap(({ decisions }) =>
    decisions.map((decision) => {
      const target = "target" in decision ? ` ${addressText(decision.target)}` : "";
      return `${decision.kind} ${decision.rule} ${addressText(decision.source)}${target}`;
    }),
  );
}

const pair = `${head}link:
  - pair: [procore/users/1, wfp/people/1]
    name: Petra Lund
    why: The same person.
    by: ana@northridge.example
    on: 2026-11-21
    baseline: { first_name: Petra }
`;

describe("what a links file decides", () => {
  test("a pair holds in the direction of the rule, in whichever order it is written", async () => {
    const project = await exampleProject({ files: { "links/people.yaml": pair } });
    expect(project.warnings).toEqual([]);
    expect(project.mappings[0]?.decisions).toEqual([
      {
        kind: "link",
        rule: "users",
        source: { connection: "wfp", stream: "people", id: "1" },
        target: { connection: "procore", stream: "users", id: "1" },
        name: "Petra Lund",
        why: "The same person.",
        by: "ana@northridge.example",
        on: "2026-11-21",
        at: { file: "links/people.yaml", line: 4, column: 5 },
      },
    ]);
    expect(project.links).toEqual({
      patterns: ["links/*.yaml"],
      files: [{ file: "links/people.yaml", mapping: "people" }],
    });
  });

  test("what was agreed on belongs to the rule that leads from the first to the second", async () => {
    const straight = pair.replace(
      "[procore/users/1, wfp/people/1]",
      "[wfp/people/1, procore/users/1]",
    );
    const project = await exampleProject({ files: { "links/people.yaml": straight } });
    expect(project.mappings[0]?.decisions).toMatchObject([{ baseline: { first_name: "Petra" } }]);
  });

  const choice = {
    "\nlimits:":
      "\n  back:\n    direction: users -> wfp\n    fields: { job_title: job_title }\n    match: [{ email: email_address }]\n    on: { absent: ignore }\nlimits:",
  };

  test("in a choice of two directions, one decision for each", async () => {
    expect(await decided({ "links/people.yaml": pair }, { mapping: choice })).toEqual([
      "link back procore/users/1 wfp/people/1",
      "link users wfp/people/1 procore/users/1",
    ]);
  });

  test("feedback follows the links of others: nothing is decided for it", async () => {
    const feedback = {
      "\nlimits:":
        "\n  back:\n    direction: users -> wfp\n    fields: { job_title: job_title }\nlimits:",
    };
    expect(await decided({ "links/people.yaml": pair }, { mapping: feedback })).toEqual([
      "link users wfp/people/1 procore/users/1",
    ]);
  });

  test("a rule that is named is the only one that is meant", async () => {
    const named = pair.replace("    name:", "    rule: users\n    name:");
    expect(await decided({ "links/people.yaml": named }, { mapping: choice })).toEqual([
      "link users wfp/people/1 procore/users/1",
    ]);
  });

  test("a record that is left out is so for every rule that starts at its stream", async () => {
    const text = `${head}ignore:\n  - record: wfp/people/1\n`;
    expect(await decided({ "links/people.yaml": text })).toEqual([
      "ignore contacts wfp/people/1",
      "ignore users wfp/people/1",
    ]);
  });

  test("one person may be one with a user and with a contact, and different from another user", async () => {
    const text = `${head}link:
  - pair: [wfp/people/1, procore/users/1]
  - pair: [wfp/people/1, procore/contacts/1]
apart:
  - pair: [wfp/people/1, procore/users/2]
  - pair: [wfp/people/2, procore/users/1]
`;
    expect(await decided({ "links/people.yaml": text })).toHaveLength(4);
  });

  test("several files speak of one mapping, and it does not matter which says what", async () => {
    const other = `${head}link:\n  - pair: [wfp/people/2, procore/users/2]\n`;
    const [one, two] = [
      await decided({ "links/a.yaml": pair, "links/b.yaml": other }),
      await decided({ "links/a.yaml": other, "links/b.yaml": pair }),
    ];
    expect(one).toEqual(two);
    expect(one).toHaveLength(2);
  });

  test("both places are named where two decisions contradict each other", async () => {
    const files = {
      "links/people.yaml": `${pair}  - pair: [wfp/people/1, procore/users/2]\n`,
    };
    const [diagnostic] = diagnosticsOf(await loadExample({ files }));
    expect(diagnostic).toMatchObject({
      code: "decisions-contradict",
      message:
        "Here wfp/people/1 is one with procore/users/2, and at links/people.yaml:4:5 wfp/people/1 is one with procore/users/1.",
      at: { file: "links/people.yaml", line: 10, column: 5 },
    });
  });
});

describe("which files are links files", () => {
  test("those that `links` finds are no mappings, even where `mappings` finds them as well", async () => {
    const project = await exampleProject({
      project: { "[mappings/*.yaml]": '["**/*.yaml"]\nlinks: ["decided/**/*.yaml"]' },
      files: { "decided/office/people.yaml": pair },
    });
    expect(project.mappings.map(({ file }) => file)).toEqual(["mappings/people.yaml"]);
    expect(project.links.files).toEqual([
      { file: "decided/office/people.yaml", mapping: "people" },
    ]);
  });

  test("more than two hundred are a mistake, even where nobody has written a pattern", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 201 }, (_, index) => [`links/${index}.yaml`, head] as const),
    );
    expect(diagnosticsOf(await loadExample({ files }))).toMatchObject([
      { code: "links-pattern-wide", at: { file: "syncctl.yaml", line: 1 } },
    ]);
  });

  test("without any, the project is as right as before", async () => {
    const { links, warnings } = await exampleProject();
    expect({ links, warnings }).toEqual({
      links: { patterns: ["links/*.yaml"], files: [] },
      warnings: [],
    });
  });

  test("an environment may have files of its own, or none", async () => {
    const project = { "  staging:": "  staging:\n    links: []" };
    const env = { STAGING_DATABASE_URL: "elsewhere" };
    const files = { "links/people.yaml": pair };
    expect(await decided(files, { project, env })).toHaveLength(1);
    expect(await decided(files, { project, env, environment: "staging" })).toEqual([]);
  });

  test("texts are taken as they are: no variable of the environment is put into them", async () => {
    const text = pair.replace("The same person.", "'Costs ${WFP_COMPANY_ID}.'");
    const project = await exampleProject({ files: { "links/people.yaml": text } });
    expect(project.mappings[0]?.decisions[0]?.why).toBe("Costs ${WFP_COMPANY_ID}.");
  });

  test("what is wrong in one of many thousand entries is told with its place", async () => {
    const entries = Array.from(
      { length: 20_000 },
      (_, index) => `  - pair: [wfp/people/${index}, procore/users/${index}]\n    whi: so\n`,
    );
    const result = await loadExample({
      files: { "links/people.yaml": `${head}link:\n${entries.join("")}` },
    });
    const places = diagnosticsOf(result).map(({ code, at }) => `${code} ${at && placeText(at)}`);
    expect(places).toHaveLength(20_000);
    expect(places[19_999]).toBe("key-unknown links/people.yaml:40003:5");
  });
});

describe("the digest of a project", () => {
  const digests = async (text?: string) => {
    const files = text === undefined ? {} : { "links/people.yaml": text };
    const project = await exampleProject({ files });
    return { project: project.digest, mapping: project.mappings[0]?.digest };
  };

  test("moves with a decision, and the mapping's does not: a saved plan is refused after it", async () => {
    const [without, with_] = [await digests(), await digests(pair)];
    expect(with_.mapping).toBe(without.mapping);
    expect(with_.project).not.toBe(without.project);
    const other = pair.replace("link:", "apart:").replace(/ {4}baseline.*\n/, "");
    expect((await digests(other)).project).not.toBe(with_.project);
  });

  test("does not move with who decided, when and why", async () => {
    const reworded = pair.replace("The same person.", "Same badge.").replace("ana@", "bo@");
    expect(await digests(`# a comment\n${reworded}`)).toEqual(await digests(pair));
  });
});
