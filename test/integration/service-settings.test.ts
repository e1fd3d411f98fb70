import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { placeText } from "../../engine/config/place.ts";
import { readServiceSettings } from "../../server/settings/read-settings.ts";
import type { ServiceSettings } from "../../server/settings/settings.ts";
import { type Files, newFolder, openCompanies, writeFiles } from "../support/companies.ts";

/* What service.yaml says, what a key that is left out means, and what is said of a file that is wrong. */

async function folderWith(files: Files): Promise<string> {
  const directory = await newFolder();
  await writeFiles(directory, files);
  return directory;
}

async function read(text: string, env: Readonly<Record<string, string>> = {}, more: Files = {}) {
  const directory = await folderWith({ "service.yaml": text, ...more });
  return { directory, result: await readServiceSettings(directory, env) };
}

async function settings(
  text: string,
  env: Readonly<Record<string, string>> = {},
  more: Files = {},
): Promise<ServiceSettings> {
  const { result } = await read(text, env, more);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 2));
  return result.settings;
}

async function trouble(text: string, env: Readonly<Record<string, string>> = {}) {
  const { result } = await read(text, env);
  const diagnostics = result.ok ? [] : result.diagnostics;
  return diagnostics.map(({ code, at }) => `${code} ${at ? placeText(at) : ""}`);
}

const project = `version: 1
connections:
  wfp: { connector: workforce-planning, companyId: "1", auth: { clientId: a, clientSecret: "\${WFP}" } }
mappings: [mappings/*.yaml]
state: \${DATABASE_URL:-memory}
`;

const mapping = `mapping: people
sources:
  one: { connection: wfp, stream: people }
  two: { connection: wfp, stream: people }
systemOfRecord: one
rules: {}
`;

const everything = `version: 1
listen: { host: 0.0.0.0, port: "\${PORT}" }
publicUrl: https://sync.northridge.example/syncctl/
state: \${DATABASE_URL}
workspaces:
  git:
    url: https://deploy:\${GIT_TOKEN}@git.northridge.example/companies.git
    branch: release/2026
    folder: all/companies
  secrets: secrets
  every: 300
runs: { concurrency: 4, perWorkspace: 1, jitter: 0 }
retention: { runs: 90, plans: 7 }
notify:
  - webhook: { url: "https://hooks.northridge.example/abc", secret: "\${HOOK_SECRET}" }
    events: [failed, blocked]
    workspaces: [northridge, harbor]
  - email:
      to: [office@northridge.example]
      from: syncctl <sync@northridge.example>
      smtp: { host: mail.northridge.example, security: tls, user: sync, password: "\${MAIL}" }
sessions: { hours: 1 }
`;

describe("service.yaml", () => {
  test("says next to nothing: the rest has defaults", async () => {
    const text = "version: 1\nworkspaces: { folder: companies }\n";
    const { directory, result } = await read(text);
    expect(result).toEqual({
      ok: true,
      settings: {
        directory,
        listen: { host: "127.0.0.1", port: 8321 },
        state: join(directory, ".syncctl/state"),
        workspaces: { kind: "folder", folder: join(directory, "companies"), everySeconds: 10 },
        runs: { concurrency: 16, perWorkspace: 2, jitterSeconds: 60 },
        retention: { runsDays: 400, plansDays: 30 },
        notify: [],
        sessions: { hours: 12 },
        secrets: [],
      },
    });
  });

  test("says everything", async () => {
    const env = {
      PORT: "9000",
      DATABASE_URL: "postgres://syncctl:database-pass@db.example/syncctl",
      GIT_TOKEN: "git-token-1",
      HOOK_SECRET: "hook-secret-of-northridge",
    };
    const { directory, result } = await read(everything, env, {
      ".env": "MAIL=mail-password\nPORT=1\n",
    });
    expect(result).toMatchObject({
      ok: true,
      settings: {
        listen: { host: "0.0.0.0", port: 9000 },
        publicUrl: "https://sync.northridge.example/syncctl",
        state: env.DATABASE_URL,
        workspaces: {
          kind: "git",
          url: "https://deploy:git-token-1@git.northridge.example/companies.git",
          branch: "release/2026",
          checkout: join(directory, ".syncctl/checkout"),
          folder: "all/companies",
          secrets: join(directory, "secrets"),
          everySeconds: 300,
        },
        runs: { concurrency: 4, perWorkspace: 1, jitterSeconds: 0 },
        retention: { runsDays: 90, plansDays: 7 },
        notify: [
          {
            kind: "webhook",
            url: "https://hooks.northridge.example/abc",
            secret: env.HOOK_SECRET,
            events: ["blocked", "failed"],
            workspaces: ["northridge", "harbor"],
          },
          {
            kind: "email",
            to: ["office@northridge.example"],
            from: "syncctl <sync@northridge.example>",
            smtp: { host: "mail.northridge.example", port: 465, security: "tls", user: "sync" },
            events: ["blocked", "held", "failed", "recovered"],
          },
        ],
        sessions: { hours: 1 },
      },
    });
    const secrets = result.ok ? result.settings.secrets : [];
    for (const secret of [
      ...[env.GIT_TOKEN, env.HOOK_SECRET, env.DATABASE_URL, "database-pass", "mail-password"],
      "https://hooks.northridge.example/abc",
    ]) {
      expect(secrets).toContain(secret);
    }
    // A port that is blacked out in every log helps nobody.
    expect(secrets).not.toContain("9000");
  });

  test.each([
    [
      "git: { url: git@git.example:companies.git }",
      { branch: "main", folder: ".", everySeconds: 60 },
    ],
    ["git: { url: ssh://git@git.example/companies.git }", { kind: "git" }],
    ["git: { url: /srv/companies.git }", { kind: "git" }],
    ["folder: .\n  every: 3600", { kind: "folder", everySeconds: 3_600 }],
  ])("workspaces: %s", async (written, expected) => {
    const { workspaces } = await settings(`version: 1\nworkspaces:\n  ${written}\n`);
    expect(workspaces).toMatchObject(expected);
  });

  test.each([
    ["starttls", 587],
    ["none", 25],
  ])("a mail server with %s has the port that goes with it", async (security, port) => {
    const smtp = `{ host: mail.example, security: ${security} }`;
    const target = `{ email: { to: [a@b.example], from: c@d.example, smtp: ${smtp} } }`;
    const text = `version: 1\nworkspaces: { folder: . }\nnotify: [${target}]\n`;
    expect((await settings(text)).notify).toMatchObject([{ smtp: { port } }]);
  });

  test("keeps what it makes itself beside the state", async () => {
    const text =
      "version: 1\nstate: /srv/syncctl/state\nworkspaces: { git: { url: /srv/companies.git } }\n";
    expect((await settings(text)).workspaces).toMatchObject({ checkout: "/srv/syncctl/checkout" });
  });
});

describe("a file that is wrong", () => {
  test.each<readonly [string, string, readonly string[]]>([
    ["is no YAML", "version: [1", ["yaml-invalid service.yaml:1:12"]],
    ["has another version", "version: 2", ["version-unsupported service.yaml:1:10"]],
    ["has no version", "runs: {}", ["key-missing service.yaml:1:1"]],
    [
      "has keys that there are not",
      "version: 1\nlisten: { prot: 1 }\nworkspace: x",
      ["key-unknown service.yaml:2:11", "key-unknown service.yaml:3:1"],
    ],
    [
      "has numbers beyond the limits",
      `version: 1
listen: { port: 65536 }
runs: { concurrency: 0, perWorkspace: 33, jitter: -1 }
retention: { runs: 0, plans: 3651 }
sessions: { hours: 0.5 }
workspaces: { folder: ., every: 0 }`,
      [
        "value-out-of-range service.yaml:2:17",
        "value-out-of-range service.yaml:3:22",
        "value-out-of-range service.yaml:3:39",
        "value-out-of-range service.yaml:3:51",
        "value-out-of-range service.yaml:4:20",
        "value-out-of-range service.yaml:4:30",
        "value-type service.yaml:5:20",
        "value-out-of-range service.yaml:6:33",
      ],
    ],
    [
      "names two places for the companies, or none",
      "version: 1\nworkspaces: { folder: a, git: { url: /b } }",
      ["key-choice service.yaml:2:26"],
    ],
    ["names no place", "version: 1\nworkspaces: { every: 5 }", ["key-choice service.yaml:2:13"]],
    [
      "has addresses that are none",
      `version: 1
publicUrl: https://a.example/?b=c
state: mysql://db.example
workspaces: { git: { url: "--upload-pack=evil", branch: "-x", folder: ../up } }
notify: [{ webhook: { url: ftp://a.example, secret: sixteen-letters-or-more } }]`,
      [
        "url-malformed service.yaml:2:12",
        "state-malformed service.yaml:3:8",
        "url-malformed service.yaml:4:27",
        "value-malformed service.yaml:4:57",
        "value-malformed service.yaml:4:71",
        "url-malformed service.yaml:5:28",
      ],
    ],
    [
      "tells somebody nothing",
      `version: 1
notify:
  - { events: [failed] }
  - { webhook: { url: "http://a.example", secret: short }, events: [everything] }
  - { email: { to: [nobody], from: a@b.example, smtp: { host: c, user: d } } }`,
      [
        "key-choice service.yaml:3:5",
        "value-malformed service.yaml:4:51",
        "value-not-allowed service.yaml:4:69",
        "value-malformed service.yaml:5:21",
        "key-missing service.yaml:5:66",
      ],
    ],
    [
      "names variables that are not set",
      'version: 1\nstate: ${DATABASE_URL}\nlisten: { port: "${PORT}" }',
      ["environment-missing service.yaml:2:8", "environment-missing service.yaml:3:18"],
    ],
  ])("%s", async (_what, text, expected) => {
    expect(await trouble(text)).toEqual(expected);
  });

  test("shows no secret", async () => {
    const text = `version: 1
workspaces: { git: { url: "\${REPOSITORY}", branch: "\${TOKEN}" } }
notify: [{ webhook: { url: /x, secret: "\${HOOK}" } }]`;
    const env = { REPOSITORY: "git://a:hush-one@b", TOKEN: "hush two", HOOK: "hush-three" };
    const { result } = await read(text, env);
    expect(result).toMatchObject({ ok: false });
    expect(JSON.stringify(result)).not.toContain("hush");
  });

  test("every sentence says what is wrong and what to do", async () => {
    const { result } = await read("version: 1\nworkspaces: {}\nnotify: [{}]\npublicUrl: x\n");
    const diagnostics = result.ok ? [] : result.diagnostics;
    const codes = diagnostics.map(({ code }) => code);
    expect(codes).toEqual(["key-choice", "key-choice", "url-malformed"]);
    for (const { message, help } of diagnostics) {
      for (const sentence of [message, help]) expect(sentence).toMatch(/^\S.*[.?]$/u);
    }
  });
});

describe("the project in the folder", () => {
  const files = { "syncctl.yaml": project, "mappings/people.yaml": mapping };

  test("is served without a file, with the state that the command line has", async () => {
    const directory = await folderWith({
      ...files,
      "mappings/people.yaml": mapping.replace("rules: {}", rules),
      ".env": "WFP=hush-hush\n",
    });
    const result = await readServiceSettings(directory, {});
    expect(result).toMatchObject({
      ok: true,
      settings: {
        directory,
        state: join(directory, "memory"),
        workspaces: { kind: "project" },
        listen: { port: 8321 },
      },
    });
    expect(result.ok && result.settings.secrets).toContain("hush-hush");
  });

  const rules = `rules:
  a:
    direction: one -> two
    match: [{ email: email }]
    fields: { first_name: first_name }`;

  test("also when its files are broken, as long as they say where the state is", async () => {
    const directory = await folderWith(files);
    const DATABASE_URL = "postgres://a:database-pass@b.example/c";
    const result = await readServiceSettings(directory, { DATABASE_URL });
    expect(result).toMatchObject({ ok: true, settings: { state: DATABASE_URL } });
    expect(result.ok && result.settings.secrets).toContain("database-pass");
  });

  test.each([
    ["a variable is missing", "state: ${STATE}", "environment-missing"],
    ["it is an address of something else", "state: mysql://b", "state-malformed"],
    ["the file cannot be read", "state: [", "yaml-invalid"],
  ])("not when nobody knows where the state is: %s", async (_why, state, code) => {
    const text = project.replace(/state: .*/, () => state);
    const directory = await folderWith({ ...files, "syncctl.yaml": text });
    const result = await readServiceSettings(directory, { WFP: "hush-hush" });
    const codes = result.ok ? [] : result.diagnostics.map((one) => one.code);
    expect(codes).toContain(code);
  });

  test("there is none", async () => {
    const directory = await newFolder();
    expect(await readServiceSettings(directory, {})).toMatchObject({
      ok: false,
      diagnostics: [{ code: "project-missing" }],
    });
  });

  test("after a restart with a file that cannot be read, the copy of the good one says where the state is", async () => {
    const directory = await folderWith({
      "syncctl.yaml": "version: [",
      ".syncctl/last-good/-/current.json": JSON.stringify({
        format: 1,
        version: "v",
        folder: "",
        workspace: "",
        loadedAt: "2026-03-02T08:00:00Z",
      }),
      ".syncctl/last-good/-/v/syncctl.yaml": project,
    });
    const result = await readServiceSettings(directory, {});
    expect(result).toMatchObject({ ok: true, settings: { state: join(directory, "memory") } });
  });

  test("a file beside it adds what it says, and the state is still the project's", async () => {
    const directory = await folderWith({
      ...files,
      "service.yaml": "version: 1\nlisten: { port: 0 }\n",
    });
    const result = await readServiceSettings(directory, {});
    expect(result).toMatchObject({
      ok: true,
      settings: {
        listen: { port: 0 },
        workspaces: { kind: "project" },
        state: join(directory, "memory"),
      },
    });
    await writeFile(join(directory, "service.yaml"), "version: 1\nstate: elsewhere\n");
    expect(await readServiceSettings(directory, {})).toMatchObject({
      settings: { state: join(directory, "elsewhere") },
    });
  });
});

test("settings that were read open the workspaces that they name", async () => {
  const directory = await folderWith({
    "service.yaml": "version: 1\nworkspaces: { folder: companies }\n",
  });
  await mkdir(join(directory, "companies"));
  const result = await readServiceSettings(directory, {});
  if (!result.ok) throw new Error("the settings are right");
  const { workspaces } = await openCompanies(result.settings);
  expect(workspaces.all()).toMatchObject([{ broken: [{ code: "workspaces-missing" }] }]);
  await rm(join(directory, "companies"), { recursive: true });
});
