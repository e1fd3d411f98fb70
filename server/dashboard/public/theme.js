/* Runs before anything is painted, so that a page in the chosen colours does not flash in the others. */
(() => {
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Without storage the colours of the system count.
  }
})();
