import type { CodeEntry } from "./entry.ts";

/** Codes of requests over HTTP that come to nothing before the service is asked, and of its own trouble. */
export const httpCodes = {
  "request-invalid": {
    title: "The values of a request are not what the address takes",
    remedy: "Correct what `errors` lists; /api/docs says what each address takes.",
  },
  "request-unreadable": {
    title: "The request cannot be read",
    remedy: "Send HTTP with a body of JSON in UTF-8, and encode special characters of the address.",
  },
  "request-late": {
    title: "The request did not arrive in time",
    remedy: "Send it again, over a faster connection.",
  },
  "sign-in-needed": {
    title: "Nobody is signed in",
    remedy: "Send `Authorization: Bearer` with a token, or sign in on the page of the service.",
  },
  "token-refused": {
    title: "The token is not known, was revoked, or has expired",
    remedy: "Use another token; `syncctl token` or an admin on the page of the service makes one.",
  },
  "request-from-elsewhere": {
    title: "The request does not come from a page of the service",
    remedy:
      "Reload the page and try again. Behind a proxy, set `publicUrl` to the address that people use; programs use a token.",
  },
  "page-unknown": {
    title: "There is nothing at this address",
    remedy: "See /api/docs for the addresses of the API.",
  },
  "method-unknown": {
    title: "The address does not take this method",
    remedy: "The header `Allow` lists those that it takes.",
  },
  "body-too-large": {
    title: "The body of the request is too large",
    remedy: "Send less at one time.",
  },
  "address-too-long": {
    title: "The address of the request, or a part of it, is too long",
    remedy: "Shorten it.",
  },
  "headers-too-large": {
    title: "The headers of the request are too large",
    remedy: "Send fewer or shorter headers; remove the cookies of this address in the browser.",
  },
  "media-type-unknown": {
    title: "The body is in a form that is not taken",
    remedy: "Send JSON with the header `Content-Type: application/json`.",
  },
  "requests-too-many": {
    title: "Too many requests in a short time",
    remedy: "Wait for as many seconds as the header `Retry-After` says.",
  },
  "streams-too-many": {
    title: "Too many open streams of events",
    remedy: "Close other windows of the page, and try again.",
  },
  "service-fault": {
    title: "Something happened that the service did not expect",
    remedy: "Report it with the id of the request; the log of the service has the details.",
  },
  "service-stopping": {
    title: "The service is stopping",
    remedy: "Try again in a moment.",
  },
  "service-not-ready": {
    title: "The service cannot work yet, or not at the moment",
    remedy: "`checks` says what is missing.",
  },
} as const satisfies Record<string, CodeEntry>;
