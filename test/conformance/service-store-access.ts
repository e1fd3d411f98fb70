import { describe, expect, test } from "vitest";
import { session, token } from "./service-store-samples.ts";
import type { ServiceBench } from "./service-store-suite.ts";
import { minutesAfter, morning } from "./store-samples.ts";

export function describeAccess({ service }: ServiceBench): void {
  describe("tokens", () => {
    test("are found by their hash, which nobody gets back", async () => {
      const full = token("2", {
        workspaces: ["harbour", "quarry"],
        role: "viewer",
        lastUsedAt: minutesAfter(2),
        expiresAt: minutesAfter(3),
        revokedAt: minutesAfter(4),
        createdAt: minutesAfter(-1),
      });
      await service().addToken(token("1"), "hash-1");
      await service().addToken(full, "hash-2");
      expect(await service().tokenByHash("hash-1")).toEqual(token("1"));
      expect(await service().tokenByHash("hash-2")).toEqual(full);
      expect(await service().tokenByHash("hash-3")).toBeNull();
      expect(await service().tokens()).toEqual([full, token("1")]);
    });

    test("neither an id nor a hash is given twice", async () => {
      await service().addToken(token("1"), "hash-1");
      await expect(service().addToken(token("1"), "hash-2")).rejects.toThrow();
      await expect(service().addToken(token("2"), "hash-1")).rejects.toThrow();
      expect(await service().tokens()).toEqual([token("1")]);
    });

    test("tell when they were used last", async () => {
      await service().addToken(token("1"), "hash-1");
      await service().touchToken("1", minutesAfter(2));
      await service().touchToken("1", minutesAfter(1));
      await service().touchToken("2", minutesAfter(1));
      expect(await service().tokens()).toEqual([token("1", { lastUsedAt: minutesAfter(2) })]);
    });

    test("are revoked once, and their sessions end", async () => {
      await service().addToken(token("token-1"), "hash-1");
      await service().addToken(token("token-2"), "hash-2");
      await service().addSession(session("a"), "hash-a");
      await service().addSession(session("b", { tokenId: "token-2" }), "hash-b");
      expect(await service().revokeToken("token-1", minutesAfter(1))).toBe(true);
      expect(await service().revokeToken("token-1", minutesAfter(2))).toBe(false);
      expect(await service().revokeToken("token-3", minutesAfter(1))).toBe(false);
      expect(await service().tokenByHash("hash-1")).toMatchObject({ revokedAt: minutesAfter(1) });
      expect(await service().sessionByHash("hash-a")).toBeNull();
      expect(await service().sessionByHash("hash-b")).not.toBeNull();
    });
  });

  describe("sessions", () => {
    test("are found by their hash, with their token", async () => {
      await service().addToken(token("token-1"), "hash-1");
      await service().addSession(session("a"), "hash-a");
      await service().touchToken("token-1", minutesAfter(1));
      expect(await service().sessionByHash("hash-a")).toEqual({
        session: session("a"),
        token: token("token-1", { lastUsedAt: minutesAfter(1) }),
      });
      expect(await service().sessionByHash("hash-1")).toBeNull();
    });

    test("belong to a token, and have an id and a hash of their own", async () => {
      await expect(service().addSession(session("a"), "hash-a")).rejects.toThrow();
      await service().addToken(token("token-1"), "hash-1");
      await service().addSession(session("a"), "hash-a");
      await expect(service().addSession(session("a"), "hash-b")).rejects.toThrow();
      await expect(service().addSession(session("b"), "hash-a")).rejects.toThrow();
      expect(await service().sessionByHash("hash-b")).toBeNull();
    });

    test("end when a person says so, and when they are purged", async () => {
      await service().addToken(token("token-1"), "hash-1");
      const times = [minutesAfter(1), minutesAfter(2), minutesAfter(3)];
      for (const [place, expiresAt] of times.entries()) {
        await service().addSession(session(`${place}`, { expiresAt }), `hash-${place}`);
      }
      await service().endSession("2");
      await service().endSession("2");
      expect(await service().sessionByHash("hash-2")).toBeNull();
      const removed = await service().purge({
        requests: morning,
        plans: morning,
        now: minutesAfter(1),
      });
      expect(removed).toMatchObject({ sessions: 1 });
      expect(await service().sessionByHash("hash-0")).toBeNull();
      expect(await service().sessionByHash("hash-1")).not.toBeNull();
    });
  });
}
