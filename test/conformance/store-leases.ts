import { describe, expect, test } from "vitest";
import { LeaseLostError } from "../../engine/state/store.ts";
import { contents, intent, link, run, settlement, take } from "./store-samples.ts";
import type { StoreBench } from "./store-suite.ts";

const minute = 60_000;

export function describeLeases({ store, pass }: StoreBench): void {
  describe("leases", () => {
    test("one process at a time holds a lease", async () => {
      const lease = await take(store(), "people", "first");
      expect(lease).toEqual({ name: "people", holder: "first", token: 1 });
      expect(await store().acquireLease("people", "second", minute)).toEqual({
        ok: false,
        holder: "first",
        until: expect.any(Date),
      });
      expect(await store().acquireLease("projects", "second", minute)).toMatchObject({ ok: true });
    });

    test("of several who ask at once, one gets it", async () => {
      const answers = await Promise.all(
        ["a", "b", "c", "d"].map((holder) => store().acquireLease("people", holder, minute)),
      );
      const winners = answers.flatMap((answer) => (answer.ok ? [answer.lease.holder] : []));
      expect(winners).toHaveLength(1);
      expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.holder]))).toEqual(
        Array.from({ length: 3 }, () => winners[0]),
      );
    });

    test("its holder renews it and keeps the token", async () => {
      const lease = await take(store());
      await pass(40_000);
      expect(await take(store())).toEqual(lease);
      await pass(40_000);
      expect(await store().acquireLease("people", "other", minute)).toMatchObject({ ok: false });
    });

    test("a lease that ran out goes to whoever asks, with a higher token", async () => {
      const lost = await take(store(), "people", "first");
      await pass(minute);
      const lease = await take(store(), "people", "second");
      expect(lease.token).toBeGreaterThan(lost.token);
      expect(await store().acquireLease("people", "first", minute)).toMatchObject({
        ok: false,
        holder: "second",
      });
    });

    test("nothing is written under a lease that somebody else took over", async () => {
      await store().startRun(run("run-1"));
      await store().addLink(link("1"));
      await store().begin([], [intent("2")]);
      const lost = await take(store(), "people", "first");
      await pass(minute);
      await take(store(), "people", "second");

      const writes = [
        () => store().begin([lost], [intent("3")]),
        () => store().settle([lost], "run-1", [settlement("2", 0)]),
        () => store().refresh([lost], [link("1", { baseline: { changed: true } })]),
      ];
      for (const write of writes) await expect(write()).rejects.toThrow(LeaseLostError);
      expect(await contents(store())).toEqual({ links: ["1 -> t-1"], intents: ["change-2"] });
      expect((await store().load("people")).links).toEqual([link("1")]);
      expect(await store().run("run-1")).toMatchObject({ counts: {} });
    });

    test("of several leases, all must be held", async () => {
      const people = await take(store(), "people");
      const projects = await take(store(), "projects");
      await store().begin([people, projects], [intent("1")]);
      await store().releaseLease(projects);
      await expect(store().begin([people, projects], [intent("2")])).rejects.toThrow(
        LeaseLostError,
      );
      expect((await contents(store())).intents).toEqual(["change-1"]);
    });

    test("a lease that never was is not held", async () => {
      const invented = { name: "people", holder: "nobody", token: 1 };
      await expect(store().begin([invented], [intent("1")])).rejects.toThrow(LeaseLostError);
    });

    test("a lease that ran out and that nobody took lets its holder write down what it did", async () => {
      await store().startRun(run("run-1"));
      const lease = await take(store());
      await store().begin([lease], [intent("1")]);
      await pass(10 * minute);
      await store().settle([lease], "run-1", [settlement("1", 0)]);
      expect(await contents(store())).toEqual({ links: ["1 -> t-1"], intents: [] });
    });

    test("a holder that comes back after its lease ran out gets a new token", async () => {
      const lost = await take(store());
      await pass(minute);
      expect((await take(store())).token).toBeGreaterThan(lost.token);
      await expect(store().begin([lost], [intent("1")])).rejects.toThrow(LeaseLostError);
    });

    test("a released lease is free at once, and its token is spent", async () => {
      const released = await take(store(), "people", "first");
      await store().releaseLease(released);
      await expect(store().begin([released], [intent("1")])).rejects.toThrow(LeaseLostError);
      const next = await take(store(), "people", "second");
      expect(next.token).toBeGreaterThan(released.token);
    });

    test("releasing what somebody else holds by now takes nothing away", async () => {
      const lost = await take(store(), "people", "first");
      await pass(minute);
      const lease = await take(store(), "people", "second");
      await store().releaseLease(lost);
      await store().releaseLease({ ...lease, token: lease.token + 1 });
      await store().begin([lease], [intent("1")]);
      expect((await contents(store())).intents).toEqual(["change-1"]);
    });
  });
}
