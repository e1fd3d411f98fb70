import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../kit/button.tsx";
import { Empty, Loading } from "../kit/states.tsx";
import type { Page, Route } from "../router.ts";
import { PageHead } from "./page-head.tsx";

type Module = { readonly Page: ComponentType<{ readonly route: never }> };

/** A page is loaded when somebody goes there. */
const modules = import.meta.glob<Module>("../pages/*/*-page.tsx");

function loaderOf(page: Page): (() => Promise<Module>) | undefined {
  return modules[`../pages/${page}/${page}-page.tsx`];
}

type Loaded =
  | { readonly page: Page; readonly state: "loading" }
  | { readonly page: Page; readonly state: "failed" }
  | { readonly page: Page; readonly state: "ready"; readonly module: Module };

/** Shows the page of the route. */
export function PageView({ route }: { readonly route: Route }) {
  const { page } = route;
  const [loaded, setLoaded] = useState<Loaded>({ page, state: "loading" });
  useEffect(() => {
    let isWanted = true;
    const settle = (next: Loaded) => {
      if (isWanted) setLoaded(next);
    };
    loaderOf(page)?.().then(
      (module) => settle({ page, state: "ready", module }),
      () => settle({ page, state: "failed" }),
    );
    return () => {
      isWanted = false;
    };
  }, [page]);

  if (loaderOf(page) === undefined) return <NothingHere />;
  if (loaded.page !== page || loaded.state === "loading") return <Loading />;
  if (loaded.state === "failed") return <Outdated />;
  // Each module is written for the routes of its own name, which is how it was found.
  const Shown = loaded.module.Page as ComponentType<{ readonly route: Route }>;
  return <Shown key={identityOf(route)} route={route} />;
}

/** What makes it another page, and not the same one with another filter. */
export function identityOf(route: Route): string {
  const about = "workspace" in route ? route.workspace : "id" in route ? route.id : "";
  return `${route.page} ${about}`;
}

function NothingHere() {
  return (
    <>
      <PageHead title="There is no such page" />
      <p>
        The address may be mistyped. <a href="/">Go to the overview.</a>
      </p>
    </>
  );
}

/** The parts of a page have other names in each version. */
function Outdated() {
  return (
    <Empty title="This part of the dashboard could not be loaded">
      <p>The service may have been updated since the page was opened, or the network is down.</p>
      <p class="cluster">
        <Button onPress={() => location.reload()} icon="turning">
          Load the page anew
        </Button>
      </p>
    </Empty>
  );
}
