import { expect, test } from "vitest";
import { timeZoneNames } from "../../connectors/procore/time-zone-names.ts";
import {
  acceptsTimeZone,
  procoreTimeZone,
  zoneOfName,
} from "../../connectors/procore/time-zones.ts";
import { fitsType } from "../../engine/value/fit.ts";
import { timezoneName } from "../../engine/value/timezone.ts";

/** As Procore publishes them; any other text is refused. */
const published = `
  American Samoa; International Date Line West; Midway Island; Hawaii; Alaska; Pacific Time (US & Canada); Tijuana;
  US/Pacific; Arizona; Chihuahua; Mazatlan; Mountain Time (US & Canada); Central America; Central Time (US & Canada);
  Guadalajara; Mexico City; Monterrey; Saskatchewan; Bogota; Eastern Time (US & Canada); Indiana (East); Lima; Quito;
  Atlantic Time (Canada); Caracas; Georgetown; La Paz; Santiago; Newfoundland; Brasilia; Buenos Aires; Greenland;
  Montevideo; Mid-Atlantic; Azores; Cape Verde Is.; Edinburgh; Lisbon; London; Monrovia; UTC; Amsterdam; Belgrade;
  Berlin; Bern; Bratislava; Brussels; Budapest; Casablanca; Copenhagen; Dublin; Ljubljana; Madrid; Paris; Prague; Rome;
  Sarajevo; Skopje; Stockholm; Vienna; Warsaw; West Central Africa; Zagreb; Zurich; Athens; Bucharest; Cairo; Harare;
  Helsinki; Jerusalem; Kaliningrad; Kyiv; Pretoria; Riga; Sofia; Tallinn; Vilnius; Baghdad; Istanbul; Kuwait; Minsk;
  Moscow; Nairobi; Riyadh; St. Petersburg; Tehran; Abu Dhabi; Baku; Muscat; Samara; Tbilisi; Volgograd; Yerevan; Kabul;
  Ekaterinburg; Islamabad; Karachi; Tashkent; Chennai; Kolkata; Mumbai; New Delhi; Sri Jayawardenepura; Kathmandu;
  Almaty; Astana; Dhaka; Urumqi; Rangoon; Bangkok; Hanoi; Jakarta; Krasnoyarsk; Novosibirsk; Beijing; Chongqing;
  Hong Kong; Irkutsk; Kuala Lumpur; Perth; Singapore; Taipei; Ulaanbaatar; Osaka; Sapporo; Seoul; Tokyo; Yakutsk;
  Adelaide; Darwin; Brisbane; Canberra; Guam; Hobart; Melbourne; Port Moresby; Sydney; Vladivostok; Magadan;
  New Caledonia; Solomon Is.; Srednekolymsk; Auckland; Fiji; Kamchatka; Marshall Is.; Wellington; Chatham Is.;
  Nuku'alofa; Samoa; Tokelau Is.
`
  .split(";")
  .map((name) => name.trim());

/** Those that are not named after the city by which the tz database names the zone. */
const namedOtherwise = {
  "American Samoa": "Pacific/Pago_Pago",
  "International Date Line West": "Pacific/Midway",
  "Midway Island": "Pacific/Midway",
  Hawaii: "Pacific/Honolulu",
  Alaska: "America/Juneau",
  "Pacific Time (US & Canada)": "America/Los_Angeles",
  "US/Pacific": "America/Los_Angeles",
  Arizona: "America/Phoenix",
  "Mountain Time (US & Canada)": "America/Denver",
  "Central America": "America/Guatemala",
  "Central Time (US & Canada)": "America/Chicago",
  Guadalajara: "America/Mexico_City",
  Saskatchewan: "America/Regina",
  "Eastern Time (US & Canada)": "America/New_York",
  "Indiana (East)": "America/Indiana/Indianapolis",
  Quito: "America/Lima",
  "Atlantic Time (Canada)": "America/Halifax",
  Georgetown: "America/Guyana",
  Newfoundland: "America/St_Johns",
  Brasilia: "America/Sao_Paulo",
  Greenland: "America/Godthab",
  "Mid-Atlantic": "Atlantic/South_Georgia",
  "Cape Verde Is.": "Atlantic/Cape_Verde",
  Edinburgh: "Europe/London",
  Bern: "Europe/Zurich",
  "West Central Africa": "Africa/Algiers",
  Kyiv: "Europe/Kiev",
  Pretoria: "Africa/Johannesburg",
  "St. Petersburg": "Europe/Moscow",
  "Abu Dhabi": "Asia/Muscat",
  Ekaterinburg: "Asia/Yekaterinburg",
  Islamabad: "Asia/Karachi",
  Chennai: "Asia/Kolkata",
  Mumbai: "Asia/Kolkata",
  "New Delhi": "Asia/Kolkata",
  "Sri Jayawardenepura": "Asia/Colombo",
  Astana: "Asia/Almaty",
  Hanoi: "Asia/Bangkok",
  Beijing: "Asia/Shanghai",
  Osaka: "Asia/Tokyo",
  Sapporo: "Asia/Tokyo",
  Canberra: "Australia/Melbourne",
  "New Caledonia": "Pacific/Noumea",
  "Solomon Is.": "Pacific/Guadalcanal",
  "Marshall Is.": "Pacific/Majuro",
  Wellington: "Pacific/Auckland",
  "Chatham Is.": "Pacific/Chatham",
  "Nuku'alofa": "Pacific/Tongatapu",
  Samoa: "Pacific/Apia",
  "Tokelau Is.": "Pacific/Fakaofo",
};

const everyZone = Intl.supportedValuesOf("timeZone");

test("the table has every name that Procore publishes, and no other", () => {
  expect(Object.keys(timeZoneNames).sort()).toEqual([...published].sort());
});

test("a name that is a city's is the zone of that city, and what the others are stands in a list", () => {
  const isCity = ([name, zone]: readonly [string, string]) =>
    zone.split("/").at(-1) === name.replaceAll(" ", "_");
  const others = Object.entries(timeZoneNames).filter((entry) => !isCity(entry));
  expect(Object.fromEntries(others)).toEqual(namedOtherwise);
});

test("every published name is read as a zone of the tz database", () => {
  const unread = published.filter((name) => {
    const zone = zoneOfName(name);
    return zone === null || timezoneName(zone) === null;
  });
  expect(unread).toEqual([]);
  expect(zoneOfName("Moon")).toBeNull();
});

test("every zone that can be read is written back without becoming another time", () => {
  const changed = Object.values(timeZoneNames).filter((zone) => {
    const written = procoreTimeZone(zone);
    return written === null || timezoneName(written.zone) !== timezoneName(zone);
  });
  expect(changed).toEqual([]);
});

test("every zone of the tz database is taken as one that stays, or is refused with the reason", () => {
  const wrong = everyZone.filter((zone) => {
    const fit = acceptsTimeZone(zone);
    if (!fit.ok) return !fit.why.includes(`"${zone}"`) || fit.why.endsWith(".");
    const again = acceptsTimeZone(fit.value);
    return !again.ok || again.value !== fit.value;
  });
  expect(wrong).toEqual([]);
  expect(everyZone.length).toBeGreaterThan(400);
});

test("what is taken for a zone shows the same time as it, at moments spread over a year", () => {
  const wrong = everyZone.filter((zone) => {
    const fit = acceptsTimeZone(zone);
    if (!fit.ok || timezoneName(String(fit.value)) === zone) return false;
    return firstDifference(zone, String(fit.value), 61 * 3_600_000) !== null;
  });
  expect(wrong).toEqual([]);
});

test("zones that differ by an hour on a single night are not taken for each other", () => {
  // Cuba changes its clocks on the same days as New York, and at another hour.
  expect(firstDifference("America/Havana", "America/New_York", 1_800_000)).not.toBeNull();
  expect(acceptsTimeZone("America/Havana")).toEqual({
    ok: false,
    why: '"America/Havana" is none of the time zones that Procore has, and none of those shows the same time all year',
  });
});

/** The first moment of 2027 at which two zones show another time. */
function firstDifference(one: string, other: string, stepMs: number): number | null {
  const [a, b] = [one, other].map(
    (timeZone) =>
      new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }),
  );
  for (let time = Date.UTC(2027, 0, 1); time < Date.UTC(2028, 0, 1); time += stepMs) {
    if (a?.format(time) !== b?.format(time)) return time;
  }
  return null;
}

test.for([
  // The names for themselves, and aliases.
  ["America/Los_Angeles", "Pacific Time (US & Canada)", "America/Los_Angeles"],
  ["US/Pacific", "Pacific Time (US & Canada)", "America/Los_Angeles"],
  ["Europe/London", "London", "Europe/London"],
  ["Asia/Calcutta", "Kolkata", "Asia/Kolkata"],
  ["Asia/Kolkata", "Kolkata", "Asia/Kolkata"],
  ["Europe/Kyiv", "Kyiv", "Europe/Kiev"],
  ["Asia/Yangon", "Rangoon", "Asia/Rangoon"],
  ["America/Nuuk", "Greenland", "America/Godthab"],
  ["UTC", "UTC", "Etc/UTC"],
  ["america/denver", "Mountain Time (US & Canada)", "America/Denver"],
  // Zones that Procore lacks.
  ["America/Detroit", "Eastern Time (US & Canada)", "America/New_York"],
  ["America/Toronto", "Eastern Time (US & Canada)", "America/New_York"],
  ["America/Boise", "Mountain Time (US & Canada)", "America/Denver"],
  ["America/Winnipeg", "Central Time (US & Canada)", "America/Chicago"],
  ["America/Anchorage", "Alaska", "America/Juneau"],
  ["Asia/Dubai", "Muscat", "Asia/Muscat"],
  ["Pacific/Saipan", "Guam", "Pacific/Guam"],
  ["Africa/Lagos", "West Central Africa", "Africa/Algiers"],
  ["Antarctica/McMurdo", "Auckland", "Pacific/Auckland"],
] as const)("%s is written as %s, and told as %s", ([zone, name, told]) => {
  expect(procoreTimeZone(zone)).toEqual({ name, zone: told });
  expect(acceptsTimeZone(zone)).toEqual({ ok: true, value: told });
});

test("a mapping's value goes through it only if it is a time zone at all", () => {
  const schema = { accepts: acceptsTimeZone };
  expect(fitsType("timezone", "America/Detroit", schema)).toEqual({
    ok: true,
    value: "America/New_York",
  });
  expect(fitsType("timezone", " ", schema)).toEqual({ ok: true, value: null });
  expect(fitsType("timezone", "Moon", schema)).toEqual({
    ok: false,
    why: '"Moon" is no time zone such as America/Los_Angeles',
  });
});
