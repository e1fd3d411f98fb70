import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/** A year, as browsers want it to be remembered that the service is reached by https only, seconds. */
const httpsOnlySeconds = 31_536_000;

/** What every answer tells a browser: nothing but our own files, no frames, no address handed on. */
export async function protectiveHeaders(app: FastifyInstance, isHttps: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps && { maxAge: httpsOnlySeconds, includeSubDomains: false },
    referrerPolicy: { policy: "no-referrer" },
    frameguard: { action: "deny" },
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
    reply.header(
      "permissions-policy",
      "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    );
    // Files of the dashboard say themselves how long they are good for.
    if (request.routeOptions.config.access !== undefined) reply.header("cache-control", "no-store");
  });
}
