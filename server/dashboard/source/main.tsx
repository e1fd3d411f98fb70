// First, so that the looks of pages come after those of the kit.
import "./styles/tokens.css";
import "./styles/base.css";
import "./kit/controls.css";
import "./kit/status.css";
import "./kit/asking.css";
import "./kit/table.css";
import "./kit/values.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { followLinks } from "./router.ts";

const place = document.getElementById("app");
if (place === null) throw new Error("The page has no place for the dashboard.");
followLinks();
render(<App />, place);
