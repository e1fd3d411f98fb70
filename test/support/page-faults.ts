import type { Page } from "playwright-core";

/*
 * What a program can find of what makes a page hard to use: names that are missing, headings that jump, text that is too
 * faint, a page that is wider than the window. It runs inside of the page and is written as text, because tests are
 * checked against the types of Node.
 */

/** Contrast of text, WCAG 2.2 AA. */
const contrastMin = 4.5;

const inside = `(() => {
  const faults = [];
  const told = (element) => element.outerHTML.slice(0, 120);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true });

  const nameOf = (element) => {
    const ids = (element.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
    const labelled = ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    const labels = [...(element.labels ?? [])].map((label) => label.textContent).join(" ");
    const images = [...element.querySelectorAll("img")].map((image) => image.alt).join(" ");
    const own = /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName) ? "" : element.textContent;
    return [labelled, element.getAttribute("aria-label"), labels, own, images].join(" ").trim();
  };
  for (const element of all("button, a[href], input, select, textarea, progress, dialog[open], [role=switch], [role=tab]")) {
    if (isShown(element) && nameOf(element) === "") faults.push("has no name: " + told(element));
  }
  for (const image of all("img")) if (!image.hasAttribute("alt")) faults.push("has no alt: " + told(image));
  for (const element of all("[tabindex]")) if (element.tabIndex > 0) faults.push("changes the order of Tab: " + told(element));

  const headings = all("h1, h2, h3, h4, h5, h6").filter(isShown).map((each) => Number(each.tagName[1]));
  if (headings.filter((level) => level === 1).length !== 1) faults.push("has not one h1: " + headings.join(" "));
  headings.forEach((level, at) => {
    if (at > 0 && level > headings[at - 1] + 1) faults.push("a heading is left out: " + headings.join(" "));
  });
  const ids = all("[id]").map((each) => each.id);
  for (const id of new Set(ids.filter((each, at) => ids.indexOf(each) !== at))) faults.push("is there twice: #" + id);
  for (const element of all("[aria-labelledby], [aria-describedby], [aria-controls]")) {
    for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls"]) {
      for (const id of (element.getAttribute(attribute) ?? "").split(" ").filter(Boolean)) {
        if (!document.getElementById(id)) faults.push(attribute + " leads nowhere: " + told(element));
      }
    }
  }
  if (all("main").length !== 1) faults.push("has not one main");
  if (document.documentElement.lang === "") faults.push("has no language");
  if (document.title === "") faults.push("has no title");
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width + 1) {
    const wide = all("main *").filter((each) => each.getBoundingClientRect().right > width + 1).map(told);
    faults.push("is wider than the window: " + wide.slice(0, 3).join(" | "));
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parsed = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parsed(getComputedStyle(each).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const luminance = (colour) => {
    const [red, green, blue] = colour.slice(0, 3).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (texts.currentNode.data.trim() === "" || !isShown(element)) continue;
    const [low, high] = [luminance(parsed(getComputedStyle(element).color)), luminance(ground(element))].sort((a, b) => a - b);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < ${contrastMin}) faults.push("is too faint, " + contrast.toFixed(2) + ": " + told(element));
  }
  return [...new Set(faults)];
})()`;

/** Empty when nothing was found. */
export function pageFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(inside) as Promise<readonly string[]>;
}
