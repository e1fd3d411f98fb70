import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { memoryState } from "../../engine/state/memory-state.ts";
import type { Role } from "../../engine/state/service-store.ts";
import { makeToken } from "../../server/access/make-token.ts";
import { openAccess } from "../../server/access/open-access.ts";
import { secretHash } from "../../server/access/secret.ts";
import type { NewToken } from "../../server/service.ts";
import { handClock } from "../support/office.ts";

/* Who is let in: by a token, by a session that was opened with one, or from this machine while there are no tokens. */

const hour = 3_600_000;

function open(listenHost = "127.0.0.1") {
  const clock = handClock();
  const { service: store } = memoryState(clock);
  const touched: string[] = [];
  const watched = {
    ...store,
    touchToken: async (id: string, at: Date) => {
      touched.push(id);
      await store.touchToken(id, at);
    },
  };
  const outside = { newId: randomUUID, secretBytes: randomBytes };
  const access = openAccess({ store: watched, clock, listenHost, sessionHours: 8, ...outside });
  const make = async (name: string, more: Partial<NewToken> = {}, role: Role = "operator") => {
    const now = clock.now();
    const made = await makeToken({ store, now, ...outside }, { name, role, ...more }, "Ada");
    if (!made.ok) throw new Error(made.message);
    return made;
  };
  const refusal = async (wanted: NewToken) => {
    const made = await makeToken({ store, now: clock.now(), ...outside }, wanted, "Ada");
    return made.ok ? "made" : `${made.code}: ${made.message}`;
  };
  return { clock, store, access, make, refusal, touched };
}

test("a token is told once, and its hash is all that is stored", async () => {
  const { store, make } = open();
  const { token, text } = await make("  Olga ", { workspaces: ["north", "north"] });
  expect(text).toMatch(/^sct_[A-Za-z0-9_-]{43}$/);
  expect(token).toMatchObject({
    name: "Olga",
    role: "operator",
    workspaces: ["north"],
    createdBy: "Ada",
  });
  expect(JSON.stringify(await store.tokens())).not.toContain(text.slice(4));
  expect(await store.tokenByHash(text)).toBeNull();
  expect(await store.tokenByHash(secretHash(text))).toEqual(token);
  const other = await make("Other");
  expect(other.text).not.toBe(text);
});

test("a token says who asks, what they may do, and where", async () => {
  const { access, make } = open();
  const { text } = await make("Olga", { workspaces: ["north"] });
  expect(await access.byToken(text)).toEqual({
    how: "token",
    actor: { name: "Olga", role: "operator", workspaces: ["north"] },
  });
  const everywhere = await make("Vera", {}, "viewer");
  expect(await access.byToken(everywhere.text)).toEqual({
    how: "token",
    actor: { name: "Vera", role: "viewer" },
  });
  for (const wrong of ["", "sct_", text.slice(0, -1), text.toUpperCase(), `${text} `]) {
    expect(await access.byToken(wrong)).toBeNull();
  }
});

test("a token that has expired or was revoked lets nobody in", async () => {
  const { access, make, clock, store } = open();
  const expiring = await make("Short", { expiresAt: new Date(clock.millis() + hour) });
  const revoked = await make("Gone");
  expect(await access.byToken(expiring.text)).not.toBeNull();
  await store.revokeToken(revoked.token.id, clock.now());
  expect(await access.byToken(revoked.text)).toBeNull();
  expect(await access.signIn(revoked.text)).toBeNull();
  clock.advance(hour - 1);
  expect(await access.byToken(expiring.text)).not.toBeNull();
  clock.advance(1);
  expect(await access.byToken(expiring.text)).toBeNull();
  expect(await access.signIn(expiring.text)).toBeNull();
});

test("when a token was used last is noted once a minute at most", async () => {
  const { access, make, clock, store, touched } = open();
  const { text, token } = await make("Olga");
  for (let second = 0; second <= 60; second += 10) {
    await access.byToken(text);
    clock.advance(10_000);
  }
  expect(touched).toEqual([token.id, token.id]);
  const [stored] = await store.tokens();
  expect(stored?.lastUsedAt).toEqual(new Date(clock.millis() - 10_000));
});

test("a session lets its browser in for its hours, with a CSRF token of its own", async () => {
  const { access, make, clock, store } = open();
  const { text } = await make("Olga", { workspaces: ["north"] });
  const signedIn = await access.signIn(text);
  if (!signedIn) throw new Error("nobody was signed in");
  const { session } = signedIn;
  expect(signedIn.actor).toEqual({ name: "Olga", role: "operator", workspaces: ["north"] });
  expect(signedIn.text).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(session.csrf).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(session.expiresAt.getTime() - clock.millis()).toBe(8 * hour);
  expect(await store.sessionByHash(signedIn.text)).toBeNull();
  expect(await access.bySession(signedIn.text)).toEqual({
    how: "session",
    actor: signedIn.actor,
    session,
  });
  expect(await access.bySession(text)).toBeNull();
  expect(await access.byToken(signedIn.text)).toBeNull();
  clock.advance(8 * hour - 1);
  expect(await access.bySession(signedIn.text)).not.toBeNull();
  clock.advance(1);
  expect(await access.bySession(signedIn.text)).toBeNull();
});

test("a session ends when somebody signs out, and with its token", async () => {
  const { access, make, clock, store } = open();
  const { text, token } = await make("Olga", { expiresAt: new Date(clock.millis() + hour) });
  const first = await access.signIn(text);
  const second = await access.signIn(text);
  if (!first || !second) throw new Error("nobody was signed in");
  expect(second.session.expiresAt).toEqual(token.expiresAt);
  await access.signOut(first.session.id);
  expect(await access.bySession(first.text)).toBeNull();
  expect(await access.bySession(second.text)).not.toBeNull();
  await store.revokeToken(token.id, clock.now());
  expect(await access.bySession(second.text)).toBeNull();
});

test("without tokens, a service on this machine alone is open; a token closes it for good", async () => {
  for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "LocalHost"]) {
    expect(await open(host).access.isOpen()).toBe(true);
  }
  for (const host of [
    "0.0.0.0",
    "::",
    "10.0.0.1",
    "localhost.example.com",
    "127.0.0.1.example",
    "",
  ]) {
    expect(await open(host).access.isOpen()).toBe(false);
  }
  const { access, make, store, clock } = open();
  const { token } = await make("Ada", {}, "admin");
  expect(await access.isOpen()).toBe(false);
  await store.revokeToken(token.id, clock.now());
  expect(await access.isOpen()).toBe(false);
});

test("token-unfit: names, workspaces and times that mean nothing are refused", async () => {
  const { make, refusal, clock, store } = open();
  const fit: NewToken = { name: "Olga", role: "viewer" };
  const first = await make("Olga");
  expect(await refusal(fit)).toMatch(/^token-unfit: There is a token with the name "Olga" already/);
  await store.revokeToken(first.token.id, clock.now());
  expect(await refusal(fit)).toBe("made");
  for (const wrong of [
    { name: "" },
    { name: "   " },
    { name: "x".repeat(81) },
    { name: "a\nb" },
    { name: "a\u202eb" },
    { name: "schedule" },
    { name: "Local" },
    { name: "New", workspaces: [] },
    { name: "New", workspaces: ["north", "../south"] },
    { name: "New", expiresAt: clock.now() },
    { name: "New", expiresAt: new Date(Number.NaN) },
  ]) {
    expect(await refusal({ ...fit, ...wrong })).toMatch(/^token-unfit: [A-Z"].*\.$/);
  }
  expect(await refusal({ ...fit, name: "New", workspaces: ["", "north-2"] })).toBe("made");
});
