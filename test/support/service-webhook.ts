import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";

/* A program that takes webhooks, and believes only what is signed as the Standard Webhooks specification says. */

interface Delivery {
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
  readonly isGenuine: boolean;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly deliveries: readonly Delivery[];
  close(): Promise<void>;
}

/** What it answers by the number of the call, counted from 1: a status, an address to go to instead, or nothing at all. */
export type Answering = (call: number) => number | { readonly goTo: string } | "nothing";

export async function webhookReceiver(
  key: Buffer,
  answering: Answering = () => 204,
): Promise<WebhookReceiver> {
  const deliveries: Delivery[] = [];
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    const answer = answering(calls);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks);
      deliveries.push({
        id: String(request.headers["webhook-id"]),
        body: JSON.parse(raw.toString()),
        headers: request.headers,
        isGenuine: isGenuine(key, request.headers, raw),
      });
      if (answer === "nothing") return;
      if (typeof answer === "number") response.writeHead(answer).end("Ilse Brandvold");
      else response.writeHead(307, { location: answer.goTo }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    deliveries,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Worked out from the specification alone: any of the signatures has to fit. */
function isGenuine(key: Buffer, headers: IncomingHttpHeaders, body: Buffer): boolean {
  const signed = Buffer.concat([
    Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`),
    body,
  ]);
  const expected = createHmac("sha256", key).update(signed).digest();
  return String(headers["webhook-signature"])
    .split(" ")
    .filter((one) => one.startsWith("v1,"))
    .map((one) => Buffer.from(one.slice(3), "base64"))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
