import { describe, expect, test } from "vitest";
import { explanationShown } from "../../server/dashboard/source/pages/record/explanation-sections.ts";
import { goOnTo, refusalText } from "../../server/dashboard/source/pages/sign-in/sign-in-words.ts";
import {
  expiryOf,
  sortTokens,
  type Token,
  tokenState,
  workspacesText,
} from "../../server/dashboard/source/pages/tokens/token-view.ts";

describe("an explanation", () => {
  test("has its answer first and its steps as sections", () => {
    const shown = explanationShown(
      [
        "Ilse Brandvold  wfp/people/9",
        "It is updated.",
        "",
        "1 Connected",
        "  wfp      answers",
        "  procore  does not answer",
        "      The network is down.",
        "",
        "What happens",
        "  Nothing is written.",
        "",
      ].join("\n"),
    );
    expect(shown).toEqual({
      label: "Ilse Brandvold",
      address: "wfp/people/9",
      answer: "It is updated.",
      sections: [
        {
          number: "1",
          title: "Connected",
          text: "wfp      answers\nprocore  does not answer\n    The network is down.",
        },
        { title: "What happens", text: "Nothing is written." },
      ],
    });
  });

  test("a text of another form is shown all the same", () => {
    expect(explanationShown("One line.\n")).toEqual({
      label: "One line.",
      address: "",
      answer: "",
      sections: [],
    });
  });
});

describe("signing in", () => {
  test("each refusal says what to do", () => {
    const refused = (status: number, message: string) =>
      refusalText({ kind: "refused", status, message });
    expect(refused(401, "The token is not known.")).toContain("Ask an admin");
    expect(refused(429, "Try again in 40 seconds.")).toContain("Wait 40 seconds");
    expect(refused(429, "Try again in 1 seconds.")).toContain("one second");
    expect(refused(429, "Try again in 300 seconds.")).toContain("5 minutes");
    expect(refused(429, "Too many.")).toContain("a few minutes");
    expect(refused(503, "The state is away.")).toBe("The state is away.");
    expect(refusalText({ kind: "offline", status: 0, message: "No answer." })).toBe("No answer.");
  });

  test("one goes on to the page that was asked for, and never to another site", () => {
    expect(goOnTo("/w/northridge/held?mapping=people")).toBe("/w/northridge/held?mapping=people");
    for (const bad of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "runs",
      "",
      null,
      undefined,
      "/sign-in?next=/",
    ]) {
      expect(goOnTo(bad)).toBe("/");
    }
  });
});

describe("tokens", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  const token = (id: string, more: Partial<Token> = {}): Token => ({
    id,
    name: id,
    role: "viewer",
    createdAt: "2026-11-01T12:00:00Z",
    createdBy: "Ana",
    ...more,
  });

  test("one that ends, or has ended, says so", () => {
    expect(tokenState(token("a"), now)).toBe("good");
    expect(tokenState(token("a", { expiresAt: "2027-11-21T12:00:00Z" }), now)).toBe("good");
    expect(tokenState(token("a", { expiresAt: "2026-11-30T12:00:00Z" }), now)).toBe("expires-soon");
    expect(tokenState(token("a", { expiresAt: "2026-11-21T12:00:00Z" }), now)).toBe("expired");
    expect(
      tokenState(
        token("a", { expiresAt: "2026-11-21T12:00:00Z", revokedAt: "2026-11-02T12:00:00Z" }),
        now,
      ),
    ).toBe("revoked");
  });

  test("those that open a door stand first, the newest first", () => {
    const sorted = sortTokens(
      [
        token("revoked", { createdAt: "2026-11-20T12:00:00Z", revokedAt: "2026-11-20T13:00:00Z" }),
        token("old"),
        token("new", { createdAt: "2026-11-10T12:00:00Z" }),
      ],
      now,
    );
    expect(sorted.map(({ id }) => id)).toEqual(["new", "old", "revoked"]);
  });

  test("workspaces and expiry", () => {
    expect(workspacesText({})).toBe("all");
    expect(workspacesText({ workspaces: ["harbor", "quay"] })).toBe("harbor, quay");
    expect(workspacesText({ workspaces: [] })).toBe("none");
    expect(expiryOf(null, now)).toBeUndefined();
    expect(expiryOf(30, now)).toBe("2026-12-21T12:00:00.000Z");
  });
});
