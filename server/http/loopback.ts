import type { IncomingHttpHeaders } from "node:http";

/*
 * While the service listens on this machine alone and has no tokens, whoever can reach it may use it. A page of another
 * site can make a browser on this machine ask here, under a name that its owner points to 127.0.0.1; such a request
 * carries that name as its host. And a proxy in front asks from this machine on behalf of everybody.
 */

const forwarded = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "via",
];

export function isFromThisMachine(
  remoteAddress: string | undefined,
  headers: IncomingHttpHeaders,
): boolean {
  return (
    isLoopbackAddress(remoteAddress) &&
    isLoopbackHost(headers.host) &&
    !forwarded.some((name) => headers[name] !== undefined)
  );
}

function isLoopbackAddress(address: string | undefined): boolean {
  return (
    address !== undefined && /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/i.test(address)
  );
}

/** `localhost`, an address of 127.0.0.0/8 or `[::1]`, with or without a port. */
function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);
}
