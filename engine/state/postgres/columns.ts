import { customType, pgSchema, timestamp } from "#drizzle";
import { escapeText, unescapeText } from "./text.ts";

/* What columns of all tables are made of. */

export const syncctl = pgSchema("syncctl");

/** Any text. Compared byte by byte, which is the same in every database and faster than a language's order. */
export const text = customType<{ data: string; driverData: string }>({
  dataType: () => 'text collate "C"',
  toDriver: escapeText,
  fromDriver: unescapeText,
});

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Empty: that of a project which names none. */
export const workspace = () => text("workspace").notNull().default("");
