import { afterEach, describe, expect, test } from "vitest";
import type { NotificationTarget } from "../../server/settings/settings.ts";
import { aHeld } from "../support/plans.ts";
import { allEvents, key, planWith, secret, type Told, told } from "../support/service-told.ts";
import {
  type Answering,
  type WebhookReceiver,
  webhookReceiver,
} from "../support/service-webhook.ts";

/* How a message reaches a program, and what becomes of it when it does not. */

const receivers: WebhookReceiver[] = [];
let world: Told | undefined;

afterEach(async () => {
  await world?.close();
  for (const receiver of receivers.splice(0)) await receiver.close();
});

async function receiverThat(answering?: Answering): Promise<WebhookReceiver> {
  const receiver = await webhookReceiver(key, answering);
  receivers.push(receiver);
  return receiver;
}

const targetAt = (url: string): NotificationTarget => ({
  kind: "webhook",
  url,
  secret,
  events: allEvents,
});

function tellingOf(...urls: readonly string[]): Told {
  world = told(urls.map(targetAt), { limits: { webhook: { timeoutMs: 400 } } });
  return world;
}

describe("a message", () => {
  test("is signed, and says what happened with nothing of a record", async () => {
    const receiver = await receiverThat();
    const { settle } = tellingOf(receiver.url);
    const counts = {
      create: 3,
      update: 0,
      link: 0,
      retire: 0,
      delete: 0,
      unlink: 0,
      held: 1,
      passedOver: 0,
      inStep: 9,
    };
    const plan = planWith({ held: [aHeld("p17", "Ilse Brandvold")] });
    await settle({ counts, note: "Ilse Brandvold was looked at." }, plan);
    const [delivery] = receiver.deliveries;
    expect(delivery?.isGenuine).toBe(true);
    expect(delivery?.headers).toMatchObject({
      "content-type": "application/json",
      "user-agent": "syncctl/1.2.3",
      "webhook-timestamp": String(Date.parse("2026-03-02T10:00:00Z") / 1_000),
    });
    expect(delivery?.body).toEqual({
      id: delivery?.id,
      event: "held",
      at: "2026-03-02T10:00:00.000Z",
      workspace: "northridge",
      mapping: "people",
      request: "r1",
      status: "done",
      counts: { ...counts, newlyHeld: 1 },
      message:
        "1 record of people is held: not written until somebody has looked. The page of the run says for each of them what is the matter and what to do.",
      url: "https://sync.northridge.example/runs/r1",
    });
    expect(JSON.stringify(delivery?.body)).not.toMatch(/Ilse|p17/);
  });

  test("is no longer genuine with another key", async () => {
    const receiver = await webhookReceiver(Buffer.from("another key of thirty-two bytes."));
    receivers.push(receiver);
    const { settle } = tellingOf(receiver.url);
    await settle({ status: "failed" });
    expect(receiver.deliveries.map(({ isGenuine }) => isGenuine)).toEqual([false]);
  });

  test("is signed with the bytes of a secret that is no base64", async () => {
    const receiver = await webhookReceiver(Buffer.from("a secret made of words"));
    receivers.push(receiver);
    world = told([
      { ...targetAt(receiver.url), secret: "a secret made of words" } as NotificationTarget,
    ]);
    await world.settle({ status: "failed" });
    expect(receiver.deliveries.map(({ isGenuine }) => isGenuine)).toEqual([true]);
  });
});

describe("a receiver that does not take it", () => {
  test.each([500, 503, 429, 408])(
    "status %i: it is tried again, with the same id",
    async (status) => {
      const receiver = await receiverThat((call) => (call < 3 ? status : 200));
      const { settle, sent } = tellingOf(receiver.url);
      await settle({ status: "failed" });
      expect(receiver.deliveries).toHaveLength(3);
      expect(new Set(receiver.deliveries.map(({ id }) => id)).size).toBe(1);
      expect(sent).toEqual(["webhook ok"]);
    },
  );

  test.each([400, 401, 404, 410])("status %i: trying again would not help", async (status) => {
    const receiver = await receiverThat(() => status);
    const { settle, sent } = tellingOf(receiver.url);
    await settle({ status: "failed" });
    expect(receiver.deliveries).toHaveLength(1);
    expect(sent).toEqual(["webhook failed"]);
  });

  test("a redirect is not followed", async () => {
    const elsewhere = await receiverThat();
    const receiver = await receiverThat(() => ({ goTo: elsewhere.url }));
    const { settle, logged } = tellingOf(receiver.url);
    await settle({ status: "failed" });
    expect(elsewhere.deliveries).toEqual([]);
    expect(logged.lines).toMatchObject([{ code: "notification-failed", why: "status 307" }]);
  });

  test("one that says nothing is given up after a while", async () => {
    const receiver = await receiverThat((call) => (call === 1 ? "nothing" : 200));
    const { settle, sent } = tellingOf(receiver.url);
    await settle({ status: "failed" });
    expect(receiver.deliveries).toHaveLength(2);
    expect(sent).toEqual(["webhook ok"]);
  });

  test("what is logged tells neither the address nor the secret nor what was answered", async () => {
    const receiver = await receiverThat(() => 400);
    const { settle, logged } = tellingOf(
      `${receiver.url}?token=very-secret`,
      "http://127.0.0.1:1/",
    );
    await settle({ status: "failed", code: "unreachable" });
    expect(
      logged.lines.toSorted((a, b) => (String(a["target"]) < String(b["target"]) ? -1 : 1)),
    ).toMatchObject([
      {
        level: "error",
        code: "notification-failed",
        workspace: "northridge",
        mapping: "people",
        run: "r1",
        event: "failed",
        target: "webhook 1",
        why: "status 400",
      },
      { target: "webhook 2", why: "ECONNREFUSED" },
    ]);
    expect(logged.text()).not.toMatch(/very-secret|whsec_|hook\?|Ilse/);
  });

  test("what could not be told is told after the next request, and then once", async () => {
    let isAway = true;
    const receiver = await receiverThat(() => (isAway ? 400 : 200));
    const { settle } = tellingOf(receiver.url);
    await settle({ status: "failed", code: "unreachable" }, planWith({ held: [aHeld("1", "A")] }));
    isAway = false;
    await settle({ status: "failed", code: "unreachable" });
    await settle({ status: "failed", code: "unreachable" }, planWith({ held: [aHeld("1", "A")] }));
    await settle({ status: "failed", code: "unreachable" }, planWith({ held: [aHeld("1", "A")] }));
    expect(receiver.deliveries.map(({ body }) => `${body["event"]} ${body["request"]}`)).toEqual([
      "failed r1",
      "held r1",
      "failed r2",
      "held r3",
    ]);
  });

  test("a target that is away does not make the others hear everything again", async () => {
    const receiver = await receiverThat();
    const { settle, sent } = tellingOf(receiver.url, "http://127.0.0.1:1/");
    await settle({ status: "failed", code: "unreachable" });
    await settle({ status: "failed", code: "unreachable" });
    expect(receiver.deliveries).toHaveLength(1);
    expect(sent.toSorted()).toEqual(["webhook failed", "webhook ok"]);
  });
});

describe("the run", () => {
  test("never waits for people to be told", async () => {
    const receiver = await receiverThat(() => "nothing");
    const { notifier, state } = tellingOf(receiver.url);
    await state.service.addRequest({
      id: "r1",
      workspace: "northridge",
      mapping: "people",
      purpose: "sync",
      allow: [],
      trigger: "schedule",
      requestedBy: "schedule",
      requestedAt: new Date("2026-03-02T10:00:00Z"),
      status: "failed",
    });
    const request = await state.service.request("r1");
    if (request) await notifier.requestSettled(request, undefined);
    expect(receiver.deliveries).toEqual([]);
  });

  test("is not harmed by a store that is away", async () => {
    const receiver = await receiverThat();
    const { settle, state, logged } = tellingOf(receiver.url);
    state.service.notified = async () => {
      throw new Error("The store says: Ilse Brandvold.");
    };
    await settle({ status: "failed" });
    expect(logged.lines).toMatchObject([
      { level: "error", code: "notification-failed", run: "r1" },
    ]);
    expect(logged.text()).not.toContain("Ilse");
  });

  test("after closing nothing is sent any more", async () => {
    const receiver = await receiverThat();
    const { settle, close } = tellingOf(receiver.url);
    await close();
    await settle({ status: "failed" });
    expect(receiver.deliveries).toEqual([]);
  });
});
