import type { Page, Route } from "../router.ts";

/** What the `Page` of `pages/<name>/<name>-page.tsx` is given: its own part of the address. */
export interface PageProps<Name extends Page> {
  readonly route: Route & { readonly page: Name };
}
