import { afterEach, describe, expect, test } from "vitest";
import type { NotificationTarget } from "../../server/settings/settings.ts";
import { aHeld } from "../support/plans.ts";
import { type SmtpOptions, type SmtpServer, smtpServer } from "../support/service-smtp.ts";
import { allEvents, planWith, type Told, told } from "../support/service-told.ts";

/* What arrives in the mailbox of a person. */

let server: SmtpServer;
let world: Told;

afterEach(async () => {
  await world.close();
  await server.close();
});

interface Office {
  readonly smtp?: SmtpOptions;
  readonly security?: "tls" | "starttls" | "none";
  readonly login?: { readonly user: string; readonly password: string };
  readonly title?: string;
  readonly to?: readonly string[];
  readonly publicUrl?: string;
}

async function northridge(office: Office = {}): Promise<Told> {
  server = await smtpServer(office.smtp);
  const target: NotificationTarget = {
    kind: "email",
    events: allEvents,
    to: office.to ?? ["office@northridge.example", "ilse@northridge.example"],
    from: "Records <records@northridge.example>",
    smtp: {
      host: "127.0.0.1",
      port: server.port,
      security: office.security ?? "none",
      ...office.login,
    },
  };
  world = told([target], {
    titleOf: () => office.title ?? "Northridge",
    limits: { email: { stepMs: 400, timeoutMs: 1_000 } },
  });
  return world;
}

/** A header of the first message, folded lines joined. */
function header(name: string): string | undefined {
  const [head = ""] = server.received[0]?.raw.split("\n\n", 1) ?? [];
  const lines = head.replace(/\n[ \t]+/g, " ").split("\n");
  return lines.find((line) => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 2);
}

function text(): string {
  const raw = server.received[0]?.raw ?? "";
  const body = raw.slice(raw.indexOf("\n\n") + 2);
  return body
    .replace(/=\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
}

describe("an e-mail", () => {
  test("is written for people", async () => {
    const { settle } = await northridge();
    const guard = {
      code: "too-many-retires",
      mapping: "people",
      message: "7 of 20 linked records would be retired.",
      allow: "people:retire",
      allowed: false,
    } as const;
    await settle({ status: "waiting" }, planWith({ guards: [guard] }));
    expect(server.received).toMatchObject([
      {
        from: "records@northridge.example",
        to: ["office@northridge.example", "ilse@northridge.example"],
      },
    ]);
    expect(header("subject")).toBe("Northridge: people needs a decision");
    expect(header("from")).toBe("Records <records@northridge.example>");
    expect(header("auto-submitted")).toBe("auto-generated");
    expect(header("content-type")).toMatch(/^text\/plain; charset=utf-8/);
    expect(header("message-id")).toMatch(/^<msg_[\w-]{27}@northridge\.example>$/);
    expect(header("date")).toBe("Mon, 02 Mar 2026 10:00:00 +0000");
    expect(text()).toContain(
      "The plan of people waits for a person. Nothing is written until it is approved.\n\n",
    );
    expect(text()).toContain("(too-many-retires)");
    expect(text()).toContain("\n\nhttps://sync.northridge.example/runs/r1\n\n-- \nSent by syncctl");
  });

  test("holds nothing of a record", async () => {
    const { settle } = await northridge();
    await settle({ note: "Ilse was seen." }, planWith({ held: [aHeld("p17", "Ilse Brandvold")] }));
    expect(header("subject")).toBe("Northridge: 1 record of people needs a look");
    expect(server.received[0]?.raw).not.toMatch(/Ilse|Brandvold|p17/);
  });

  test("names the company in every script", async () => {
    const { settle } = await northridge({ title: "Nørdrücken 北" });
    await settle({ status: "failed" });
    const words = header("subject")?.matchAll(/=\?UTF-8\?Q\?([^?]+)\?=/gi) ?? [];
    const bytes = [...words].map(([, part = ""]) =>
      part.replaceAll("_", "%20").replace(/=([0-9A-F]{2})/g, "%$1"),
    );
    expect(decodeURIComponent(bytes.join(""))).toContain("Nørdrücken 北");
  });

  test("a name cannot add a header or a receiver", async () => {
    const { settle } = await northridge({
      title: "Northridge\r\nBcc: thief@elsewhere.example\r\n\r\nGood morning\u2028\u0085",
    });
    await settle({ status: "failed", mapping: "people" });
    expect(server.received[0]?.to).toHaveLength(2);
    expect(header("bcc")).toBe(undefined);
    expect(header("subject")).toBe(
      "Northridge Bcc: thief@elsewhere.example Good morning : people failed",
    );
    expect(text()).not.toContain("Good morning");
  });

  test("a subject stays a line that can be read", async () => {
    const { settle } = await northridge({ title: "North".repeat(100) });
    await settle({ status: "failed" });
    expect(header("subject")?.replace(/\s/g, "").length).toBeLessThan(260);
    expect(server.received).toHaveLength(1);
  });
});

describe("a mail server", () => {
  test("is told who we are", async () => {
    const { settle, sent } = await northridge({
      smtp: { login: "records:very-secret" },
      login: { user: "records", password: "very-secret" },
    });
    await settle({ status: "failed" });
    expect(sent).toEqual(["email ok"]);
  });

  test("that does not take the password is asked once, and the password stands in no log", async () => {
    const { settle, sent, logged } = await northridge({
      smtp: { login: "records:another" },
      login: { user: "records", password: "very-secret" },
    });
    await settle({ status: "failed" });
    expect(sent).toEqual(["email failed"]);
    expect(server.commands.filter((line) => line.startsWith("AUTH"))).toHaveLength(1);
    expect(logged.lines).toMatchObject([
      { code: "notification-failed", target: "email 1", why: "EAUTH 535" },
    ]);
    expect(logged.text()).not.toContain("very-secret");
    expect(logged.text()).not.toContain(
      Buffer.from("\u0000records\u0000very-secret").toString("base64"),
    );
  });

  test.each(["starttls", "tls"] as const)(
    "that does not protect the line gets neither password nor message (%s)",
    async (security) => {
      const { settle, sent } = await northridge({
        security,
        login: { user: "records", password: "very-secret" },
      });
      await settle({ status: "failed" });
      expect(sent).toEqual(["email failed"]);
      expect(server.commands.some((line) => /^(AUTH|MAIL)/.test(line))).toBe(false);
    },
  );

  test("that is busy is asked again, and the message has the same id", async () => {
    const { settle, sent } = await northridge({
      smtp: {
        answers: (word, times) => (word === "MAIL" && times < 3 ? "451 later, please" : undefined),
      },
    });
    await settle({ status: "failed" });
    expect(sent).toEqual(["email ok"]);
    expect(server.received).toHaveLength(1);
  });

  test("that lost the line after the message gets it with the same id, so that a mailbox shows it once", async () => {
    const { settle } = await northridge({
      smtp: { answers: (word, times) => (word === "message" && times === 1 ? null : undefined) },
    });
    await settle({ status: "failed" });
    const ids = server.received.map(({ raw }) => /^Message-ID: (<msg_.*)$/im.exec(raw)?.[1]);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toEqual(expect.any(String));
    expect(ids[1]).toBe(ids[0]);
  });

  test("that refuses for good is asked once", async () => {
    const { settle, logged } = await northridge({
      smtp: { answers: (word) => (word === "MAIL" ? "550 not from you, Ilse" : undefined) },
    });
    await settle({ status: "failed" });
    expect(server.commands.filter((line) => line.startsWith("MAIL"))).toHaveLength(1);
    expect(logged.lines).toMatchObject([{ why: "EENVELOPE 550" }]);
    expect(logged.text()).not.toContain("Ilse");
  });

  test("that knows one of two people reaches that one, and the log says so", async () => {
    const { settle, sent, logged } = await northridge({
      smtp: {
        answers: (word, times) => (word === "RCPT" && times === 2 ? "550 unknown" : undefined),
      },
    });
    await settle({ status: "failed" });
    expect(server.received).toMatchObject([{ to: ["office@northridge.example"] }]);
    expect(sent).toEqual(["email ok"]);
    expect(logged.lines).toMatchObject([
      { level: "warn", code: "notification-failed", refused: 1 },
    ]);
  });

  test("that says nothing is given up", async () => {
    const { settle, sent } = await northridge({
      smtp: { answers: (word, times) => (word === "greeting" && times === 1 ? null : undefined) },
    });
    await settle({ status: "failed" });
    expect(sent).toEqual(["email ok"]);
    expect(server.received).toHaveLength(1);
  });
});
