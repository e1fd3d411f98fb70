/* Drawn on a grid of 16, in the colour of the text beside them. They never stand alone: a word says the same. */

export const iconPaths = {
  check: "M3.5 8.5l3 3 6-7",
  alert: "M8 2.5l6 10.5H2zM8 6.5v3M8 11.3v.2",
  cross: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  stop: "M5.2 2.5h5.6l2.7 2.7v5.6l-2.7 2.7H5.2l-2.7-2.7V5.2zM5.8 8h4.4",
  hand: "M6 4.5v7M10 4.5v7",
  clock: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5v3.2l2 1.3",
  turning: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.6h-2.6",
  arrow: "M3 8h10m-3.5-3.5L13 8l-3.5 3.5",
  back: "M13 8H3m3.5-3.5L3 8l3.5 3.5",
  down: "M4 6l4 4 4-4",
  download: "M8 2.5v7.5M5 7l3 3 3-3M3 13.2h10",
  search: "M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4M10.2 10.2l3.3 3.3",
  sun: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9",
  moon: "M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z",
  screen: "M2.5 3.5h11v7.5h-11zM6 13.5h4",
  person:
    "M8 2.8a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M3.2 13.2c.6-2.6 2.5-3.8 4.8-3.8s4.2 1.2 4.8 3.8",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  skip: "M3 8h7M12.8 4v8",
  grid: "M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z",
  list: "M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.3M2.5 8h.3M2.5 12h.3",
  sliders: "M2.5 5h6M11.5 5h2M10 3.5v3M2.5 11h2M7.5 11h6M6 9.5v3",
  plug: "M5.5 2.5v3M10.5 2.5v3M3.8 5.5h8.4v2a4.2 4.2 0 0 1-8.4 0zM8 11.7v2.3",
  key: "M5.2 7.5a2.9 2.9 0 1 0 0 5.8 2.9 2.9 0 0 0 0-5.8M7.3 8.4l6-5.9M11 4.8l1.8 1.8",
} as const;

export type IconName = keyof typeof iconPaths;
