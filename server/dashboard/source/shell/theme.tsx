import { useState } from "preact/hooks";
import { Icon } from "../kit/icon.tsx";

type Theme = "system" | "light" | "dark";

const choices = [
  { theme: "system", title: "As the system", icon: "screen" },
  { theme: "light", title: "Light", icon: "sun" },
  { theme: "dark", title: "Dark", icon: "moon" },
] as const;

/** Stored in this browser; public/theme.js reads it before anything is painted. */
function storedTheme(): Theme {
  const stored = document.documentElement.dataset["theme"];
  return stored === "light" || stored === "dark" ? stored : "system";
}

function setTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch (error) {
    // A browser that stores nothing has the colours until the page is closed.
    if (!(error instanceof DOMException)) throw error;
  }
}

export function ThemeSwitch() {
  const [chosen, setChosen] = useState(storedTheme);
  return (
    <fieldset class="theme">
      <legend class="visually-hidden">Colours</legend>
      {choices.map(({ theme, title, icon }) => (
        <label key={theme} class="theme-choice" title={title}>
          <input
            type="radio"
            name="theme"
            class="visually-hidden"
            checked={chosen === theme}
            onChange={() => {
              setTheme(theme);
              setChosen(theme);
            }}
          />
          <Icon name={icon} />
          <span class="visually-hidden">{title}</span>
        </label>
      ))}
    </fieldset>
  );
}
